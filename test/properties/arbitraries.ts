import fc from 'fast-check';
import { LocalDays } from '../../src/prison/local-days.js';
import type { Occurrence } from '../../src/kernel/occurrence.js';

/** The calendar that all properties are tried in. */
export const days = new LocalDays();

/** What happened, before it is known when: `withdraws` counts events, `due` counts days, until they have a place. */
export interface Happening {
  readonly type: string;
  readonly data: Readonly<Record<string, unknown>>;
}

/** One person's events, and until when their story is told. */
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

const latenesses = fc.oneof(
  { weight: 6, arbitrary: fc.constant(0) },
  { weight: 4, arbitrary: fc.constantFrom(-HOUR, HOUR, 14 * HOUR, DAY, 3 * DAY, 9 * DAY) },
);

/** How long a story is: at most so many events, in so many days, and so many days after them. */
export interface Extent {
  readonly most: number;
  readonly span: number;
  readonly after: number;
}

/** A person's story: late, out of order, simultaneous, withdrawn before or after it was known; sometimes sent twice. */
export const histories = (
  happenings: fc.Arbitrary<Happening>,
  { most, span, after }: Extent,
): fc.Arbitrary<History> => {
  const placed = fc.record({
    happening: happenings,
    day: fc.nat(span),
    time: fc.constantFrom(...TIMES_OF_DAY),
    late: latenesses,
    twice: fc.integer({ min: 0, max: 9 }).map((n) => n === 9),
  });
  return fc
    .record({
      first: fc.constantFrom(...BEGINNINGS),
      events: fc.array(placed, { minLength: 1, maxLength: most, size: 'max' }),
      longer: fc.nat(after),
    })
    .map(({ first, events, longer }) => ({
      until: days.startOf(first + span + longer),
      history: events.flatMap(({ happening, day, time, late, twice }, index) => {
        const at = days.startOf(first + day) + time;
        const data = dataFrom(happening.data, first, events.length);
        const occurrence = {
          ...{ id: `e${index}`, type: happening.type, at, recordedAt: at + late, prisonId: 'XYI', data },
        };
        return twice ? [occurrence, { ...occurrence }] : [occurrence];
      }),
    }));
};

const dataFrom = (data: Happening['data'], first: number, count: number): Happening['data'] => ({
  ...data,
  ...(typeof data['withdraws'] === 'number' && { withdraws: `e${data['withdraws'] % count}` }),
  ...(typeof data['nextReviewDue'] === 'number' && { nextReviewDue: dueOn(first, data['nextReviewDue']) }),
});

/** A date on even days, an instant on odd ones. */
const dueOn = (first: number, day: number): string =>
  day % 2 === 0
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

/** Arrivals, leavings, and absences of every kind. */
export const moves: fc.Arbitrary<Happening> = fc.oneof(
  happening('PrisonerReceived', {
    reason: [
      'NEW_ADMISSION',
      'READMISSION',
      'TRANSFERRED',
      'RETURN_FROM_COURT',
      'HOSPITAL_RETURN',
      'RETURN_FROM_COURT',
    ],
  }),
  happening('PrisonerReleased', {
    reason: ['RELEASED', 'TRANSFERRED', 'SENT_TO_COURT', 'RELEASED_TO_HOSPITAL', 'SENT_TO_COURT'],
  }),
);

/** Withdrawals of any event of the story, themselves and one another included. */
export const withdrawals: fc.Arbitrary<Happening> = fc.nat(99).map((withdraws) => ({
  type: 'EventWithdrawn',
  data: { withdraws },
}));

/** How many pairs to try: `PAIRS` if set, else many where the whole suite runs unattended and few at a desk. */
export const runs = (unattended: number, atADesk: number): number =>
  Number(process.env['PAIRS'] ?? (process.env['CI'] === 'true' ? unattended : atADesk));
