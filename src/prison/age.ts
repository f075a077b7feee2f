import { DateTime } from 'luxon';
import { type Instant, toIso } from './instant.js';

/**
 * The day on which somebody comes to an age, ISO; nothing for what is no date. Who was born on 29 February comes to it on
 * 1 March of other years.
 */
export const comesToAge = (dateOfBirth: unknown, years: number): string | undefined => {
  const born = typeof dateOfBirth === 'string' ? DateTime.fromISO(dateOfBirth, { zone: 'utc' }) : undefined;
  if (!born?.isValid) return undefined;
  const then = born.plus({ years });
  return (then.day === born.day ? then : then.plus({ days: 1 })).toISODate();
};

/** What is told of somebody as rules see it: of a child, until when they are one. */
interface AgeFact {
  /** The last day of the month in which they come to 18, ISO. */
  readonly under18Until?: string;
}

/**
 * What rules may know of a date of birth that is told at an instant (decision 0044): of who is under 18, the end of the
 * month in which they no longer are. It errs to the longer protection, and says nothing of anybody else.
 */
export const ageFactOf = (dateOfBirth: unknown, toldAt: Instant): AgeFact => {
  const birthday = comesToAge(dateOfBirth, 18);
  const until = birthday && DateTime.fromISO(birthday, { zone: 'utc' }).endOf('month').toISODate();
  const today = toIso(toldAt).slice(0, 10);
  return until && String(dateOfBirth) <= today && today <= until ? { under18Until: until } : {};
};

/** Of these types rules may ask for it beside what is told. */
export const TELL_AGE: readonly string[] = ['PrisonerReceived', 'PersonDetailsChanged'];
