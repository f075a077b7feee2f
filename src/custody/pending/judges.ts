import { ALL_PRISONS } from '../../access/prisons.js';
import type { EventStore, Position, RecordedEvent } from '../../store/event-store.js';
import { type CustodyEvent, occurrenceOf, peopleOf } from '../custody-event.js';
import type { People } from '../people/people.js';
import type { PersonStreams } from '../person-streams.js';
import type { Sender } from '../sender.js';
import type { PersonGroup } from '../whereabouts/person-numbers.js';
import { KnownPerson } from './known-person.js';
import type { PendingLog } from './pending-log.js';
import type { PendingPerson } from './pending-person.js';
import { type Verdict, verdictOn } from './verdict.js';

/** Decides what becomes of events about one person, in their order. */
export interface Judge {
  /** What is pending about the person. */
  readonly pending: PendingPerson;
  verdictOn(event: CustodyEvent): Verdict;
  /** From now on this counts, too. */
  learn(event: CustodyEvent): void;
}

/** Who tells of all prisons may tell all, and withdraw all, also what another told and what waits. */
const overAll = (pending: PendingPerson): Judge => ({
  pending,
  verdictOn: ({ type, data }) =>
    type === 'EventWithdrawn' && pending.waits(String(data['withdraws'])) ? 'waits' : 'counts',
  learn: () => undefined,
});

/** Whom a withdrawal or a merge concerns, only their whole history says. */
const ASKS_FOR_HISTORY: ReadonlySet<string> = new Set(['EventWithdrawn', 'PrisonerRecordsMerged']);

/** Finds out what has to be known to say who may tell what of whom (decision 0034). */
export class Judges {
  /** @param people where everybody is, for as long as they know it; without them every history is read */
  constructor(
    private readonly store: EventStore,
    private readonly streams: PersonStreams,
    private readonly pending: PendingLog,
    private readonly people?: People,
  ) {}

  /**
   * Who decides on what a sender tells of one person; nobody, where nothing limits the sender and nothing is withdrawn, or
   * it is of no person.
   * @param last of the person's stream, on which it is decided; nothing where nobody told of them before
   * @throws StoreUnavailable, StoreUnreadable
   */
  async over(
    sender: Sender,
    events: readonly CustodyEvent[],
    last: RecordedEvent | undefined,
  ): Promise<Judge | undefined> {
    const prisonNumber = events[0]?.prisonNumber;
    if (prisonNumber === undefined) return undefined;
    const isOfAll = sender.prisons === ALL_PRISONS;
    if (isOfAll && events.every(({ type }) => type !== 'EventWithdrawn')) return undefined;
    const pending = await this.pending.of(prisonNumber);
    if (isOfAll) return overAll(pending);
    const concerned = new Set([prisonNumber, ...events.flatMap((event) => this.concernedBy(event))]);
    const isSimple = concerned.size === 1 && events.every(({ type }) => !ASKS_FOR_HISTORY.has(type));
    if (isSimple && this.isWith(sender, prisonNumber, last))
      return { pending, verdictOn: () => 'counts', learn: () => undefined };
    const known = await this.known([...concerned], pending);
    const person = (number: string): KnownPerson => known.get(number) ?? new KnownPerson({ own: [] }, new Map());
    const people = { person, all: [...known.values()] };
    return {
      pending,
      verdictOn: (event) => verdictOn(event, sender, people),
      learn: (event) => {
        person(prisonNumber).learn(occurrenceOf(event));
      },
    };
  }

  /** Those whom an event is about, and those of whom its record may have been told before. */
  private concernedBy(event: CustodyEvent): string[] {
    const before = this.people?.toldUnder(occurrenceOf(event));
    if (before === undefined) return peopleOf(event);
    const { own = [], elsewhere = [] } = this.people?.groupOf(before) ?? {};
    return [...peopleOf(event), ...own, ...elsewhere];
  }

  /**
   * Whether it is known without their history that no prison but the sender's holds a person. Nothing that the sender tells
   * of their own prisons changes that, unless it is withdrawn.
   */
  private isWith({ prisons }: Sender, prisonNumber: string, last: RecordedEvent | undefined): boolean {
    if (!last) return true;
    if (!this.people || this.store.compare(this.people.read.position, last.position) < 0) return false;
    const person = this.people.person(prisonNumber);
    // What an import has brought that is not complete says nothing there yet; here it does.
    if (!person) return false;
    const { inCustody, prisonId } = person;
    return !inCustody || prisonId === undefined || prisons.has(prisonId);
  }

  private async known(prisonNumbers: readonly string[], pending: PendingPerson): Promise<Map<string, KnownPerson>> {
    const end = await this.store.end();
    const people = await Promise.all(prisonNumbers.map((number) => this.knownPerson(number, pending, end)));
    return new Map(prisonNumbers.map((number, index) => [number, people[index]] as [string, KnownPerson]));
  }

  private async knownPerson(prisonNumber: string, pending: PendingPerson, upTo: Position): Promise<KnownPerson> {
    const group: Omit<PersonGroup, 'kept'> = this.people?.groupOf(prisonNumber) ?? {
      own: [prisonNumber],
      elsewhere: [],
    };
    return new KnownPerson(await this.streams.knownOf(group, upTo), pending.prisons);
  }
}
