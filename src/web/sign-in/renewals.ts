import { Logger } from '@nestjs/common';
import type { Request } from 'express';
import { SecurityEvents } from '../../access-records/security-events.js';
import { earliest, HOUR, type Instant, MINUTE } from '../../prison/instant.js';
import type { Clock } from '../../store/clock.js';
import { codeOf } from '../../prison/errors.js';
import { codesOf, SignInRefused, type SignInFailure } from './errors.js';
import type { PeopleIssuer } from './people-issuer.js';
import { callerFrom, type SessionUser } from './session.js';
import type { SessionNotices } from './session-notices.js';
import type { SessionStore } from './session-store.js';

/** While the issuer is away a sign-in goes on for so long after the end of its token, in milliseconds. */
const GRACE = HOUR;
/** So often it is asked again meanwhile. */
const BETWEEN_TRIES = MINUTE;

/** The issuer has said no, as it should to somebody who has left: nothing is wrong with it, or with the settings. */
const SAID_NO: readonly SignInFailure[] = ['SIGN_IN_OUT_OF_DATE', 'NO_ROLE'];

/** Keeps sign-ins to what the issuer says: once a token has ended, it is asked for the next one. */
export class Renewals {
  private readonly logger = new Logger(Renewals.name);
  /** By session: requests of a page that come at the same time ask once, since a token for the next one counts once. */
  private readonly underWay = new Map<string, Promise<SessionUser | undefined>>();

  constructor(
    private readonly issuer: PeopleIssuer | undefined,
    private readonly store: SessionStore,
    private readonly security: SecurityEvents,
    private readonly notices: Pick<SessionNotices, 'tell'>,
    private readonly clock: Clock,
  ) {}

  /** Who is signed in, with the roles and prisons of now; nobody where the sign-in has ended: then so has the session. */
  async ofNow(id: string, person: SessionUser, request: Request): Promise<SessionUser | undefined> {
    if (this.clock.now() < person.until) return person;
    const asked = this.underWay.get(id) ?? this.renew(id, person, request).finally(() => this.underWay.delete(id));
    this.underWay.set(id, asked);
    return asked;
  }

  private async renew(id: string, person: SessionUser, request: Request): Promise<SessionUser | undefined> {
    const renewed = await this.next(person, request);
    if (!renewed) this.store.destroy(id);
    // Meanwhile the session may have been ended.
    return renewed && this.store.renew(id, renewed) ? renewed : undefined;
  }

  private async next(person: SessionUser, request: Request): Promise<SessionUser | undefined> {
    if (!this.issuer || person.refreshToken === undefined) return undefined;
    try {
      const renewed = await this.issuer.renew(person, person.refreshToken);
      if (rightsOf(renewed) !== rightsOf(person)) this.noteChange(request, renewed);
      return renewed;
    } catch (error) {
      if (!(error instanceof SignInRefused)) throw error;
      if (!SAID_NO.includes(error.code)) this.logger.warn(`A sign-in was not renewed: ${codesOf(error).join(': ')}`);
      if (error.code === 'NO_ROLE') this.noteChange(request, { ...person, roles: [] });
      return error.code === 'ISSUER_UNREACHABLE' ? this.goingOn(person) : undefined;
    }
  }

  /** An issuer that is away for a moment ends nobody's work. */
  private goingOn(person: SessionUser): SessionUser | undefined {
    const now: Instant = this.clock.now();
    const last = person.tokenEnds + GRACE;
    return now < last ? { ...person, until: earliest(now + BETWEEN_TRIES, last) } : undefined;
  }

  private noteChange(request: Request, person: SessionUser): void {
    this.security.note('rights-changed', request, { caller: callerFrom(person, person.until) });
    const { userName: user, roles, prisons } = person;
    this.notices.tell({ type: 'SessionRightsChanged', user, roles, prisons }).catch((error: unknown) => {
      this.logger.warn(`Other instances could not be told that somebody's rights changed: ${codeOf(error)}`);
    });
  }
}

/** What somebody may do, to be compared. */
export const rightsOf = ({ roles, prisons }: Pick<SessionUser, 'roles' | 'prisons'>): string =>
  JSON.stringify([[...roles].sort(), prisons]);
