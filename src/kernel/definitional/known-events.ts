import type { Instant } from '../../prison/instant.js';
import { inOrder, type Occurrence } from '../occurrence.js';

/** Events in the order in which they became known, each with the instant since which it counts. */
export type EventsByKnowledge = readonly { readonly event: Occurrence; readonly since: Instant }[];

/** Every event with the instant it became known, in the order that they did. One that was known ahead counts from its own. */
export const inTheOrderKnown = (
  history: readonly Occurrence[],
  knownAt: (event: Occurrence) => Instant = ({ recordedAt }) => recordedAt,
): EventsByKnowledge => {
  const known = history.map((event) => ({ event, since: Math.max(event.at, knownAt(event)) }));
  known.sort((a, b) => a.since - b.since || inOrder(a.event, b.event));
  const counted = new Set(eachOnce(known.map(({ event }) => event)));
  return known.filter(({ event }) => counted.has(event));
};

/**
 * The same as it counts for those who have the people, and for their prisons: nothing before an instant of its own. Which
 * telling of a record stands, and what waited for a feed, is as it is for the people themselves.
 */
export const forOthers = (known: EventsByKnowledge, countedAt: (event: Occurrence) => Instant): EventsByKnowledge =>
  known.map(({ event, since }) => ({ event, since: Math.max(since, countedAt(event)) }));

/** The instants up to `until` at which something became known, in order. */
export const beginningsIn = (known: EventsByKnowledge, until: Instant): readonly Instant[] =>
  [...new Set(known.map(({ since }) => since))].filter((since) => since <= until).sort((a, b) => a - b);

/** The number under which an event was told. */
export const numberOf = ({ prisonNumber }: Occurrence): string => prisonNumber ?? '';

export const isWithdrawal = ({ type }: Occurrence): boolean => type === 'EventWithdrawn';

export const withdraws = (withdrawal: Occurrence, event: Occurrence): boolean =>
  withdrawal.data['withdraws'] === event.id;

/** The same id under the same number again changes nothing. */
const eachOnce = (events: readonly Occurrence[]): Occurrence[] => {
  const seen = new Set<string>();
  return events.filter((event) => {
    const key = `${numberOf(event)} ${event.id}`;
    return !seen.has(key) && seen.add(key);
  });
};

/**
 * People who have to do with one another: by a merge, or by a record that was told under the numbers of both. Whoever
 * has nothing to do with anybody else stands alone.
 */
export const companies = (history: readonly Occurrence[]): Occurrence[][] => {
  const leaders = new Map<string, string>();
  const leaderOf = (key: string): string => {
    const next = leaders.get(key);
    return next === undefined ? key : leaderOf(next);
  };
  for (const event of history) {
    const { source, type, data } = event;
    const others = [
      ...(source ? [`record ${source.record}`] : []),
      ...(type === 'PrisonerRecordsMerged' ? [String(data['removedPrisonNumber'])] : []),
    ];
    for (const other of others) {
      const [one, two] = [leaderOf(numberOf(event)), leaderOf(other)];
      if (one !== two) leaders.set(two, one);
    }
  }
  return [...Map.groupBy(history, (event) => leaderOf(numberOf(event))).values()];
};
