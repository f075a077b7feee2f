import type { Instant } from '../../prison/instant.js';
import type { LocalDays } from '../../prison/local-days.js';
import type { Evidence } from '../evidence.js';
import type { Occurrence } from '../occurrence.js';
import { gravestFirst } from './gravest-first.js';
import { join } from './join.js';
import { nameOf } from './say-events.js';

/** How many events a sentence names before it only counts them. */
const NAMED = 3;

/** `the assault on 7 January 2026 and the cell move on 8 January 2026`, the gravest first. */
export const sayEvents = (occurrences: readonly Occurrence[], say: (at: Instant) => string): string => {
  const first = gravestFirst(occurrences)
    .slice(0, NAMED)
    .map((one) => `the ${nameOf(one)} on ${say(one.at)}`);
  const more = occurrences.length - first.length;
  return join(more > 0 ? [...first, `${more} more`] : first, 'and');
};

/** What falls due at a local midnight was expected by the end of the day before it. */
export const sayDue = (due: Instant, days: LocalDays): string =>
  days.startOf(days.dayOf(due)) === due ? `the end of ${days.sayDay(due - 1)}` : days.sayInstant(due);

/** The due date as the record says it, and what an absence made of it beside it. */
export const sayDueOf = ({ due, dueOnRecord }: Pick<Evidence, 'due' | 'dueOnRecord'>, days: LocalDays) => {
  if (dueOnRecord === undefined) return due === undefined ? undefined : sayDue(due, days);
  const moved = due === undefined ? 'waits for the return' : `moved by an absence to ${sayDue(due, days)}`;
  return `${sayDue(dueOnRecord, days)} (${moved})`;
};
