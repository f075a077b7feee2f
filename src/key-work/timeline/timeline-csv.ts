import { csvOf } from '../../answers/csv.js';
import type { Remark } from '../../custody/whereabouts/remarks.js';
import type { HappenedEntry, PersonTimeline } from './timeline.js';

const COLUMNS = [
  'occurredAt',
  'recordedAt',
  'knownAt',
  'kind',
  'prison',
  'what',
  'standing',
  'by',
  'severity',
  'data',
  'id',
];

/** The timeline as one table, an entry a line. */
export const timelineCsv = ({ entries }: PersonTimeline): string =>
  csvOf(
    COLUMNS,
    entries.map((entry) => {
      const { occurredAt, recordedAt, kind, prisonId, id } = entry;
      const data = Object.keys(entry.data).length === 0 ? '' : JSON.stringify(entry.data);
      return entry.kind === 'custody-event'
        ? [occurredAt, recordedAt, entry.knownAt, kind, prisonId, entry.type, standingOf(entry), '', '', data, id]
        : [
            occurredAt,
            recordedAt,
            recordedAt,
            kind,
            prisonId,
            `${entry.rule} ${entry.transition}`,
            '',
            entry.by,
            entry.severity,
            data,
            id,
          ];
    }),
  );

/** `SHOWS_RETURN` as `shows return`. */
const remarkInWords = (remark: Remark): string => remark.toLowerCase().replaceAll('_', ' ');

const standingOf = ({ withdrawn, quashed, replaced, takesOverFrom, remark }: HappenedEntry): string => {
  if (takesOverFrom !== undefined) return `no departure from ${takesOverFrom}`;
  if (withdrawn) return 'withdrawn';
  if (replaced) return 'replaced';
  if (quashed) return 'quashed';
  return remark ? remarkInWords(remark) : '';
};
