/** Lives whose records went astray, as they do in every prison: a return is missing, or one person has two numbers. */
import { ALIAS } from '../cast.js';
import { concern } from '../../generate/habits/risk.js';
import { everyWeek } from '../every-week.js';
import { allocated, session } from '../../generate/habits/key-work.js';
import { happens } from '../../generate/happening.js';
import { here, seenEveryWeek, settled, type LifeScript } from './life-script.js';

/**
 * Was here in the spring. He came back under another name and a new number, until somebody knew him again and the records
 * were merged. A concern about him, and two weeks without a session, went with him.
 */
export const mergedNumbers: LifeScript = {
  stays: [here(172, { until: 118, leaving: 'RELEASED' }), here(26)],
  alias: { as: ALIAS, from: 26, until: 6 },
  happenings: (calendar) => {
    const { ago } = calendar;
    return [
      allocated(ago(171), '9028'),
      ...everyWeek(calendar, 168, 119, '9028'),
      allocated(ago(25), '9029'),
      session(ago(23), '9029'),
      concern(ago(12, '15:00'), 'STAFF', 'DEBT_OR_BULLYING'),
      happens(ago(4, '14:00'), 'KeyWorkerSessionMissed', { staffId: '9029', reason: 'REGIME_CURTAILED' }),
    ];
  },
};

/** Sent to court three days ago. His return is not on record, but he was given a cell that evening. */
export const returnLost: LifeScript = {
  stays: [here(62)],
  happenings: (calendar) => [
    ...seenEveryWeek(calendar, 62, 6, '9030'),
    happens(calendar.ago(3, '08:10'), 'PrisonerReleased', { reason: 'SENT_TO_COURT' }),
    happens(calendar.ago(3, '17:40'), 'CellMoved', { location: 'B-2-019', segregationUnit: false }),
  ],
};

/** Sent to court four days ago, and nothing shows that he came back. */
export const notBack: LifeScript = {
  stays: [here(80)],
  happenings: (calendar) => [
    ...settled(calendar, 80, 6, '9031'),
    happens(calendar.ago(4, '08:05'), 'PrisonerReleased', { reason: 'SENT_TO_COURT' }),
  ],
};
