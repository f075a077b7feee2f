import { english } from '../words/english.js';
import { addressOf, type OversightQuery, type SortField } from './oversight-query.js';
import type { PrisonFacts } from './facts.js';

const words = english.oversight;

/** All of the reader's prisons, a line each. */
export interface Summary {
  readonly columns: readonly {
    readonly text: string;
    readonly href: string;
    readonly sorted: 'ascending' | 'descending' | 'none';
  }[];
  readonly rows: readonly {
    readonly name: string;
    readonly href: string;
    readonly isChosen: boolean;
    readonly cells: readonly string[];
  }[];
}

type Value = string | number | null;

/** What each column shows of a prison, and how it is said. */
const COLUMNS: Readonly<Record<SortField, { of: (prison: PrisonFacts) => Value; say: (value: number) => string }>> = {
  prisonId: { of: ({ name }) => name, say: words.number },
  delivered: { of: ({ period }) => period.delivered.value, say: words.percent },
  missed: { of: ({ period }) => period.sessionsMissed.value, say: words.number },
  neverSeen: { of: ({ now }) => now.neverSeen.value, say: words.number },
  overdue: { of: ({ now }) => now.overdue.value, say: words.number },
  raised: { of: ({ alerts }) => alerts.raised, say: words.number },
  closed: { of: ({ alerts }) => alerts.closed, say: words.number },
  median: { of: ({ alerts }) => alerts.medianSecondsToAcknowledge, say: words.duration },
};

const FIELDS = Object.keys(COLUMNS) as SortField[];

export const summaryOf = (prisons: readonly PrisonFacts[], choice: OversightQuery): Summary => ({
  columns: FIELDS.map((field) => columnOf(field, choice)),
  rows: sorted(prisons, choice).map((prison) => ({
    name: prison.name,
    href: `${addressOf(choice, { prison: prison.prisonId })}#chosen`,
    isChosen: prison.prisonId === choice.prison,
    cells: FIELDS.slice(1).map((field) => cellOf(field, prison)),
  })),
});

const columnOf = (field: SortField, choice: OversightQuery): Summary['columns'][number] => {
  const isSorted = choice.sort.field === field;
  const isUp = choice.sort.direction === 'asc';
  const direction = isSorted && isUp ? 'desc' : 'asc';
  return {
    text: words.summary.columns[field],
    href: addressOf(choice, { sort: { field, direction } }),
    sorted: isSorted ? (isUp ? 'ascending' : 'descending') : 'none',
  };
};

const cellOf = (field: SortField, prison: PrisonFacts): string => {
  const value = COLUMNS[field].of(prison);
  if (value === null) return words.nothing;
  return typeof value === 'number' ? COLUMNS[field].say(value) : value;
};

/** Where there is no figure, last in either direction. */
const sorted = (prisons: readonly PrisonFacts[], { sort: { field, direction } }: OversightQuery): PrisonFacts[] => {
  const sign = direction === 'asc' ? 1 : -1;
  return prisons.toSorted((a, b) => {
    const [first, second] = [COLUMNS[field].of(a), COLUMNS[field].of(b)];
    if (first === null || second === null) return Number(first === null) - Number(second === null);
    return first < second ? -sign : first > second ? sign : 0;
  });
};
