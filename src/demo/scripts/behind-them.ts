/** Lives in which something is over, or was answered: what a safeguard looks like when it is kept. */
import { acctClosed, caseReview, firstDay } from '../../generate/habits/acct.js';
import { charged, proved } from '../../generate/habits/discipline.js';
import { session } from '../../generate/habits/key-work.js';
import { marker, markerRemoved } from '../../generate/habits/risk.js';
import { backFromSegregation, screened, segregated } from '../../generate/habits/segregation.js';
import { happens } from '../../generate/happening.js';
import { here, seenEveryWeek, settled, type LifeScript } from './life-script.js';

/** A month ago he harmed himself: the ACCT came after two hours, and the plan an hour late. Since then all is well. */
export const selfHarmAnsweredLate: LifeScript = {
  stays: [here(95)],
  happenings: (calendar) => {
    const { ago } = calendar;
    return [
      ...seenEveryWeek(calendar, 95, 2, '9017'),
      happens(ago(30, '13:00'), 'SelfHarmReported', { severity: 'MODERATE' }),
      happens(ago(30, '15:00'), 'AcctOpened'),
      session(ago(30, '16:00'), '9017', 30),
      happens(ago(30, '17:00'), 'AcctImmediateActionPlanCompleted'),
      happens(ago(29, '09:00'), 'AcctAssessmentCompleted'),
      caseReview(ago(29, '11:00'), ago(23), calendar),
      caseReview(ago(23, '11:00'), ago(16), calendar),
      happens(ago(16, '11:00'), 'AcctClosed'),
      happens(ago(11, '11:00'), 'AcctPostClosureReviewHeld'),
    ];
  },
};

/** He scratched his arm five weeks ago: why no ACCT was opened is on record. Sentenced since, and seen the next day. */
export const decidedAgainstAcct: LifeScript = {
  stays: [here(85)],
  happenings: (calendar) => {
    const { ago } = calendar;
    return [
      ...seenEveryWeek(calendar, 85, 3, '9038'),
      marker(ago(85, '17:00'), 'HC'),
      happens(ago(85, '21:30'), 'FirstNightCheckCompleted'),
      happens(ago(36, '09:00'), 'SelfHarmReported', { severity: 'MINOR' }),
      happens(ago(36, '09:40'), 'AcctNotOpenedDecisionRecorded', {
        decidedBy: 'Duty governor',
        justification: 'An old scratch, he says from work; seen by the nurse and by his key worker.',
      }),
      session(ago(36, '15:00'), '9038', 30),
      happens(ago(25, '16:00'), 'LegalStatusChanged', { status: 'SENTENCED' }),
      session(ago(24, '11:00'), '9038', 40),
      markerRemoved(ago(20, '11:00'), 'HC'),
    ];
  },
};

/** Complexity of need is high: the safeguards of key work do not apply to him. */
export const highlyComplex: LifeScript = {
  stays: [here(45)],
  happenings: ({ ago }) => [happens(ago(45, '18:00'), 'ComplexityOfNeedChanged', { level: 'HIGH' })],
};

/** Charged three times in four weeks; the last charge was quashed before anybody had talked with him about it. */
export const chargeQuashed: LifeScript = {
  stays: [here(110)],
  happenings: (calendar) => [
    ...settled(calendar, 110, 23, '9018'),
    session(calendar.ago(3, '14:00'), '9018'),
    ...[40, 31, 22].map((day, place) =>
      happens(calendar.ago(day, '15:00'), 'AdjudicationReported', { chargeNumber: `XYI-00030${place}` }),
    ),
    happens(calendar.ago(4), 'AdjudicationQuashed', { chargeNumber: 'XYI-000302' }),
  ],
};

/** On ACCT, and segregated since yesterday: with a recorded decision, a screen and a visit by his key worker. */
export const wellSegregated: LifeScript = {
  stays: [here(77)],
  happenings: (calendar) => {
    const { ago } = calendar;
    return [
      ...seenEveryWeek(calendar, 77, 4, '9026'),
      ...firstDay(ago(6, '17:00'), ago(-1), calendar),
      ...segregated(ago(1, '09:00'), 'RULE_45_OWN_PROTECTION'),
      happens(ago(1, '09:05'), 'AcctSegregationDecisionRecorded', {
        decidedBy: 'Duty governor',
        justification: 'Threatened on the wing; observed every 15 minutes and seen by his key worker.',
      }),
      screened(ago(1, '10:00')),
      session(ago(1, '11:00'), '9026', 30),
      caseReview(ago(-1, '10:00'), ago(-6), calendar),
      happens(ago(-1, '10:30'), 'SegregationReviewHeld', { outcome: 'ENDED' }),
      ...backFromSegregation(ago(-1, '11:00')),
      ...acctClosed(ago(-6, '10:00'), ago(-12)),
    ];
  },
};

/** Confinement that was suspended, activated by another charge, and served; his visits were cut, and he was seen. */
export const confinementServed: LifeScript = {
  stays: [here(92)],
  happenings: (calendar) => {
    const { ago } = calendar;
    return [
      ...seenEveryWeek(calendar, 92, 6, '9027'),
      charged(ago(48, '14:00'), 'XYI-000501'),
      proved(ago(45), 'XYI-000501'),
      happens(ago(45), 'CellularConfinementAwarded', { chargeNumber: 'XYI-000501', days: 4, suspended: true }),
      charged(ago(30, '16:00'), 'XYI-000502'),
      proved(ago(28), 'XYI-000502'),
      happens(ago(28), 'CellularConfinementActivated', { chargeNumber: 'XYI-000501', days: 4 }),
      happens(ago(28, '10:20'), 'SocialVisitsRestricted', { chargeNumber: 'XYI-000502', days: 14 }),
      session(ago(28, '15:00'), '9027', 30),
      happens(ago(25), 'CellularConfinementEnded', { chargeNumber: 'XYI-000501' }),
    ];
  },
};
