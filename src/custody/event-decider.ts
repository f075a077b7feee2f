import type { FieldError } from '../prison/field-error.js';
import { type EventStore, type Position, type RecordedEvent, START } from '../store/event-store.js';
import { type CustodyEvent, peopleOf } from './custody-event.js';
import { resultIfRepeated, resultIfStored } from './duplicate.js';
import type { Judge } from './pending/judges.js';
import type { PendingLog } from './pending/pending-log.js';
import type { Verdict } from './pending/verdict.js';
import { type EventResult, withdrawalStands } from './recording-result.js';
import type { Sealing } from './sealing.js';
import { tellingOf } from './stored-custody-event.js';
import type { BegunTelling } from './tellings/tellings.js';

/** One event, at its place among those given. */
export interface IndexedEvent {
  readonly index: number;
  readonly event: CustodyEvent;
}

/** What becomes of events of one stream. */
export interface EventsDecided {
  /** By their index; nothing for those that wait. */
  readonly results: ReadonlyMap<number, EventResult>;
  /** To be appended. */
  readonly fresh: readonly CustodyEvent[];
  /** To be set aside, until the person is where the sender says. */
  readonly waiting: readonly IndexedEvent[];
  /** The furthest of those that are there already. */
  readonly position: Position;
}

/** Where and how events are to be recorded. */
export interface EventsAsked {
  readonly stream: string;
  readonly telling: BegunTelling | undefined;
  /** Whether a telling is not complete. */
  readonly isOpen: (telling: string) => Promise<boolean>;
  /** Who may tell what of the person; everybody everything, without one. */
  readonly judge: Judge | undefined;
}

/** Decides, in their order, what becomes of some events of one stream as it stands. */
export class EventDecider {
  /** What is new, by its id. */
  private readonly told = new Map<string, CustodyEvent>();
  private readonly results = new Map<number, EventResult>();
  private counting: IndexedEvent[] = [];
  /** What does not count by what is known so far, and why. */
  private undecided: (IndexedEvent & { readonly verdict: Exclude<Verdict, 'counts'> })[] = [];
  private position = START;

  constructor(
    private readonly store: EventStore,
    private readonly sealing: Sealing,
    private readonly pending: PendingLog,
    private readonly asked: EventsAsked,
  ) {}

  /** @throws StoreUnavailable, StoreUnreadable, BrokenSeal */
  async decide(entries: readonly IndexedEvent[]): Promise<EventsDecided> {
    for (const entry of entries) await this.decideOn(entry);
    this.lookAgain();
    for (const { index, event, verdict } of this.undecided)
      if (verdict !== 'waits') this.results.set(index, refused(event, verdict));
    const { results, position } = this;
    const fresh = this.counting.sort((a, b) => a.index - b.index).map(({ event }) => event);
    return { results, fresh, waiting: this.undecided.filter(({ verdict }) => verdict === 'waits'), position };
  }

  private async decideOn(entry: IndexedEvent): Promise<void> {
    const { index, event } = entry;
    const known = await this.resultIfKnown(event);
    const fault = known
      ? undefined
      : ((await this.withdrawalOfWithdrawal(event)) ?? this.historyOfSomebodyKnown(event));
    if (known) this.results.set(index, known);
    else if (fault) this.results.set(index, refused(event, fault));
    else {
      this.told.set(event.id, event);
      this.judge(entry);
    }
  }

  /** What was told before: just now, in this stream, or as something that waits. */
  private async resultIfKnown(event: CustodyEvent): Promise<EventResult | undefined> {
    const before = this.told.get(event.id);
    if (before) return resultIfRepeated(event, before);
    const stored = await this.stored(event);
    if (!stored) return this.resultIfPending(event);
    this.position = this.store.compare(this.position, stored.position) >= 0 ? this.position : stored.position;
    const result = await resultIfStored({ ...event, id: stored.id }, stored, this.store, this.sealing);
    const telling = tellingOf(stored);
    const counts = telling === undefined || telling === this.asked.telling?.id || result.status !== 'duplicate';
    return counts || !(await this.asked.isOpen(telling)) ? result : { ...result, telling };
  }

  /** What waits is decided on anew: it may count now. */
  private async resultIfPending(event: CustodyEvent): Promise<EventResult | undefined> {
    const { judge } = this.asked;
    const result = judge && (await this.pending.resultIfThere(event, judge.pending));
    return result?.status === 'duplicate' && judge?.pending.waits(event.id) ? undefined : result;
  }

  /** Also where an earlier version derived its id in another way. */
  private async stored({ id, formerId }: CustodyEvent): Promise<RecordedEvent | undefined> {
    const { stream } = this.asked;
    const found = await this.store.findEvent(stream, id);
    return found ?? (formerId === undefined ? undefined : this.store.findEvent(stream, formerId));
  }

  /** What is withdrawn may become known later; a withdrawal that is known stands. */
  private async withdrawalOfWithdrawal({ type, data }: CustodyEvent): Promise<FieldError | undefined> {
    if (type !== 'EventWithdrawn') return undefined;
    const id = String(data['withdraws']);
    const { stream, judge } = this.asked;
    const withdrawn = this.told.get(id) ?? judge?.pending.find(id)?.event ?? (await this.store.findEvent(stream, id));
    return withdrawn?.type === 'EventWithdrawn' ? withdrawalStands(id) : undefined;
  }

  /** History is of people of whom the log knew nothing when it began to be told. */
  private historyOfSomebodyKnown(event: CustodyEvent): FieldError | undefined {
    const { telling } = this.asked;
    if (telling?.kind !== 'history') return undefined;
    const known = peopleOf(event).find((person) => !telling.people.has(person));
    return known === undefined ? undefined : knownAlready(known);
  }

  private judge(entry: IndexedEvent): void {
    const { index, event } = entry;
    const { judge } = this.asked;
    const verdict = judge?.verdictOn(event) ?? 'counts';
    if (verdict !== 'counts') {
      this.undecided.push({ index, event, verdict });
      return;
    }
    this.counting.push(entry);
    this.results.set(index, { id: event.id, status: 'accepted' });
    judge?.learn(event);
  }

  /** An arrival may be sent behind what happened since. */
  private lookAgain(): void {
    for (let before = 0; before !== this.counting.length && this.undecided.length > 0;) {
      before = this.counting.length;
      const again = this.undecided;
      this.undecided = [];
      for (const { index, event } of again) this.judge({ index, event });
    }
  }
}

const refused = ({ id }: CustodyEvent, error: FieldError): EventResult => ({ id, status: 'refused', errors: [error] });

const knownAlready = (prisonNumber: string): FieldError => ({
  field: 'prisonNumber',
  value: prisonNumber,
  message:
    'is known to the log already, and history is taken only of people of whom it knows nothing. Import this line ' +
    'without --history: then it counts as known now',
});
