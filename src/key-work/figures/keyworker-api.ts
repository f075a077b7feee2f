import { daysIn, type Period } from '../period.js';
import { accounts } from './accounts.js';
import { KEYWORKER_API } from './definitions.js';
import { dueOf, type DueSources } from './measures.js';

/** The figures that keyworker-api publishes, by its formulas and under its names, as often as the prison is to see people. */
export const asKeyworkerApi = (sources: DueSources, prisonId: string, period: Period) => {
  const { ledger } = sources;
  const days = daysIn(period);
  const eligible = ledger.personDays(accounts.eligible(prisonId), period) / days;
  const assigned = ledger.personDays(accounts.assigned(prisonId), period) / days;
  const projected = Math.trunc(dueOf(accounts.eligible(prisonId), prisonId, period, sources).sessions);
  return {
    projectedSessions: { value: projected, ...KEYWORKER_API.projectedSessions },
    complianceRate: {
      value: percentage(ledger.total(accounts.held(prisonId), period), projected),
      ...KEYWORKER_API.complianceRate,
    },
    percentageAssigned: { value: percentage(assigned, eligible), ...KEYWORKER_API.percentageAssigned },
  };
};

/** As keyworker-api's own: nothing when either is 0; two decimals, half to even. */
const percentage = (numerator: number, denominator: number): number | null =>
  numerator === 0 || denominator === 0 ? null : halfToEven((numerator / denominator) * 100 * 100) / 100;

const halfToEven = (value: number): number => {
  const below = Math.floor(value);
  if (value - below !== 0.5) return Math.round(value);
  return below % 2 === 0 ? below : below + 1;
};
