/** Lives in which something is being overlooked on the day on which the demonstration begins: one safeguard each. */
import { firstDay, caseReview } from '../../generate/habits/acct.js';
import { movedToBasic } from '../../generate/habits/discipline.js';
import { everyWeek } from '../every-week.js';
import { allocated } from '../../generate/habits/key-work.js';
import { marker } from '../../generate/habits/risk.js';
import { screened, segregated } from '../../generate/habits/segregation.js';
import { happens } from '../../generate/happening.js';
import { here, seenEveryWeek, settled, type LifeScript, transferred } from './life-script.js';

/** Arrived four days ago; nobody was made his key worker. */
export const noKeyWorker: LifeScript = { stays: [here(4)], happenings: () => [] };

/** Arrived eleven days ago, and has a key worker who has not come yet. */
export const notSeen: LifeScript = { stays: [here(11)], happenings: ({ ago }) => [allocated(ago(10), '9005')] };

/** Speaks little English; the last sessions were held without an interpreter. */
export const noInterpreter: LifeScript = {
  stays: [here(60)],
  happenings: (calendar) => [
    marker(calendar.ago(60, '17:00'), 'VLES'),
    ...seenEveryWeek(calendar, 60, 2, '9006'),
    happens(calendar.ago(20), 'KeyWorkerSessionHeld', { staffId: '9006', minutes: 45, interpreterUsed: true }),
  ],
};

/** Seen every week, and the notes say nothing. */
export const poorNotes: LifeScript = {
  stays: [here(90)],
  happenings: (calendar) => [
    ...seenEveryWeek(calendar, 90, 4, '9007'),
    ...[33, 19, 5].map((day) =>
      happens(calendar.ago(day, '16:00'), 'CaseNoteQualityAssessed', {
        noteRef: `note-${day}`,
        staffId: '9007',
        quality: day === 33 ? 'ADEQUATE' : 'POOR',
        concerns: ['the same words as the week before'],
      }),
    ),
  ],
};

/** A third key worker within twelve weeks. */
export const keyWorkerKeepsChanging: LifeScript = {
  stays: [here(100)],
  happenings: (calendar) => [
    ...everyWeek(calendar, 96, 47, '9008'),
    ...everyWeek(calendar, 40, 26, '9009'),
    ...everyWeek(calendar, 19, -23, '9010'),
    allocated(calendar.ago(85), '9008'),
    allocated(calendar.ago(43), '9009'),
    allocated(calendar.ago(22), '9010'),
  ],
};

/** In segregation for five days: screened an hour late, and not reviewed at all. */
export const segregationNotReviewed: LifeScript = {
  stays: [here(75)],
  happenings: (calendar) => [
    ...seenEveryWeek(calendar, 75, 2, '9011'),
    ...segregated(calendar.ago(5, '11:00'), 'RULE_45_GOOD_ORDER'),
    screened(calendar.ago(5, '14:05')),
  ],
};

/** On ACCT; the next review was due two days ago, and the key worker was not asked to the last. */
export const caseReviewOverdue: LifeScript = {
  stays: [here(82)],
  happenings: (calendar) => [
    ...seenEveryWeek(calendar, 82, 1, '9012'),
    ...firstDay(calendar.ago(16, '18:00'), calendar.ago(10), calendar),
    happens(calendar.ago(10, '11:00'), 'AcctCaseReviewHeld', {
      nextReviewDue: calendar.date(calendar.ago(3)),
      keyWorkerInvited: false,
      keyWorkerAttended: false,
    }),
  ],
};

/** ACCT closed nine days ago, and not looked at since. */
export const notLookedAtAfterClosing: LifeScript = {
  stays: [here(64)],
  happenings: (calendar) => [
    ...seenEveryWeek(calendar, 64, 3, '9013'),
    ...firstDay(calendar.ago(24, '20:00'), calendar.ago(17), calendar),
    caseReview(calendar.ago(17, '14:00'), calendar.ago(9), calendar),
    happens(calendar.ago(9, '14:00'), 'AcctClosed'),
  ],
};

/** Came on an open ACCT two days ago; no review has been held here. */
export const arrivedOnAcct: LifeScript = {
  stays: transferred(40, 2),
  happenings: (calendar) => [
    allocated(calendar.ago(39), '9503'),
    ...everyWeek(calendar, 37, 5, '9503'),
    ...firstDay(calendar.ago(9, '16:00'), calendar.ago(-4), calendar),
    allocated(calendar.ago(1), '9014'),
  ],
};

/** ACCT opened yesterday: the assessment and the first review are due within two hours. */
export const assessmentLate: LifeScript = {
  stays: [here(50)],
  happenings: (calendar) => [
    ...seenEveryWeek(calendar, 50, 1, '9015'),
    happens(calendar.minutesAgo(22 * 60), 'AcctOpened', { concern: 'Gave away his belongings.' }),
    happens(calendar.minutesAgo(21.5 * 60), 'AcctImmediateActionPlanCompleted'),
  ],
};

/** On Basic for ten days: no review, and nobody has talked with him. */
export const basicForgotten: LifeScript = {
  stays: [here(70)],
  happenings: (calendar) => [...settled(calendar, 70, 20, '9016'), movedToBasic(calendar.ago(10, '11:00'))],
};
