import { randomBytes } from 'node:crypto';
import { Inject, Injectable, type OnModuleDestroy, Optional } from '@nestjs/common';
import type { Request, RequestHandler } from 'express';
import expressSession from 'express-session';
import type { Subscription } from 'rxjs';
import { SecurityEvents } from '../../access-records/security-events.js';
import { type Caller, remember } from '../../access/caller.js';
import { ALL_PRISONS, listed, type PrisonList, type Prisons, prisonsFrom } from '../../access/prisons.js';
import { ROLES } from '../../access/roles.js';
import { type Clock, CLOCK } from '../../store/clock.js';
import { earliest } from '../../prison/instant.js';
import { KnownPrisons } from './known-prisons.js';
import { stillChosen } from './location.js';
import { callerFrom, cookieName, cookieTerms, type PageSession, type SessionUser, sessionOf } from './session.js';
import { Renewals, rightsOf } from './renewals.js';
import { type SessionNotice, SessionNotices } from './session-notices.js';
import { SessionStore } from './session-store.js';
import { type PageReader, showTo } from './page-reader.js';
import { opensPage } from './way-back.js';
import { PUBLIC_URL, PAGE_SIGN_IN, type PageSignIn } from './page-sign-in.js';

const STREAM = 'text/event-stream';

/** Gives each request of a browser its session, and knows by it who is asking. */
@Injectable()
export class Sessions implements OnModuleDestroy {
  private readonly store: SessionStore;
  private readonly hearing: Subscription;
  private readonly renewals: Renewals;
  private readonly cookie: ReturnType<typeof cookieTerms>;

  constructor(
    @Inject(CLOCK) clock: Clock,
    @Inject(PAGE_SIGN_IN) private readonly wayIn: PageSignIn,
    private readonly known: KnownPrisons,
    security: SecurityEvents,
    private readonly notices: SessionNotices,
    @Optional() @Inject(PUBLIC_URL) publicUrl?: string,
  ) {
    this.store = new SessionStore(clock);
    const issuer = wayIn.by === 'issuer' ? wayIn.issuer : undefined;
    this.renewals = new Renewals(issuer, this.store, security, notices, clock);
    this.hearing = notices.heard.subscribe((notice) => {
      this.follow(notice);
    });
    this.cookie = cookieTerms(publicUrl);
  }

  /** For every request, once it is known whether a token came with it: then a cookie counts for nothing. */
  handler(): RequestHandler {
    const session = this.cookies();
    return (request, response, next) => {
      if (request.headers.authorization !== undefined) {
        next();
        return;
      }
      // PUBLIC_URL says that browsers come by https; whether the proxy repeats it in each request makes no difference.
      if (this.cookie.secure) request.headers['x-forwarded-proto'] = 'https';
      session(request, response, (error?: unknown) => {
        if (error === undefined)
          this.recognise(request).then(() => {
            next();
          }, next);
        else next(error);
      });
    };
  }

  onModuleDestroy(): void {
    this.hearing.unsubscribe();
  }

  /**
   * Ends every session of a user who works in one of these prisons, at all instances. @returns how many there were here
   * @throws StoreUnavailable where the others could not be told; here they are ended all the same. Safe to repeat
   */
  async endAll(userName: string, prisons: Prisons): Promise<number> {
    const ended = this.endHere(userName, prisons);
    await this.notices.tell({ type: 'SessionsEnded', user: userName, prisons: listed(prisons) });
    return ended;
  }

  /** What another instance tells holds here, too. */
  private follow(notice: SessionNotice): void {
    const { user, prisons } = notice;
    if (notice.type === 'SessionsEnded') this.endHere(user, prisonsFrom(prisons));
    else this.store.askAnew((person) => person.userName === user && rightsOf(person) !== rightsOf(notice));
  }

  private endHere(userName: string, prisons: Prisons): number {
    const works = (places: PrisonList): boolean =>
      prisons === ALL_PRISONS || (places !== 'all' && places.some((place) => prisons.has(place)));
    return this.store.endAll((person) => person.userName === userName && works(person.prisons));
  }

  private cookies(): RequestHandler {
    const { cookie, store } = this;
    return expressSession({
      name: cookieName(cookie.secure),
      // Sessions live as long as the process, and so does what their ids are signed with.
      secret: randomBytes(32),
      cookie,
      store,
      resave: false,
      saveUninitialized: false,
      proxy: true,
    });
  }

  private async recognise(request: Request): Promise<void> {
    const session = sessionOf(request);
    if (!session) return;
    // A stream that a page has left open is nobody at the keyboard.
    if (request.headers.accept !== STREAM) this.store.use(session.id);
    const person = session.person && (await this.renewals.ofNow(session.id, session.person, request));
    if (person) {
      session.person = person;
      remember(request, this.callerIn(session.id, person));
      const nothingSaved = saidOnce(request, session);
      showTo(request, () => this.readerOf(session, person, nothingSaved));
    } else {
      delete session.person;
      if (this.wayIn.by === 'being here') showTo(request, () => this.readerOf(session, HERE, false));
    }
  }

  /** Who asks in this session. A stream that they open is over with it, whenever and however it ends. */
  private callerIn(id: string, person: SessionUser): Caller {
    const { store } = this;
    return {
      ...callerFrom(person, person.until),
      get until() {
        return earliest(person.until, store.endOf(id));
      },
    };
  }

  private readerOf(session: PageSession, person: LocalPerson, nothingSaved: boolean): PageReader {
    const { kind, name, roles, prisons } = person;
    const locations = prisons === 'all' ? this.known.ids() : prisons;
    return {
      kind,
      name,
      locations,
      nothingSaved,
      roles: new Set(roles),
      canSignOut: kind !== 'local',
      location: stillChosen(session.location, locations),
      csrfToken: session.csrfToken ?? '',
    };
  }
}

type LocalPerson = Pick<PageReader, 'kind' | 'name'> & Pick<SessionUser, 'roles' | 'prisons'>;

/** Everybody at this machine, if there is no sign-in. */
const HERE: LocalPerson = { kind: 'local', name: 'local', roles: ROLES, prisons: 'all' };

/** The next page that they open says it, and no other. */
const saidOnce = (request: Request, session: PageSession): boolean => {
  if (!session.nothingSaved || !opensPage(request)) return false;
  delete session.nothingSaved;
  return true;
};
