import { carries } from '../matcher.js';
import type { Occurrence } from '../occurrence.js';

const isSelfHarm = ({ type }: Occurrence): boolean => type === 'SelfHarmReported';

const isOfAcct = (occurrence: Occurrence): boolean =>
  occurrence.type === 'AcctOpened' || occurrence.type === 'AcctClosed' || isAcctMarker(occurrence);

const isAcctMarker = (occurrence: Occurrence): boolean =>
  occurrence.type.startsWith('RiskMarker') && carries(occurrence, [{ field: 'code', is: ['HA'] }]);

const isMarker = (occurrence: Occurrence): boolean =>
  occurrence.type === 'RiskMarkerAdded' && !isAcctMarker(occurrence);

/**
 * In the order in which a sentence that has no room for all should name them: the latest self-harm, the latest of an ACCT,
 * then all else, the newest first; markers, which are seldom removed, last.
 */
export const gravestFirst = (occurrences: readonly Occurrence[]): Occurrence[] => {
  const newest = [...occurrences].sort((a, b) => b.at - a.at);
  const gravest = [newest.find(isSelfHarm), newest.find(isOfAcct)].filter((one) => one !== undefined);
  const others = newest.filter((one) => !gravest.includes(one));
  return [...gravest, ...others.filter((one) => !isMarker(one)), ...others.filter(isMarker)];
};
