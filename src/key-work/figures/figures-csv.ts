import { type Cell, csvOf } from '../../answers/csv.js';
import type { Delivery } from './delivery.js';

const COLUMNS = ['figure', 'of', 'value', 'version', 'definition'];

type FigureRow = readonly Cell[];

/** The delivery figures as one table, a figure a line. */
export const deliveryCsv = (delivery: Delivery): string => {
  const { inPeriod, now, keyWorkers, keyworkerApi } = delivery;
  return csvOf(COLUMNS, [
    ['prison', '', delivery.prisonId],
    ['first day', '', delivery.from],
    ['last day', '', delivery.to],
    ['as at', '', delivery.asAt],
    ...Object.entries(inPeriod).map(([name, { value, version, says }]): FigureRow => [name, '', value, version, says]),
    ...Object.entries(inPeriod.sessionsMissed.byReason).map(([reason, count]): FigureRow => [
      'sessionsMissed',
      reason,
      count,
    ]),
    ...Object.entries(now).map(([name, { value, version, says }]): FigureRow => [name, '', value, version, says]),
    ...bands('neverSeen', now.neverSeen.byDaysSinceArrival),
    ...bands('overdue', now.overdue.byDaysSinceSession),
    ...keyWorkers.content.flatMap(({ staffId, ...figures }) =>
      Object.entries(figures).map(([name, value]): FigureRow => [name, `key worker ${staffId}`, value]),
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

const bands = (name: string, content: Delivery['now']['overdue']['byDaysSinceSession']): FigureRow[] =>
  content.map(({ from, to, people }) => [
    name,
    to === null ? `${from} days and more` : `${from} to ${to} days`,
    people,
  ]);
