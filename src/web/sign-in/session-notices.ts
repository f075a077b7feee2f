import { randomUUID } from 'node:crypto';
import { Inject, Injectable, type OnModuleDestroy, type OnModuleInit } from '@nestjs/common';
import { type Observable, Subject } from 'rxjs';
import type { PrisonList } from '../../access/prisons.js';
import type { Role } from '../../access/roles.js';
import { toIso } from '../../prison/instant.js';
import { type Clock, CLOCK } from '../../store/clock.js';
import { EVENT_STORE, type EventStore, type Position, type RecordedEvent } from '../../store/event-store.js';
import { LogFollower } from '../../store/log-follower.js';
import { STREAM_PREFIX } from '../../store/stream-prefix.js';
import { revisionOf, transact } from '../../store/transact.js';
import { Waterline } from '../../store/waterline.js';

/** What one instance tells all others of the sessions of a user. */
export type SessionNotice =
  /** They are ended, where the user works in one of these prisons. */
  | { readonly type: 'SessionsEnded'; readonly user: string; readonly prisons: PrisonList }
  /** The issuer says that from now on these are the roles and prisons of the user. */
  | {
      readonly type: 'SessionRightsChanged';
      readonly user: string;
      readonly roles: readonly Role[];
      readonly prisons: PrisonList;
    };

const SCHEMA = 1;

/**
 * What ends or changes the sessions of a user at one instance holds at all of them: it goes through the log. Each has its
 * sessions in memory only, so it need not know what was told before it began. The service ticks it.
 */
@Injectable()
export class SessionNotices implements OnModuleInit, OnModuleDestroy {
  /** How far the log has been read. */
  readonly read: Waterline;
  private readonly stream: string;
  private readonly follower: LogFollower;
  private readonly others = new Subject<SessionNotice>();
  private readonly own = new Set<string>();

  constructor(
    @Inject(EVENT_STORE) private readonly store: EventStore,
    @Inject(STREAM_PREFIX) prefix: string,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {
    this.stream = `${prefix}sessions`;
    this.read = new Waterline((a, b) => store.compare(a, b));
    this.follower = new LogFollower(store, {
      name: 'Ends of sessions at other instances',
      filter: { streamPrefixes: [this.stream] },
      read: this.read,
      takeIn: (event) => {
        this.hear(event);
        this.read.rise(event.position);
      },
    });
  }

  /** What other instances tell. */
  get heard(): Observable<SessionNotice> {
    return this.others.asObservable();
  }

  /** Tells all other instances. @throws StoreUnavailable, and then they do not know */
  tell({ type, ...data }: SessionNotice): Promise<Position> {
    const event = { id: randomUUID(), type, data, metadata: { schema: SCHEMA, knownAt: toIso(this.clock.now()) } };
    this.own.add(event.id);
    return transact(this.store, this.stream, async () => ({
      expected: await revisionOf(this.store, this.stream),
      events: [event],
      answer: (position) => position,
    }));
  }

  /** @throws StoreUnavailable */
  async onModuleInit(): Promise<void> {
    this.read.rise(await this.store.end());
    await this.follower.start();
  }

  tick(): void {
    this.follower.tick();
  }

  async onModuleDestroy(): Promise<void> {
    await this.follower.stop();
  }

  private hear({ id, stream, type, data, metadata }: RecordedEvent): void {
    if (stream !== this.stream || metadata['schema'] !== SCHEMA || this.own.delete(id)) return;
    this.others.next({ type, ...data } as SessionNotice);
  }
}
