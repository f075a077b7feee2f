import { type Cell, csvOf } from '../../answers/csv.js';
import type { PrisonFigures } from './prison-figures.js';

const COLUMNS = ['figure', 'of', 'value', 'version', 'definition'];

type FigureRow = readonly Cell[];

/** The figures as one table, a figure a line. */
export const figuresCsv = (figures: PrisonFigures): string => {
  const { inPeriod, now, keyWorkers, keyworkerApi } = figures;
  return csvOf(COLUMNS, [
    ['prison', '', figures.prisonId],
    ['first day', '', figures.from],
    ['last day', '', figures.to],
    ['as at', '', figures.asAt],
    ...Object.entries(inPeriod).map(([name, { value, version, says }]): FigureRow => [name, '', value, version, says]),
    ...Object.entries(inPeriod.sessionsMissed.byReason).map(([reason, count]): FigureRow => [
      'sessionsMissed',
      reason,
      count,
    ]),
    ...Object.entries(now).map(([name, { value, version, says }]): FigureRow => [name, '', value, version, says]),
    ...bands('neverSeen', now.neverSeen.byDaysSinceArrival),
    ...bands('overdue', now.overdue.byDaysSinceSession),
    ...keyWorkers.content.flatMap(({ staffId, ...own }) =>
      Object.entries(own).map(([name, value]): FigureRow => [name, `key worker ${staffId}`, value]),
    ),
    ['keyWorkers', '', '', keyWorkers.version, keyWorkers.says],
    ...Object.entries(keyworkerApi).map(([name, { value, version, says, differs }]): FigureRow => [
      name,
      'keyworker-api',
      value,
      version,
      `${says} ${differs}`,
    ]),
  ]);
};

const bands = (name: string, content: PrisonFigures['now']['overdue']['byDaysSinceSession']): FigureRow[] =>
  content.map(({ from, to, people }) => [
    name,
    to === null ? `${from} days and more` : `${from} to ${to} days`,
    people,
  ]);
