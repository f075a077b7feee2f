/** An ACCT: opened, planned, assessed, reviewed, closed and looked at once more (PSI 64/2011). */
import { DAY, HOUR, type Instant, MINUTE } from '../../prison/instant.js';
import type { Calendar } from '../calendar.js';
import type { Chance } from '../chance.js';
import { happens, type Happening } from '../happening.js';

/** A review that the key worker took part in, and the day by which the next is due. */
export const caseReview = (at: Instant, nextReview: Instant, calendar: Calendar): Happening =>
  happens(at, 'AcctCaseReviewHeld', {
    nextReviewDue: calendar.date(nextReview),
    keyWorkerInvited: true,
    keyWorkerAttended: true,
  });

/** The first day of an ACCT with every limit met. */
export const firstDay = (opened: Instant, nextReview: Instant, calendar: Calendar): Happening[] => [
  happens(opened, 'AcctOpened', { concern: 'Said that he could not see a way forward.' }),
  happens(opened + 35 * MINUTE, 'AcctImmediateActionPlanCompleted'),
  happens(opened + 14 * HOUR, 'AcctAssessmentCompleted'),
  happens(opened + 15 * HOUR, 'AcctCaseReviewHeld', {
    nextReviewDue: calendar.date(nextReview),
    keyWorkerInvited: true,
    keyWorkerAttended: false,
    keyWorkerContributed: true,
  }),
];

/** What follows the plan where every limit is met, up to the closing nine days later. */
export const afterThePlan = (opened: Instant, calendar: Calendar): Happening[] => [
  happens(opened + 14 * HOUR, 'AcctAssessmentCompleted'),
  caseReview(opened + 15 * HOUR, opened + 6 * DAY, calendar),
  caseReview(opened + 5 * DAY, opened + 12 * DAY, calendar),
  ...acctClosed(opened + 9 * DAY, opened + 14 * DAY),
];

/** Closed, and looked at once more. */
export const acctClosed = (at: Instant, lookedAtAgain: Instant): Happening[] => [
  happens(at, 'AcctClosed'),
  happens(lookedAtAgain, 'AcctPostClosureReviewHeld'),
];

/** An ACCT of one to four weeks, with most limits met. */
export const acct = (opened: Instant, calendar: Calendar, chance: Chance): Happening[] => {
  const assessed = opened + (chance.happens(0.94) ? chance.between(6, 19) : 26) * HOUR;
  const happenings = [
    happens(opened, 'AcctOpened', { concern: 'Low in mood and not eating.' }),
    happens(opened + (chance.happens(0.95) ? chance.between(15, 50) : 80) * MINUTE, 'AcctImmediateActionPlanCompleted'),
    happens(assessed, 'AcctAssessmentCompleted'),
  ];
  let review = assessed + 40 * MINUTE;
  for (let reviews = chance.between(2, 5); reviews > 0; reviews--) {
    const due = review + chance.between(4, 7) * DAY;
    happenings.push(happens(review, 'AcctCaseReviewHeld', { nextReviewDue: calendar.date(due), ...part(chance) }));
    if (reviews > 1) review = calendar.workingHours(chance.happens(0.92) ? due : due + 2 * DAY, chance);
  }
  const after = calendar.workingHours(review + (chance.happens(0.9) ? chance.between(4, 7) : 9) * DAY, chance);
  return [...happenings, ...acctClosed(review + HOUR, after)];
};

/** Whether the key worker was part of a review. */
const part = (chance: Chance): { keyWorkerInvited: boolean; keyWorkerAttended: boolean } => {
  const keyWorkerInvited = chance.happens(0.85);
  return { keyWorkerInvited, keyWorkerAttended: keyWorkerInvited && chance.happens(0.75) };
};
