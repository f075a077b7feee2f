/** Lives in which something falls due, or happens, in the first minutes: see `opening.ts` for how they go on. */
import { acctClosed, caseReview, firstDay } from '../../generate/habits/acct.js';
import { charged, misuse } from '../../generate/habits/discipline.js';
import { marker } from '../../generate/habits/risk.js';
import { segregated } from '../../generate/habits/segregation.js';
import { happens, recorded } from '../../generate/happening.js';
import { here, seenEveryWeek, settled, type LifeScript } from './life-script.js';

/** ACCT opened 59 minutes ago: the immediate action plan is due within the hour. */
export const planDue: LifeScript = {
  stays: [here(48)],
  happenings: (calendar) => [
    ...seenEveryWeek(calendar, 48, 3, '9019'),
    recorded(happens(calendar.minutesAgo(59), 'AcctOpened', { concern: 'Found crying in his cell.' })),
  ],
};

/** Harmed himself 58 minutes ago; no ACCT has been opened. */
export const acctDue: LifeScript = {
  stays: [here(66)],
  happenings: (calendar) => [
    ...seenEveryWeek(calendar, 66, 4, '9020'),
    recorded(happens(calendar.minutesAgo(58), 'SelfHarmReported', { severity: 'MODERATE' })),
  ],
};

/** Segregated two hours ago but for two minutes; the health screen is not recorded. */
export const screenDue: LifeScript = {
  stays: [here(57)],
  happenings: (calendar) => [
    ...seenEveryWeek(calendar, 57, 2, '9021'),
    ...segregated(calendar.minutesAgo(118), 'RULE_45_OWN_PROTECTION').map(recorded),
  ],
};

/** Not seen for sixteen days; found under the influence, and charged. */
export const twoSigns: LifeScript = {
  stays: [here(73)],
  happenings: (calendar) => [
    ...settled(calendar, 73, 16, '9022'),
    misuse(calendar.ago(9, '19:30'), 'UNDER_INFLUENCE'),
    charged(calendar.ago(5, '15:00'), 'XYI-000401'),
  ],
};

/** On ACCT for ten days, well looked after. */
export const onAcct: LifeScript = {
  stays: [here(88)],
  happenings: (calendar) => [
    ...seenEveryWeek(calendar, 88, 2, '9023'),
    ...firstDay(calendar.ago(10, '17:00'), calendar.ago(4), calendar),
    caseReview(calendar.ago(4, '14:00'), calendar.ago(-3), calendar),
    caseReview(calendar.ago(-3, '14:00'), calendar.ago(-9), calendar),
    ...acctClosed(calendar.ago(-9, '14:00'), calendar.ago(-14)),
  ],
};

/** Harmed himself in custody before; awaits the hearing of a charge. */
export const hearingDue: LifeScript = {
  stays: [here(61)],
  happenings: (calendar) => [
    marker(calendar.ago(61, '17:00'), 'HC'),
    ...seenEveryWeek(calendar, 61, 3, '9024'),
    charged(calendar.ago(2, '15:00'), 'XYI-000402'),
  ],
};

/** Seen in his first weeks, and not for a month since. */
export const longGap: LifeScript = {
  stays: [here(65)],
  happenings: (calendar) => settled(calendar, 65, 31, '9025'),
};
