import type { Period } from '../period.js';
import { accounts } from './accounts.js';
import type { FigureSources } from './key-work-figures.js';
import { dueOf, longestGapOf, oneDecimal } from './measures.js';

/** How key work goes with one member of staff; see DEFINITIONS.keyWorkers. */
export interface KeyWorkerFigures {
  readonly staffId: string;
  readonly caseload: number;
  readonly sessionsDue: number;
  readonly sessionsHeld: number;
  readonly minutesScheduled: number;
  readonly minutesWithdrawn: number;
  readonly neverSeen: number;
  readonly overdue: number;
  readonly longestGap: number | null;
}

/** Everybody who is a key worker here now, was one in the period, held a session or had time for key work in it; by staff id. */
export const byKeyWorker = (
  prisonId: string,
  period: Period,
  { figures, days, now }: FigureSources,
): KeyWorkerFigures[] => {
  const { ledger } = figures;
  const isRun = figures.frequency.weeksOn(prisonId, days.dayOf(now)) !== undefined;
  const bands = figures.bandsIn(prisonId, now);
  const people = Map.groupBy(
    figures.peopleIn(prisonId).filter(({ eligible, away }) => isRun && eligible && !away),
    ({ keyWorker }) => keyWorker,
  );
  return staffIn(prisonId, figures)
    .map((staffId): KeyWorkerFigures => {
      const caseload = people.get(staffId) ?? [];
      return {
        staffId,
        caseload: caseload.length,
        sessionsDue: oneDecimal(dueOf(accounts.caseload(prisonId, staffId), prisonId, period, figures).sessions),
        sessionsHeld: ledger.total(accounts.heldBy(prisonId, staffId), period),
        minutesScheduled: ledger.total(accounts.scheduled(prisonId, staffId), period),
        minutesWithdrawn: ledger.total(accounts.withdrawn(prisonId, staffId), period),
        neverSeen: caseload.filter(({ neverSeen }) => neverSeen).length,
        overdue: caseload.filter((one) => bands.isOverdue(one, now)).length,
        longestGap: longestGapOf(caseload, now, days),
      };
    })
    .filter(
      ({ caseload, sessionsDue: due, sessionsHeld, minutesScheduled, minutesWithdrawn }) =>
        caseload + due + sessionsHeld + minutesScheduled + minutesWithdrawn > 0,
    );
};

/** Everybody who ever had an account here. */
const staffIn = (prisonId: string, { ledger }: FigureSources['figures']): string[] => {
  const kinds = [accounts.caseload, accounts.heldBy, accounts.scheduled, accounts.withdrawn].map((of) =>
    of(prisonId, ''),
  );
  const ids = kinds.flatMap((kind) => ledger.accountsOf(kind).map((account) => account.slice(kind.length)));
  return [...new Set(ids)].sort();
};
