import type { Request, Response } from 'express';
import { randomBytes } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { promisify } from 'node:util';
import type { Session, SessionData } from 'express-session';
import type { Caller } from '../../access/caller.js';
import { listed, type PrisonList, prisonsFrom } from '../../access/prisons.js';
import type { Role } from '../../access/roles.js';
import type { Instant } from '../../prison/instant.js';

/** Somebody who has signed in on a page, as their session keeps them. */
export interface SessionUser {
  readonly kind: 'user' | 'demonstration';
  /** As people call them. */
  readonly name: string;
  /** Stands in the log beside what they did. */
  readonly userName: string;
  readonly client?: string;
  readonly roles: readonly Role[];
  readonly prisons: PrisonList;
  /** When they signed in: milliseconds since 1970-01-01T00:00:00Z. */
  readonly since: number;
  /** Until then this holds: the issuer is to be asked again. In milliseconds since 1970, as is `tokenEnds`. */
  readonly until: Instant;
  /** When the token ends that says who this is. */
  readonly tokenEnds: Instant;
  /** For the next token, where the issuer gives one out. */
  readonly refreshToken?: string;
}

declare module 'express-session' {
  interface SessionData {
    person?: SessionUser;
    /** Every form of this sign-in carries it. */
    csrfToken?: string;
    /** The prison they look at; all of theirs where it is missing. */
    location?: string;
    /** Their last search, as they typed it: perhaps a name, so it is in no address. */
    lookedFor?: string;
    /** The page on which they set out to choose a location. */
    wayBack?: string;
    /** Their sign-in had ended when they sent a form. */
    nothingSaved?: true;
  }
}

export type PageSession = Session & Partial<SessionData>;

/** The session that a request belongs to. Programs that bring a token have none. */
export const sessionOf = (request: IncomingMessage): PageSession | undefined =>
  (request as IncomingMessage & { session?: PageSession }).session;

/** What a session keeps of somebody whose token has been checked. @param since now, in milliseconds since 1970 */
export const personFrom = (caller: Caller, name: string, since: number): SessionUser => ({
  kind: 'user',
  name,
  userName: caller.name,
  ...(caller.client !== undefined && { client: caller.client }),
  roles: [...caller.roles],
  prisons: listed(caller.prisons),
  since,
  until: caller.until,
  tokenEnds: caller.until,
});

/** Who is asking, where a session says so. @param until when it is over, in milliseconds since 1970 */
export const callerFrom = ({ userName, client, roles, prisons }: SessionUser, until: number): Caller => ({
  kind: 'user',
  name: userName,
  ...(client !== undefined && { client }),
  roles: new Set(roles),
  prisons: prisonsFrom(prisons),
  until,
});

/**
 * Somebody has signed in, and gets a session of their own: who knew the id of the one before cannot follow.
 * @param nothingSaved whether the next page says that a form of theirs came too late
 */
export const signIn = async (
  request: Request,
  person: SessionUser,
  { nothingSaved }: Pick<SessionData, 'nothingSaved'>,
): Promise<void> => {
  await promisify((done: (error: unknown) => void) => request.session.regenerate(done))();
  const csrfToken = randomBytes(32).toString('base64url');
  Object.assign(request.session, { person, csrfToken, ...(nothingSaved && { nothingSaved }) });
};

/** The session is over, whoever may still hold its id, and the browser forgets it. */
export const signOut = async (request: Request, response: Response): Promise<void> => {
  const { secure } = request.session.cookie;
  await promisify((done: (error: unknown) => void) => request.session.destroy(done))();
  response.clearCookie(cookieName(secure === true), { ...COOKIE, secure: secure === true });
};

const COOKIE = { httpOnly: true, sameSite: 'lax', path: '/' } as const;

/** How cookies go to browsers that reach the service at this address; by plain HTTP where it is missing. */
export const cookieTerms = (publicUrl: string | undefined) => ({
  ...COOKIE,
  secure: publicUrl?.startsWith('https:') ?? false,
});

/** A browser takes a cookie with this prefix from nobody but this very host, by https. */
export const cookieName = (secure: boolean): string => (secure ? '__Host-custody-watch' : 'custody-watch');
