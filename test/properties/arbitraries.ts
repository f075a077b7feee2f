import fc from 'fast-check';
import { LocalDays } from '../../src/prison/local-days.js';
import type { Occurrence } from '../../src/kernel/occurrence.js';

/** The calendar that all properties are tried in. */
export const days = new LocalDays();

/** What happened, before it is known when: `withdraws` counts events, dates count days, until they have a place. */
export interface Happening {
  readonly type: string;
  readonly data: Readonly<Record<string, unknown>>;
}

/** What belongs together: each so many milliseconds after the first, in another prison than the first where it says so. */
export type Tale = readonly (Happening & { readonly after: number; readonly elsewhere?: true })[];

/** What is told of one person, or of those whose records have to do with one another, and until when it is played. */
export interface History {
  readonly history: readonly Occurrence[];
  readonly until: number;
}

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

/** Days shortly before both clock changes of 2026, and an ordinary one. */
const BEGINNINGS = ['2026-03-25', '2026-10-21', '2026-06-10'].map((date) => days.named(date));

/** Few enough times of day for things to fall together, with each other and with what falls due. */
const TIMES_OF_DAY = [0, HOUR, 2 * HOUR, 10 * HOUR, 11 * HOUR, 23 * HOUR, DAY - 1];

const PRISONS = ['XYI', 'XYM'];

const latenesses = fc.oneof(
  { weight: 6, arbitrary: fc.constant(0) },
  { weight: 4, arbitrary: fc.constantFrom(-HOUR, HOUR, 14 * HOUR, DAY, 3 * DAY, 9 * DAY) },
);

/** One of a few tellings of one record: now and then, or of most that happens. */
const tellings = (often: boolean) =>
  fc.option(fc.record({ record: fc.constantFrom('1', '2'), revision: fc.nat(2) }), {
    nil: undefined,
    freq: often ? 1 : 9,
  });

/** How long a story is: at most so many events, in so many days, and so many days after them. */
export interface Extent {
  readonly most: number;
  readonly span: number;
  readonly after: number;
  /** Under which prison numbers it is told; under none that is named, where it is about one person. */
  readonly numbers?: readonly string[];
  /** Most of it is told again and again. */
  readonly retold?: true;
}

/** A story: late, out of order, simultaneous, revised, withdrawn before or after it was known; sometimes sent twice. */
export const histories = (
  tales: fc.Arbitrary<Happening | Tale>,
  { most, span, after, numbers, retold }: Extent,
): fc.Arbitrary<History> => {
  const placed = fc.record({
    tale: tales,
    day: fc.nat(span),
    time: fc.constantFrom(...TIMES_OF_DAY),
    late: latenesses,
    twice: fc.integer({ min: 0, max: 9 }).map((n) => n === 9),
    prison: fc.constantFrom(0, 0, 0, 1),
    telling: tellings(retold === true),
    prisonNumber: numbers ? fc.constantFrom(...numbers) : fc.constant(undefined),
  });
  return fc
    .record({
      first: fc.constantFrom(...BEGINNINGS),
      placed: fc.array(placed, { minLength: 1, maxLength: most, size: 'max' }),
      longer: fc.nat(after),
    })
    .map(({ first, placed: tellingsOf, longer }) => {
      const events = tellingsOf.flatMap((one) => partsOf(one, first));
      const named = events.map((event, index) => ({
        ...event,
        id: `e${index}`,
        data: dataFrom(event.data, first, events.length),
      }));
      return {
        until: days.startOf(first + span + longer),
        history: named.flatMap(({ twice, ...event }) => (twice ? [event, again(event, numbers)] : [event])),
      };
    });
};

/** The same once more; where it is told under several numbers, every other event under another one of them. */
const again = <T extends Pick<Occurrence, 'prisonNumber' | 'at'>>(event: T, numbers: readonly string[] = []): T => {
  const { prisonNumber, at } = event;
  if (prisonNumber === undefined || (at / HOUR) % 2 !== 0) return { ...event };
  return { ...event, prisonNumber: numbers[(numbers.indexOf(prisonNumber) + 1) % numbers.length] };
};

interface Placed {
  readonly tale: Happening | Tale;
  readonly day: number;
  readonly time: number;
  readonly late: number;
  readonly twice: boolean;
  readonly prison: number;
  readonly telling: { readonly record: string; readonly revision: number } | undefined;
  readonly prisonNumber: string | undefined;
}

const partsOf = ({ tale, day, time, late, twice, prison, telling, prisonNumber }: Placed, first: number) =>
  asTale(tale).map(({ type, data, after, elsewhere }) => {
    const at = days.startOf(first + day) + time + after;
    const source = telling && isRevised(type) ? { ...telling, record: `${type} ${telling.record}` } : undefined;
    const prisonId = PRISONS[elsewhere ? 1 - prison : prison] ?? '';
    return {
      type,
      data,
      at,
      recordedAt: at + late,
      prisonId,
      twice,
      ...(prisonNumber !== undefined && { prisonNumber }),
      ...(source && { source }),
    };
  });

const asTale = (tale: Happening | Tale): Tale => ('type' in tale ? [{ ...tale, after: 0 }] : tale);

const isRevised = (type: string): boolean => type !== 'EventWithdrawn' && type !== 'PrisonerRecordsMerged';

/** The members that hold a date. */
const DATES = ['nextReviewDue', 'authorisedUntil', 'startsOn'];

const dataFrom = (data: Happening['data'], first: number, count: number): Happening['data'] =>
  Object.fromEntries(
    Object.entries(data).map(([member, value]) => {
      if (typeof value !== 'number') return [member, value];
      if (member === 'withdraws') return [member, `e${value % count}`];
      return [member, DATES.includes(member) ? dueOn(member, first, value) : value];
    }),
  );

/** A date; where an instant will do as well, on odd days that. */
const dueOn = (member: string, first: number, day: number): string =>
  day % 2 === 0 || member !== 'nextReviewDue'
    ? new Date((first + day) * DAY).toISOString().slice(0, 10)
    : new Date(days.startOf(first + day) + 10 * HOUR).toISOString();

/** An event of this type, each member of its data one of the values given. */
export const happening = (
  type: string,
  data: Readonly<Record<string, readonly unknown[]>> = {},
): fc.Arbitrary<Happening> =>
  fc
    .record(Object.fromEntries(Object.entries(data).map(([member, values]) => [member, fc.constantFrom(...values)])), {
      noNullPrototype: true,
    })
    .map((values) => ({ type, data: values }));

const received = (...reason: readonly string[]) => happening('PrisonerReceived', { reason });
const released = (...reason: readonly string[]) => happening('PrisonerReleased', { reason });
const cellMove = happening('CellMoved', { segregationUnit: [true, false] });

const first = (event: fc.Arbitrary<Happening>) => event.map((one) => ({ ...one, after: 0 }));
const later = (event: fc.Arbitrary<Happening>, ...after: readonly number[]) =>
  fc.tuple(event, fc.constantFrom(...after)).map(([one, then]) => ({ ...one, after: then }));
const elsewhere = <T>(event: fc.Arbitrary<T>) => event.map((one) => ({ ...one, elsewhere: true as const }));

const arrival = received('NEW_ADMISSION', 'READMISSION', 'RECALL', 'TRANSFERRED');
const absence = released('SENT_TO_COURT', 'TEMPORARY_ABSENCE_RELEASE', 'TAKEN_TO_HOSPITAL');
const comingBack = received('RETURN_FROM_COURT', 'TEMPORARY_ABSENCE_RETURN', 'HOSPITAL_RETURN');
const transfer = released('TRANSFERRED');

/** Arrivals, leavings and absences, also as real systems tell them: twice, elsewhere, by half, or only by what follows. */
export const moves: fc.Arbitrary<Happening | Tale> = fc.oneof(
  arrival,
  comingBack,
  released('RELEASED', 'TRANSFERRED', 'SENT_TO_COURT', 'TAKEN_TO_HOSPITAL', 'RELEASED_TO_HOSPITAL', 'DIED'),
  fc.tuple(first(absence), later(comingBack, 8 * HOUR, DAY, 3 * DAY)),
  fc.tuple(first(absence), elsewhere(later(comingBack, 8 * HOUR, DAY))),
  fc.tuple(first(absence), later(cellMove, HOUR, 2 * HOUR, DAY)),
  fc.tuple(first(arrival), later(arrival, HOUR, 3 * DAY, 7 * DAY, 7 * DAY + HOUR)),
  fc.tuple(first(transfer), elsewhere(later(arrival, 2 * HOUR, DAY, 8 * DAY))),
  fc.tuple(first(transfer), elsewhere(later(cellMove, HOUR, 2 * HOUR, DAY))),
  fc.tuple(first(cellMove), later(arrival, HOUR, DAY, DAY + HOUR)),
);

/** Withdrawals of any event of the story, themselves and one another included. */
export const withdrawals: fc.Arbitrary<Happening> = fc.nat(99).map((withdraws) => ({
  type: 'EventWithdrawn',
  data: { withdraws },
}));

/** Merges of any of these numbers into any other, or into itself. */
export const merges = (numbers: readonly string[]): fc.Arbitrary<Happening> =>
  happening('PrisonerRecordsMerged', { removedPrisonNumber: numbers });

/** How many pairs to try: `PAIRS` if set, else many where the whole suite runs unattended and few at a desk. */
export const runs = (unattended: number, atADesk: number): number =>
  Number(process.env['PAIRS'] ?? (process.env['CI'] === 'true' ? unattended : atADesk));
