/** Kept apart from others, screened and reviewed, and brought back (PSO 1700, Prison Rules 1999 r.45). */
import { DAY, HOUR, type Instant, MINUTE } from '../../prison/instant.js';
import type { Calendar } from '../calendar.js';
import type { Chance } from '../chance.js';
import { happens, type Happening } from '../happening.js';

type Authority = 'RULE_45_GOOD_ORDER' | 'RULE_45_OWN_PROTECTION' | 'RULE_53_AWAITING_HEARING' | 'CELLULAR_CONFINEMENT';

/** Taken to the unit. */
export const segregated = (at: Instant, authority: Authority): Happening[] => [
  happens(at, 'SegregationStarted', { authority }),
  happens(at + 5 * MINUTE, 'CellMoved', { location: 'S-1-004', segregationUnit: true }),
];

/** @param fit whether the nurse finds that he can be segregated */
export const screened = (at: Instant, fit = true): Happening =>
  happens(at, 'SegregationHealthScreenCompleted', { fit });

/** Reviewed, and it goes on. */
export const segregationReview = (at: Instant, authorisedBy: 'GOVERNOR' | 'PRISON_GROUP_DIRECTOR'): Happening =>
  happens(at, 'SegregationReviewHeld', { outcome: 'CONTINUED', authorisedBy });

export const backFromSegregation = (at: Instant, cell = 'B-2-011'): Happening[] => [
  happens(at, 'SegregationEnded'),
  happens(at + 20 * MINUTE, 'CellMoved', { location: cell, segregationUnit: false }),
];

/** A segregation of so many days, with most limits met. */
export const segregation = (started: Instant, days: number, calendar: Calendar, chance: Chance): Happening[] => {
  const ended = calendar.workingHours(started + days * DAY, chance);
  const firstReview = started + (chance.happens(0.9) ? chance.between(40, 68) : 90) * HOUR;
  const review = happens(firstReview, 'SegregationReviewHeld', { outcome: 'CONTINUED' });
  return [
    ...segregated(started, chance.pick<Authority>(['RULE_45_GOOD_ORDER', 'RULE_45_OWN_PROTECTION'])),
    screened(started + (chance.happens(0.92) ? chance.between(30, 105) : 170) * MINUTE),
    ...(firstReview < ended ? [review] : []),
    ...laterReviews(started, ended, calendar),
    ...backFromSegregation(ended),
  ];
};

/** Every eleven days; before it is six weeks, by somebody from outside the prison. */
const laterReviews = (started: Instant, ended: Instant, calendar: Calendar): Happening[] => {
  const reviews: Happening[] = [];
  for (let day = 15; started + day * DAY < ended; day += 11) {
    const at = calendar.startOfDay(started + day * DAY) + 11 * HOUR;
    reviews.push(segregationReview(at, day % 33 === 4 ? 'PRISON_GROUP_DIRECTOR' : 'GOVERNOR'));
  }
  return reviews;
};
