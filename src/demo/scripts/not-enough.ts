/** Lives in which something was done, and it is not enough: somebody looks after him, and one safeguard is missing. */
import { acctClosed, caseReview, firstDay } from '../../generate/habits/acct.js';
import { bereaved, chaplain } from '../../generate/habits/family.js';
import { everyWeek } from '../every-week.js';
import { allocated } from '../../generate/habits/key-work.js';
import { concern } from '../../generate/habits/risk.js';
import { backFromSegregation, screened, segregated, segregationReview } from '../../generate/habits/segregation.js';
import { happens, recorded } from '../../generate/happening.js';
import { here, seenEveryWeek, type LifeScript, transferred } from './life-script.js';

/** On ACCT for six days, and well looked after. Five hours ago he harmed himself; no case review has been held since. */
export const selfHarmOnAcct: LifeScript = {
  stays: [here(58)],
  happenings: (calendar) => [
    ...seenEveryWeek(calendar, 58, 4, '9032'),
    ...firstDay(calendar.ago(6, '17:00'), calendar.ago(-1), calendar),
    recorded(happens(calendar.minutesAgo(5 * 60), 'SelfHarmReported', { severity: 'MODERATE' })),
    caseReview(calendar.ago(-1, '11:00'), calendar.ago(-8), calendar),
    ...acctClosed(calendar.ago(-8, '11:00'), calendar.ago(-14)),
  ],
};

/** His mother rang four days ago: she is worried. Nobody has talked with him since. */
export const familyWorried: LifeScript = {
  stays: [here(55)],
  happenings: (calendar) => [
    ...seenEveryWeek(calendar, 55, 6, '9033'),
    concern(calendar.ago(4, '08:30'), 'FAMILY', 'MOOD', 'His mother rang: he sounded hopeless on the phone.'),
  ],
};

/** Bereaved in the other prison, where nobody came, and moved here the day before yesterday. */
export const bereavedThenMoved: LifeScript = {
  stays: transferred(52, 2),
  happenings: (calendar) => [
    allocated(calendar.ago(51), '9504'),
    ...everyWeek(calendar, 49, 7, '9504'),
    bereaved(calendar.ago(5, '09:00'), 'mother'),
    allocated(calendar.ago(1), '9034'),
    chaplain(calendar.ago(-1, '14:00')),
  ],
};

/** Moved here four days ago. Nobody had come for five weeks before, and nobody has come here. */
export const movedUnseen: LifeScript = {
  stays: transferred(75, 4),
  happenings: (calendar) => [
    allocated(calendar.ago(74), '9505'),
    ...everyWeek(calendar, 73, 38, '9505'),
    allocated(calendar.ago(3), '9035'),
  ],
};

/** In the segregation unit, although the nurse found him unfit for it. */
export const foundUnfit: LifeScript = {
  stays: [here(68)],
  happenings: (calendar) => [
    ...seenEveryWeek(calendar, 68, 3, '9036'),
    ...segregated(calendar.minutesAgo(170), 'RULE_45_GOOD_ORDER'),
    screened(calendar.minutesAgo(100), false),
    ...backFromSegregation(calendar.minutesAgo(-40)),
  ],
};

/** Segregated for forty days, reviewed by the governor every time; nobody has asked the prison group director. */
export const sixWeeksSegregated: LifeScript = {
  stays: [here(120)],
  happenings: (calendar) => [
    ...seenEveryWeek(calendar, 120, 1, '9037'),
    ...segregated(calendar.ago(40, '11:00'), 'RULE_45_OWN_PROTECTION'),
    screened(calendar.ago(40, '12:00')),
    ...[38, 25, 12].map((day) => segregationReview(calendar.ago(day, '15:00'), 'GOVERNOR')),
  ],
};
