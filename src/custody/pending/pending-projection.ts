import { Inject, Injectable } from '@nestjs/common';
import type { Subscription } from 'rxjs';
import type { Instant } from '../../prison/instant.js';
import { codeOf } from '../../prison/errors.js';
import { EVENT_STORE, type EventStore, type RecordedEvent } from '../../store/event-store.js';
import { Projection } from '../../store/projection.js';
import { STREAM_PREFIX } from '../../store/stream-prefix.js';
import { People } from '../people/people.js';
import { PeopleProjection } from '../people/people-projection.js';
import { Queues } from '../../store/queues.js';
import { PendingEvents } from './pending-events.js';
import { PendingIntake } from './pending-intake.js';
import { PENDING_STREAMS } from '../streams.js';

/**
 * From the log to {@link PendingEvents}; and takes in what counts, whenever anything is heard of the person, or something
 * is set aside. What cannot be taken in just now is tried again with the next tick.
 */
@Injectable()
export class PendingProjection extends Projection {
  private readonly queues = new Queues();
  /** Of whom something may count now. */
  private readonly toLookAt = new Set<string>();
  private hearing: Subscription | undefined;
  private trouble = '';
  private toldOverdue: ReadonlySet<string> = new Set();

  constructor(
    @Inject(EVENT_STORE) store: EventStore,
    private readonly pending: PendingEvents,
    private readonly intake: PendingIntake,
    private readonly people: People,
    private readonly peopleProjection: PeopleProjection,
    @Inject(STREAM_PREFIX) prefix: string,
  ) {
    super({
      name: 'What is pending',
      store,
      streamPrefixes: [prefix + PENDING_STREAMS],
      read: pending.read,
    });
  }

  /** How many events wait. */
  get waiting(): number {
    return this.pending.all.length;
  }

  /** How many of them have waited for so long that something must be wrong. */
  overdue(now: Instant): number {
    return this.pending.overdue(now).length;
  }

  override async onModuleInit(): Promise<void> {
    this.hearing = this.people.heard.subscribe((prisonNumbers) => {
      this.hear(prisonNumbers);
    });
    await super.onModuleInit();
  }

  override async onModuleDestroy(): Promise<void> {
    this.hearing?.unsubscribe();
    await super.onModuleDestroy();
    this.toLookAt.clear();
    await this.lookAgain();
  }

  override async tick(now: number): Promise<void> {
    await super.tick(now);
    await this.lookAgain();
    this.tellOfOverdue(now);
  }

  /** Resolves once all that may count has been looked at. */
  lookAgain(): Promise<void> {
    return this.queues.run('pending', () => this.lookAtAll());
  }

  protected takeIn(event: RecordedEvent): void {
    this.pending.apply(event);
    this.toLookAt.add(this.pending.numberOf(event));
  }

  protected override settle(): void {
    void this.lookAgain();
  }

  private hear(prisonNumbers: ReadonlySet<string>): void {
    const concerned = this.pending.prisonNumbers.filter((waiting) =>
      this.people.groupOf(waiting).own.some((number) => prisonNumbers.has(number)),
    );
    for (const prisonNumber of concerned) this.toLookAt.add(prisonNumber);
    if (this.toLookAt.size > 0) void this.lookAgain();
  }

  private async lookAtAll(): Promise<void> {
    // Which numbers are one person's, nobody knows before.
    if (!this.peopleProjection.caughtUp) return;
    const people = [...this.toLookAt];
    this.toLookAt.clear();
    const troubles = new Set<string>();
    for (const prisonNumber of people) {
      try {
        await this.intake.takeIn(prisonNumber);
      } catch (error) {
        this.toLookAt.add(prisonNumber);
        troubles.add(codeOf(error));
      }
    }
    this.tell([...troubles].sort().join(', '));
  }

  /** Those who run the service are told of each once, after an hour, and of nobody by name or number. */
  private tellOfOverdue(now: number): void {
    const overdue = this.pending.overdue(now);
    const fresh = overdue.filter(({ event }) => !this.toldOverdue.has(event.id));
    this.toldOverdue = new Set(overdue.map(({ event }) => event.id));
    for (const [prisonId, events] of Map.groupBy(fresh, ({ event }) => event.prisonId))
      this.logger.warn(
        `What ${prisonId} told of people whom other prisons hold has waited for more than an hour, and does not count: ` +
          `${events.length} events. GET /pending-events lists them; see docs/runbooks/CustodyWatchEventsPending.md.`,
      );
  }

  /** Told once, and by its code: a message may name a stream, and with it a person. */
  private tell(trouble: string): void {
    if (trouble !== '' && trouble !== this.trouble)
      this.logger.error(`What is pending cannot be taken in: ${trouble}. Trying again.`);
    this.trouble = trouble;
  }
}
