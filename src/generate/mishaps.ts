/** What goes wrong in a prison, and what follows: by the habits, of which most are good. */
import { HOUR, type Instant, MINUTE } from '../prison/instant.js';
import type { Calendar } from './calendar.js';
import type { Chance } from './chance.js';
import { acct } from './habits/acct.js';
import { basic, charge, substances, violence } from './habits/discipline.js';
import { bereavement, cancelledVisits, contactLost } from './habits/family.js';
import { concern, marker } from './habits/risk.js';
import { segregation } from './habits/segregation.js';
import { happens, type Happening } from './happening.js';
import type { InventedPrison } from './invented-prison.js';
import type { YearlyRates } from './shapes.js';

interface Mishap {
  readonly at: Instant;
  readonly prison: InventedPrison;
  /** Whether an ACCT is open, or was until lately. */
  readonly inCrisis: boolean;
  readonly calendar: Calendar;
  readonly chance: Chance;
}

type MishapCourse = (mishap: Mishap) => Happening[];

/**
 * Somebody cannot go on: mostly harms themselves, once or several times, and is on ACCT within the hour; or somebody
 * notices before that. Now and then it is decided not to open one, or nobody does.
 */
const crisis: MishapCourse = ({ at, prison, calendar, chance }) => {
  if (chance.happens(0.3)) return [someConcern(at, chance), ...acct(at + 20 * MINUTE, calendar, chance)];
  const [first, known] = [harm(at, chance), chance.happens(0.3) ? [marker(at + 2 * HOUR, 'HC')] : []];
  if (chance.happens(0.06)) return [first, ...known, ...(chance.happens(0.7) ? [notOpened(at + 40 * MINUTE)] : [])];
  const opened = at + (chance.happens(0.94) ? chance.between(5, 45) : chance.between(70, 300)) * MINUTE;
  const course = acct(opened, calendar, chance);
  return [first, ...known, ...course, ...furtherHarm(opened, course, prison.shape.incidents - 1, chance)];
};

/** Each is answered by a review within two hours, as a rule; the next is due when it was before. */
const furtherHarm = (opened: Instant, course: readonly Happening[], average: number, chance: Chance): Happening[] => {
  const closed = course.find(({ type }) => type === 'AcctClosed')?.at ?? opened;
  return Array.from({ length: Math.round(chance.wait(average)) }, () => {
    const at = opened + 16 * HOUR + Math.floor(chance.next() * Math.max(0, closed - opened - 19 * HOUR));
    const review = at + (chance.happens(0.85) ? chance.between(30, 110) : chance.between(150, 1_200)) * MINUTE;
    const before = course.findLast((one) => one.type === 'AcctCaseReviewHeld' && one.at <= review);
    const there = { keyWorkerInvited: true, keyWorkerAttended: chance.happens(0.5), keyWorkerContributed: true };
    return [harm(at, chance), happens(review, 'AcctCaseReviewHeld', { ...before?.data, ...there })];
  }).flat();
};

const harm = (at: Instant, chance: Chance): Happening =>
  happens(at, 'SelfHarmReported', { severity: chance.pick(['MINOR', 'MINOR', 'MINOR', 'MODERATE', 'SERIOUS']) });

const notOpened = (at: Instant): Happening =>
  happens(at, 'AcctNotOpenedDecisionRecorded', {
    decidedBy: 'Duty governor',
    justification: 'Seen by a nurse; an old scratch.',
  });

const someConcern = (at: Instant, chance: Chance): Happening =>
  concern(at, chance.pick(['STAFF', 'STAFF', 'FAMILY', 'PRISONER']), chance.pick(['MOOD', 'ISOLATION', 'NOT_EATING']));

/** A charge; of those that are proved, some bring days of cellular confinement, or the threat of them. */
const charged: MishapCourse = ({ at, prison, calendar, chance }) => {
  const chargeNumber = prison.nextCharge();
  const course = charge(at, chargeNumber, calendar, chance);
  const proof = course.find(({ type }) => type === 'AdjudicationProved');
  if (!proof || !chance.happens(0.08)) return course;
  const award = { chargeNumber, days: chance.between(3, 14), suspended: chance.happens(0.5) };
  return [...course, happens(proof.at + MINUTE, 'CellularConfinementAwarded', award)];
};

/** Of an ACCT that is open it is mostly recorded why segregation is right all the same. */
const segregated: MishapCourse = ({ at, inCrisis, calendar, chance }) => {
  const days = chance.happens(0.71) ? chance.between(1, 13) : chance.between(14, 55);
  const decision = happens(at + chance.between(10, 90) * MINUTE, 'AcctSegregationDecisionRecorded', {
    decidedBy: 'Duty governor',
    justification: 'At risk from others on the wing; observed every 15 minutes.',
  });
  return [...segregation(at, days, calendar, chance), ...(inCrisis && chance.happens(0.8) ? [decision] : [])];
};

/** Written into the wrong record, and taken back. */
const mistake: MishapCourse = ({ at, chance }) => [
  {
    ...happens(at, 'AssaultReported', { role: chance.pick(['VICTIM', 'FIGHTER']) }),
    withdrawnAfter: chance.between(20, 90) * HOUR,
  },
];

const inAnotherCell: MishapCourse = ({ at, chance }) => [
  happens(at, 'CellMoved', { location: someCell(chance), segregationUnit: false }),
];

export const someCell = (chance: Chance): string =>
  `${chance.pick(['A', 'B', 'C', 'D'])}-${chance.between(1, 3)}-${String(chance.between(1, 40)).padStart(3, '0')}`;

/** What may happen, by the rate at which it does. */
export const MISHAPS = {
  crises: crisis,
  charges: charged,
  violence: ({ at, chance }) => violence(at, chance),
  segregations: segregated,
  misuse: ({ at, chance }) => substances(at, chance),
  basic: ({ at, calendar, chance }) => basic(at, calendar, chance),
  bereavements: ({ at, chance }) => bereavement(at, chance),
  contactLost: ({ at, calendar, chance }) => contactLost(at, calendar, chance),
  cancelledVisits: ({ at, chance }) => cancelledVisits(at, chance),
  concerns: ({ at, chance }) => [someConcern(at, chance)],
  mistakes: mistake,
  cellMoves: inAnotherCell,
} satisfies Partial<Record<keyof YearlyRates, MishapCourse>>;

export type MishapName = keyof typeof MISHAPS;
