/**
 * Two lives after those that the Prisons and Probation Ombudsman described in its article on the key worker scheme (Mr A,
 * Mr B), and one with good practice. Here both are alive: there is still time.
 */
import { acctClosed, caseReview, firstDay } from '../../generate/habits/acct.js';
import { charged, misuse, movedToBasic, proved, referral } from '../../generate/habits/discipline.js';
import { bereaved, chaplain, contactEnded } from '../../generate/habits/family.js';
import { everyWeek } from '../every-week.js';
import { allocated, handover, session } from '../../generate/habits/key-work.js';
import { backFromSegregation, screened, segregated } from '../../generate/habits/segregation.js';
import { happens } from '../../generate/happening.js';
import { marker } from '../../generate/habits/risk.js';
import { here, seenEveryWeek, settled, type LifeScript, transferred } from './life-script.js';

/** Mr A: seen every week for months, then for seven weeks not at all, while one thing after another happened. */
export const sevenWeeks: LifeScript = {
  stays: [here(168)],
  happenings: (calendar) => {
    const { ago, minutesAgo } = calendar;
    return [
      marker(ago(168, '16:00'), 'HS'),
      marker(ago(168, '16:00'), 'HC'),
      ...settled(calendar, 168, 51, '9001'),
      charged(ago(40, '14:00'), 'XYI-000101'),
      proved(ago(37), 'XYI-000101'),
      happens(ago(32, '15:10'), 'AssaultReported', { role: 'ASSAILANT' }),
      charged(ago(32, '16:30'), 'XYI-000102'),
      ...segregated(ago(31, '09:00'), 'RULE_53_AWAITING_HEARING'),
      screened(ago(31, '10:15')),
      proved(ago(30), 'XYI-000102'),
      ...backFromSegregation(ago(30, '15:00')),
      movedToBasic(ago(24, '11:00')),
      happens(ago(18, '11:00'), 'IncentiveReviewHeld', { level: 'BASIC' }),
      misuse(ago(16, '20:15'), 'UNDER_INFLUENCE'),
      referral(ago(16, '20:40')),
      charged(ago(15, '09:30'), 'XYI-000103'),
      ...segregated(ago(12, '13:00'), 'RULE_45_GOOD_ORDER'),
      screened(ago(12, '14:00')),
      ...backFromSegregation(ago(10, '15:00')),
      misuse(ago(6, '19:00'), 'POSSESSION'),
      proved(minutesAgo(185), 'XYI-000103'),
      happens(minutesAgo(185), 'CellularConfinementAwarded', { chargeNumber: 'XYI-000103', days: 5, suspended: false }),
      ...segregated(minutesAgo(150), 'CELLULAR_CONFINEMENT'),
      screened(minutesAgo(95)),
    ];
  },
};

/** Mr B: seen once in twenty weeks, and never by the one who has been his key worker since. */
export const neverMet: LifeScript = {
  stays: transferred(162, 140),
  happenings: ({ ago }) => [
    allocated(ago(161), '9501'),
    session(ago(157, '14:00'), '9501'),
    session(ago(150, '14:00'), '9501'),
    session(ago(143, '14:00'), '9501'),
    allocated(ago(132, '09:00'), '9002'),
    session(ago(119, '14:00'), '9002', 40),
    ...handover(ago(80, '09:00'), '9002', '9003'),
    bereaved(ago(58), 'father'),
    misuse(ago(20, '21:00'), 'UNDER_INFLUENCE'),
    misuse(ago(12, '20:30'), 'UNDER_INFLUENCE'),
    charged(ago(9, '11:00'), 'XYI-000201'),
    happens(ago(7, '16:00'), 'NonAssociationRecorded'),
    movedToBasic(ago(2, '11:00')),
    misuse(ago(1, '22:00'), 'UNDER_INFLUENCE'),
    contactEnded(ago(1, '18:30')),
  ],
};

/** Much the same befalls this man, and each time somebody comes and talks with him. */
export const goodPractice: LifeScript = {
  stays: transferred(162, 140),
  happenings: (calendar) => {
    const { ago } = calendar;
    return [
      allocated(ago(161), '9502'),
      ...everyWeek(calendar, 159, 145, '9502'),
      ...seenEveryWeek(calendar, 140, 3, '9004'),
      bereaved(ago(58), 'father'),
      chaplain(ago(58, '14:00')),
      session(ago(57), '9004'),
      misuse(ago(20, '21:00'), 'UNDER_INFLUENCE'),
      referral(ago(19, '09:00')),
      session(ago(18, '15:00'), '9004'),
      charged(ago(14, '11:00'), 'XYI-000202'),
      movedToBasic(ago(13, '11:00')),
      happens(ago(7, '11:00'), 'IncentiveReviewHeld', { level: 'STANDARD' }),
      happens(ago(7, '11:15'), 'IncentiveLevelChanged', { from: 'BASIC', to: 'STANDARD' }),
      contactEnded(ago(5, '18:30')),
      session(ago(5, '19:15'), '9004', 60),
      ...firstDay(ago(5, '19:30'), ago(-2), calendar),
      caseReview(ago(-2, '11:00'), ago(-9), calendar),
      ...acctClosed(ago(-9, '11:00'), ago(-15)),
    ];
  },
};
