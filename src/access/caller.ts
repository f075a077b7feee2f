import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { IncomingMessage } from 'node:http';
import { AccessError, NotSignedIn } from './errors.js';
import { ALL_PRISONS, type Prisons } from './prisons.js';
import { ROLES, type Role } from './roles.js';

/** Who is asking, and what they may see. */
export interface Caller {
  /** `local`: without sign-in, whoever is at this machine. */
  readonly kind: 'user' | 'service' | 'local';
  /** User name, or the client id of a service. Stands in the log beside what the caller did. */
  readonly name: string;
  /** The client through which a user came, where the token names it; of a service, its own. */
  readonly client?: string;
  readonly roles: ReadonlySet<Role>;
  readonly prisons: Prisons;
  /**
   * When the sign-in ends, as of now: milliseconds since 1970-01-01T00:00:00Z. Never, without sign-in. What outlives a request
   * reads it again, since a session may be ended, or go on.
   */
  readonly until: number;
}

/** Everybody, where there is no sign-in (setting AUTH=off). */
export const LOCAL: Caller = {
  kind: 'local',
  name: 'local',
  roles: new Set(ROLES),
  prisons: ALL_PRISONS,
  until: Infinity,
};

/** Who sent each request, or why nobody knows. */
const recognised = new WeakMap<IncomingMessage, Caller | Error>();

/** Notes who sent a request, or the error to be told to whoever wants to know. */
export const remember = (request: IncomingMessage, caller: Caller | Error): void => {
  recognised.set(request, caller);
};

/** Who sent a request. @throws NotSignedIn, InvalidToken, IssuerUnreachable */
export const callerOf = (request: IncomingMessage): Caller => {
  const caller = recognised.get(request) ?? new NotSignedIn();
  if (caller instanceof Error) throw caller;
  return caller;
};

/** Who sent a request; nothing for a stranger. */
export const callerOrNobody = (request: IncomingMessage): Caller | undefined => {
  try {
    return callerOf(request);
  } catch (error) {
    if (error instanceof AccessError) return undefined;
    throw error;
  }
};

/** A parameter of a route: the {@link Caller}. */
export const Asking = createParamDecorator((_: unknown, context: ExecutionContext) =>
  callerOf(context.switchToHttp().getRequest<IncomingMessage>()),
);
