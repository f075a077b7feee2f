import { inOrder, type Occurrence } from '../occurrence.js';
import { isWithdrawal, numberOf, withdraws } from './known-events.js';

/** The prison number under which all that was told under another counts. */
export type KeptFor = (prisonNumber: string) => string;

interface MergeEvent {
  readonly event: Occurrence;
  readonly kept: string;
  readonly removed: string;
}

/**
 * Under which number each number's events count, once these are known. "Merges chain; one that is withdrawn parts the
 * histories again (a number merged twice follows the last in order; of the merges that then still make a circle the last
 * in order counts as not told)."
 */
export const keptFor = (events: readonly Occurrence[]): KeptFor => {
  const all = events.filter(({ type }) => type === 'PrisonerRecordsMerged').map(mergeOf);
  const withdrawals = events.filter(isWithdrawal);
  const stand = all.filter(
    ({ event, kept }) =>
      !withdrawals.some((withdrawal) => withdraws(withdrawal, event) && areJoined(numberOf(withdrawal), kept, all)),
  );
  const followed = withoutCircles(stand);
  return (prisonNumber) => pathFrom(prisonNumber, followed).at(-1) ?? prisonNumber;
};

const mergeOf = (event: Occurrence): MergeEvent => ({
  event,
  kept: numberOf(event),
  removed: String(event.data['removedPrisonNumber']),
});

/** "[A withdrawal withdraws] a merge under any number that known merges join to it, itself included." */
const areJoined = (one: string, other: string, merges: readonly MergeEvent[]): boolean => {
  const reached = new Set([one]);
  for (let before = 0; before < reached.size;) {
    before = reached.size;
    for (const { kept, removed } of merges) {
      if (reached.has(kept)) reached.add(removed);
      if (reached.has(removed)) reached.add(kept);
    }
  }
  return reached.has(other);
};

const withoutCircles = (merges: readonly MergeEvent[]): readonly MergeEvent[] => {
  const followed = lastOfEach(merges);
  const last = followed
    .filter((merge) => isInCircle(merge, followed))
    .sort((a, b) => inOrder(a.event, b.event))
    .at(-1);
  return last ? withoutCircles(merges.filter((merge) => merge !== last)) : followed;
};

/** "A number merged twice follows the last in order." */
const lastOfEach = (merges: readonly MergeEvent[]): readonly MergeEvent[] => {
  const ordered = [...merges].sort((a, b) => inOrder(a.event, b.event));
  return ordered.filter(({ removed }, index) => ordered.findLastIndex((other) => other.removed === removed) === index);
};

const isInCircle = ({ removed, kept }: MergeEvent, followed: readonly MergeEvent[]): boolean =>
  pathFrom(kept, followed).includes(removed);

/** The numbers that one leads to, itself first. */
const pathFrom = (prisonNumber: string, followed: readonly MergeEvent[]): string[] => {
  const path = [prisonNumber];
  for (;;) {
    const next = followed.find(({ removed }) => removed === path.at(-1))?.kept;
    if (next === undefined || path.includes(next)) return path;
    path.push(next);
  }
};
