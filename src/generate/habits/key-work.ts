/** A key worker is allocated, sees the person week by week or fails to, and hands over to the next. */
import { DAY, HOUR, type Instant, MINUTE } from '../../prison/instant.js';
import type { Calendar } from '../calendar.js';
import type { Chance } from '../chance.js';
import { happens, type Happening } from '../happening.js';

const MISSED = ['STAFF_NOT_AVAILABLE', 'STAFF_NOT_AVAILABLE', 'REGIME_CURTAILED', 'DECLINED', 'OTHER'];
const TOPICS = ['family', 'work', 'health', 'education', 'release plans', 'debt', 'sentence plan'];

export const allocated = (at: Instant, staffId: string): Happening => happens(at, 'KeyWorkerAllocated', { staffId });

/** The new is allocated, then the old deallocated. */
export const handover = (at: Instant, from: string, to: string): Happening[] => [
  allocated(at, to),
  happens(at + 10 * MINUTE, 'KeyWorkerDeallocated', { staffId: from, reason: 'shift pattern' }),
];

export const session = (at: Instant, staffId: string, minutes = 45): Happening =>
  happens(at, 'KeyWorkerSessionHeld', { staffId, minutes });

export interface KeyWork {
  readonly from: Instant;
  readonly until: Instant;
  readonly staffId: string;
  /** How likely a week's session is to be held. After two weeks without one somebody usually notices. */
  readonly reliability: number;
}

/** They meet for the first time, and then every week, as far as staff, regime and the person allow. */
export const weeklySessions = (
  { from, until, staffId, reliability }: KeyWork,
  calendar: Calendar,
  chance: Chance,
): Happening[] => {
  const happenings: Happening[] = [];
  let weeksWithout = 0;
  for (let week = from; week < until; week += 7 * DAY) {
    const at = calendar.workingHours(week, chance);
    const held = chance.happens(weeksWithout < 2 && week > from ? reliability : 0.85);
    happenings.push(...(held ? [heldWith(at, staffId, chance)] : notHeld(at, staffId, chance)));
    weeksWithout = held ? 0 : weeksWithout + 1;
  }
  return happenings;
};

/** What a key worker does after hearing of something grave: talks about it within days, as a rule. */
export const followUp = (at: Instant, staffId: string, calendar: Calendar, chance: Chance): Happening[] =>
  chance.happens(0.85) ? [session(calendar.workingHours(at + chance.between(1, 5) * DAY, chance), staffId, 30)] : [];

/** A session as sessions are: 45 minutes are meant. */
export const heldWith = (at: Instant, staffId: string, chance: Chance): Happening =>
  happens(at, 'KeyWorkerSessionHeld', {
    staffId,
    minutes: chance.pick([30, 40, 45, 45, 50]),
    inPrivate: chance.happens(0.8),
    topics: [chance.pick(TOPICS)],
  });

/** A week without one: mostly somebody says why, sometimes there is a note instead. */
export const notHeld = (at: Instant, staffId: string, chance: Chance): Happening[] => {
  if (chance.happens(0.6)) return [happens(at, 'KeyWorkerSessionMissed', { staffId, reason: chance.pick(MISSED) })];
  return chance.happens(0.3) ? [happens(at + HOUR, 'KeyWorkerEntryRecorded', { staffId })] : [];
};
