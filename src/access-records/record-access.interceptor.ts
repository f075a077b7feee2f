import { type CallHandler, type ExecutionContext, Inject, Injectable, type NestInterceptor } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import type { Request, Response } from 'express';
import { from, lastValueFrom, type Observable } from 'rxjs';
import { callerOf, callerOrNobody } from '../access/caller.js';
import { markStale } from '../answers/stale.js';
import { type Clock, CLOCK } from '../store/clock.js';
import { AccessLog } from './access-log.js';
import type { AccessRecord } from './access-record.js';
import { type Access, type Disclosure, DISCLOSURE, operationOf } from './disclosure.js';
import { notedSubjects, PERSON_OF_ALERT, type PersonOfAlert, subjectsIn, subjectsNamedIn } from './request-subjects.js';
import { InvalidReason } from './errors.js';
import { KnownUsers } from './known-users.js';
import { SeenPeople } from './seen-people.js';

type AccessCircumstances = Omit<AccessRecord, 'prisonNumbers'>;

/**
 * Records everybody that a route shows or changes, before its answer leaves. A change is recorded while it is carried
 * out, so that both share one commit, even if it is refused in the end. A read is recorded once its people are known: those
 * who are not on record with it in this minute.
 */
@Injectable()
export class RecordAccess implements NestInterceptor {
  private readonly seen = new SeenPeople();

  constructor(
    private readonly reflector: Reflector,
    private readonly log: AccessLog,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(PERSON_OF_ALERT) private readonly alerts: PersonOfAlert,
    private readonly users: KnownUsers,
  ) {}

  intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> {
    const handler = context.getHandler();
    const disclosure = this.reflector.getAllAndOverride<Disclosure | undefined>(DISCLOSURE, [
      handler,
      context.getClass(),
    ]);
    const caller = callerOrNobody(context.switchToHttp().getRequest<Request>());
    if (caller?.kind === 'user') this.users.note(caller.name);
    // The start refuses a route that declares nothing and is not open to all.
    if (disclosure === undefined || disclosure === 'nobody') return next.handle();
    return from(this.answer(disclosure, context, next));
  }

  private async answer(access: Access, context: ExecutionContext, next: CallHandler): Promise<unknown> {
    const http = context.switchToHttp();
    const request = http.getRequest<Request>();
    const circumstances = this.circumstancesOf(access, request, context);
    const subjects = subjectsNamedIn(request, this.alerts);
    const changing = access === 'change' ? this.record(circumstances, subjects) : undefined;
    const [done, recorded] = await Promise.allSettled([
      lastValueFrom(next.handle(), { defaultValue: undefined }) as Promise<unknown>,
      changing,
    ]);
    const recordedLater = new Set([
      ...notedSubjects(request),
      ...(done.status === 'fulfilled' ? subjectsIn(done.value) : []),
    ]);
    if (access === 'read' && done.status === 'fulfilled') for (const one of subjects) recordedLater.add(one);
    if (access === 'change') for (const one of subjects) recordedLater.delete(one);
    await (access === 'read'
      ? this.recordSeen(circumstances, recordedLater)
      : this.record(circumstances, recordedLater));
    if (done.status === 'rejected') throw done.reason;
    if (recorded.status === 'rejected') throw recorded.reason;
    if (access === 'read' && !this.log.reachable) markStale(http.getResponse<Response>());
    return done.value;
  }

  private async recordSeen(circumstances: AccessCircumstances, people: ReadonlySet<string>): Promise<void> {
    const now = Date.parse(circumstances.at);
    const unseen = this.seen.notYet(circumstances, people, now);
    await this.record(circumstances, unseen);
    this.seen.add(circumstances, unseen, now);
  }

  private async record(circumstances: AccessCircumstances, people: ReadonlySet<string>): Promise<void> {
    if (people.size > 0) await this.log.record({ ...circumstances, prisonNumbers: [...people] });
  }

  /** @throws InvalidReason */
  private circumstancesOf(access: Access, request: Request, context: ExecutionContext): AccessCircumstances {
    const { kind, name, client } = callerOf(request);
    const reason = reasonOf(request.headers['x-reason']);
    return {
      at: new Date(this.clock.now()).toISOString(),
      kind,
      user: name,
      ...(client !== undefined && { client }),
      address: request.ip ?? 'unknown',
      access,
      operation: operationOf(context.getHandler()) ?? 'unknown',
      ...(reason !== undefined && { reason }),
    };
  }
}

const REASON = /^[A-Za-z0-9][\w.:/-]{0,79}$/;

/** Why somebody looks, where they say so. @throws InvalidReason */
const reasonOf = (header: string | string[] | undefined): string | undefined => {
  if (header === undefined || header === '') return undefined;
  if (typeof header === 'string' && REASON.test(header)) return header;
  throw new InvalidReason();
};
