import { typedText } from '../frame/typed-dates.js';

/** Periods that can be chosen, in weeks. */
export const PERIODS = [4, 12, 26, 52] as const;
const USUAL = 12;

const SORTS = ['prisonId', 'delivered', 'missed', 'neverSeen', 'overdue', 'raised', 'closed', 'median'] as const;
export type SortField = (typeof SORTS)[number];
type Direction = 'asc' | 'desc';

/** What the address asks for. What is not known there counts as not said. */
export interface OversightQuery {
  readonly weeks: number;
  /** The one that is told week by week. */
  readonly prison: string | undefined;
  readonly sort: { readonly field: SortField; readonly direction: Direction };
}

/** @param prisonIds the reader's */
export const oversightQuery = (
  query: Readonly<Record<string, unknown>>,
  prisonIds: readonly string[],
): OversightQuery => {
  const [field, direction] = typedText(query['sort']).split(',');
  return {
    weeks: PERIODS.find((weeks) => String(weeks) === query['weeks']) ?? USUAL,
    prison: prisonIds.find((prisonId) => prisonId === query['prison']) ?? prisonIds[0],
    sort: { field: SORTS.find((one) => one === field) ?? 'prisonId', direction: direction === 'desc' ? 'desc' : 'asc' },
  };
};

/** The address that asks for the same, but for what is to be otherwise. */
export const addressOf = (
  choice: OversightQuery,
  otherwise: Partial<OversightQuery> = {},
  path = '/oversight',
): string => {
  const { weeks, prison = '', sort } = { ...choice, ...otherwise };
  const query = new URLSearchParams({ prison, weeks: String(weeks) });
  if (sort.field !== 'prisonId' || sort.direction !== 'asc') query.set('sort', `${sort.field},${sort.direction}`);
  return `${path}?${query.toString()}`;
};
