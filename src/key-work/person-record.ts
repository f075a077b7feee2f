import { Inject, Injectable } from '@nestjs/common';
import type { CustodyEvent } from '../custody/custody-event.js';
import { People } from '../custody/people/people.js';
import type { FormerNumber } from '../custody/people/person.js';
import { PersonStreams, type StreamEntry } from '../custody/person-streams.js';
import { Sealing } from '../custody/sealing.js';
import { openedFromLog } from '../custody/stored-custody-event.js';
import { type TellingOutcome, Tellings } from '../custody/tellings/tellings.js';
import { StrikeOuts } from '../kernel/strike-outs.js';
import { Merges } from '../kernel/merges.js';
import { inOrder, type Occurrence } from '../kernel/occurrence.js';
import type { Instant } from '../prison/instant.js';
import { type Position, START } from '../store/event-store.js';

/** What an instant of the past is asked about: what the sources had recorded by then, or what this log held. */
export const AS_AT_OF = ['known', 'held'] as const;

/** Up to when a record is told, and by which clock. */
export interface AsAt {
  readonly instant: Instant;
  /** Missing: what counted as known here, which is when it came, and for imported history when it was recorded. */
  readonly of?: (typeof AS_AT_OF)[number] | undefined;
}

/** One custody event of a person, as it is known. */
export interface RecordEntry {
  readonly event: CustodyEvent;
  readonly occurrence: Occurrence;
  /** When it counted as known here. */
  readonly knownAt: Instant;
  /** When this log came to hold it. */
  readonly heldAt: Instant;
  /** Who withdrew it and why, once known. */
  readonly withdrawal: CustodyEvent | undefined;
  /** It rests on a charge that was quashed. */
  readonly quashed: boolean;
  /** Its record was told again: another telling stands for it. */
  readonly replaced: boolean;
}

/** How many events of a person came with tellings that are not complete; with a history nothing of theirs is watched. */
interface Uncounted {
  readonly events: number;
  readonly withHistory: boolean;
}

/** What the log holds of a person, in the order it happened: what was withdrawn or quashed, and withdrawals, included. */
export interface PersonRecord {
  /** The number that was kept. */
  readonly prisonNumber: string;
  /** Those that were merged into it. */
  readonly formerNumbers: readonly FormerNumber[];
  readonly entries: readonly RecordEntry[];
  /** Of the last of their events in the log that was read. */
  readonly position: Position;
  /** How many events this version cannot read. Nothing of them is shown, so they must be told of. */
  readonly unreadable: number;
  /** What tellings that are not complete have brought. It does not count yet, and of an import is not among the entries. */
  readonly uncounted: Uncounted;
  /** What was personal up to some instant was destroyed, and reads as erased. */
  readonly erased: boolean;
}

const SAYS_NOTHING_HAPPENED: ReadonlySet<string> = new Set(['EventWithdrawn', 'PrisonerRecordsMerged']);

/** Whether an entry counts: something happened, and it was neither withdrawn nor quashed nor told otherwise. */
export const stands = ({ event, withdrawal, quashed, replaced }: RecordEntry): boolean =>
  !SAYS_NOTHING_HAPPENED.has(event.type) && withdrawal === undefined && !quashed && !replaced;

/** Every number that is or was this person's. */
export const numbersOf = ({ prisonNumber, formerNumbers }: PersonRecord): readonly string[] => [
  prisonNumber,
  ...formerNumbers.map((former) => former.prisonNumber),
];

/** An event of the log, and when it counted as known and was held. */
type KnownEntry = Pick<RecordEntry, 'event' | 'occurrence' | 'knownAt' | 'heldAt'> & Pick<StreamEntry, 'recorded'>;

const NO_TELLINGS: ReadonlyMap<string, TellingOutcome> = new Map();

/** The records of people, read from their streams. */
@Injectable()
export class PersonRecords {
  constructor(
    @Inject(People) private readonly people: Pick<People, 'groupOf'>,
    private readonly streams: PersonStreams,
    @Inject(Tellings) private readonly tellings: Pick<Tellings, 'outcomes'>,
    private readonly sealing: Sealing,
  ) {}

  /**
   * What is known of a person, or was at an instant, with what is personal in it, by any number that is or was theirs;
   * nothing when the log never heard of them. @throws BrokenSeal, StoreUnavailable, StoreUnreadable
   */
  async of(prisonNumber: string, asAt?: AsAt): Promise<PersonRecord | undefined> {
    const { own, elsewhere } = this.people.groupOf(prisonNumber);
    const read = await this.streams.entriesUnder([...own, ...elsewhere]);
    const isTold = read.some((entry) => entry.kind === 'event' && entry.telling !== undefined);
    const tellings = isTold ? await this.tellings.outcomes() : NO_TELLINGS;
    const known = knownBy(asAt, read, tellings);
    const numbers = numbersBy(prisonNumber, known);
    const isOwn = ({ recorded }: Pick<StreamEntry, 'recorded'>) => numbers.includes(this.streams.numberOf(recorded));
    const readOfOwn = read.filter(isOwn);
    if (readOfOwn.length === 0) return undefined;
    const [told, toldOfOthers] = [known.filter(isOwn), known.filter((entry) => !isOwn(entry))];
    const struckOut = StrikeOuts.by(occurrencesOf(told), occurrencesOf(toldOfOthers));
    return {
      prisonNumber: numbers[0] ?? prisonNumber,
      formerNumbers: formerNumbersIn(told, numbers, struckOut),
      entries: entriesOf(await Promise.all(told.map((entry) => this.opened(entry))), struckOut),
      position: readOfOwn.at(-1)?.recorded.position ?? START,
      unreadable: readOfOwn.filter(({ kind }) => kind === 'unreadable').length,
      uncounted: uncountedIn(readOfOwn, tellings),
      erased: readOfOwn.some(({ kind }) => kind === 'erasure'),
    };
  }

  private async opened(entry: KnownEntry): Promise<KnownEntry> {
    const { event } = await openedFromLog(entry.recorded, this.sealing);
    return { ...entry, event };
  }
}

/** What is known, or was at an instant, in the order of the log. An event that was told under two numbers counts once. */
const knownBy = (
  asAt: AsAt | undefined,
  read: readonly StreamEntry[],
  tellings: ReadonlyMap<string, TellingOutcome>,
): KnownEntry[] => {
  const known = new Map<string, KnownEntry>();
  let logTime = -Infinity;
  for (const entry of read) {
    if (entry.kind !== 'event') continue;
    const { recorded, event, occurrence, knownAt, telling } = entry;
    const outcome = telling === undefined ? undefined : tellings.get(telling);
    if (outcome?.kind === 'import' && outcome.completedAt === undefined && asAt?.of !== 'held') continue;
    if (outcome?.kind !== 'history') logTime = Math.max(logTime, knownAt);
    const one = { recorded, event, occurrence, ...clocksOf(outcome, knownAt, logTime) };
    if (asAt !== undefined && clockOf(asAt, one) > asAt.instant) continue;
    if (!known.has(event.id)) known.set(event.id, one);
  }
  return [...known.values()];
};

/**
 * What one import brings counts once all of it has come; a history counts from when it was recorded, and is held from when
 * all of it had come.
 */
const clocksOf = (
  outcome: TellingOutcome | undefined,
  knownAt: Instant,
  logTime: Instant,
): Pick<KnownEntry, 'knownAt' | 'heldAt'> => {
  if (outcome?.kind === 'history') return { knownAt, heldAt: Math.max(knownAt, outcome.completedAt ?? knownAt) };
  return { knownAt: Math.max(logTime, outcome?.completedAt ?? logTime), heldAt: logTime };
};

/** The instant by which an event is in time for what is asked. */
const clockOf = ({ of }: AsAt, { occurrence, knownAt: counted, heldAt }: KnownEntry): Instant => {
  if (of === 'held') return heldAt;
  return of === 'known' ? Math.max(occurrence.at, occurrence.recordedAt) : counted;
};

const uncountedIn = (read: readonly StreamEntry[], tellings: ReadonlyMap<string, TellingOutcome>): Uncounted => {
  const told = read.flatMap((entry) => (entry.kind === 'event' ? (entry.telling ?? []) : []));
  const open = told
    .flatMap((telling) => tellings.get(telling) ?? [])
    .filter(({ completedAt }) => completedAt === undefined);
  return { events: open.length, withHistory: open.some(({ kind }) => kind === 'history') };
};

/** The numbers that were one person's by what was known, the one that was kept first. */
const numbersBy = (prisonNumber: string, known: readonly KnownEntry[]): readonly string[] => {
  const merges = new Merges();
  for (const { occurrence } of known) merges.learn(occurrence.prisonNumber ?? prisonNumber, occurrence);
  merges.advance();
  return merges.numbersOf(merges.keptFor(prisonNumber));
};

const formerNumbersIn = (
  known: readonly KnownEntry[],
  numbers: readonly string[],
  struckOut: StrikeOuts,
): readonly FormerNumber[] =>
  known
    .filter(({ occurrence }) => occurrence.type === 'PrisonerRecordsMerged' && !struckOut.has(occurrence))
    .map(({ occurrence: { at, data } }) => ({ prisonNumber: String(data['removedPrisonNumber']), until: at }))
    .filter((former) => numbers.slice(1).includes(former.prisonNumber));

const occurrencesOf = (entries: readonly KnownEntry[]): Occurrence[] => entries.map(({ occurrence }) => occurrence);

const entriesOf = (known: readonly KnownEntry[], struckOut: StrikeOuts): RecordEntry[] => {
  const withdrawals = new Map(
    known
      .filter(({ event }) => event.type === 'EventWithdrawn')
      .map(({ event }) => [String(event.data['withdraws']), event]),
  );
  return known
    .map(({ recorded: _, ...entry }): RecordEntry => {
      const { event, occurrence } = entry;
      const withdrawal = event.type === 'EventWithdrawn' ? undefined : withdrawals.get(event.id);
      const replaced = struckOut.isReplaced(occurrence);
      const quashed = !withdrawal && !replaced && event.type !== 'EventWithdrawn' && struckOut.has(occurrence);
      return { ...entry, withdrawal, replaced, quashed };
    })
    .sort((a, b) => inOrder(a.occurrence, b.occurrence));
};
