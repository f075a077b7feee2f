import { DateTime } from 'luxon';
import { DATE_FORM } from '../../prison/iso-8601.js';
import type { TimeInForce } from '../prison-settings.js';
import type { Cursor } from './cursor.js';

/** The members of what holds for a time. */
export const TIME_IN_FORCE = ['from', 'until'] as const;

/** A local date, ISO: `2026-01-31`. */
export const readDate = (cursor: Cursor): string => {
  const text = cursor.text();
  if (!DATE_FORM.test(text) || !DateTime.fromISO(text).isValid) {
    cursor.complain(`"${text}" is not a date. Write it as 2026-01-31.`);
  }
  return text;
};

/** From when until when something holds; where it does not say so, as long as what it stands in. */
export const readTimeInForce = (fields: ReadonlyMap<string, Cursor>, whole: TimeInForce = {}): TimeInForce => {
  const [first, end] = [fields.get('from'), fields.get('until')];
  const from = first ? readDate(first) : whole.from;
  const until = end ? readDate(end) : whole.until;
  if (from !== undefined && until !== undefined && until <= from)
    (end ?? first)?.complain(`It ends on ${until}, before it begins on ${from}: "until" is the first day without it.`);
  return { ...(from !== undefined && { from }), ...(until !== undefined && { until }) };
};

/** Complains of what begins before another of the same kind has ended. */
export const checkApart = (times: readonly { readonly time: TimeInForce; readonly at: Cursor }[]): void => {
  times.forEach(({ time, at }, place) => {
    const other = times.slice(0, place).find((before) => overlap(before.time, time));
    if (other) at.complain(`Another holds ${sayTime(other.time)}, at the same time. Give "from" and "until" to both.`);
  });
};

const overlap = (a: TimeInForce, b: TimeInForce): boolean =>
  (a.from ?? '') < (b.until ?? '9999-12-32') && (b.from ?? '') < (a.until ?? '9999-12-32');

const sayTime = ({ from, until }: TimeInForce): string =>
  [from === undefined ? 'from ever' : `from ${from}`, until === undefined ? 'for good' : `until ${until}`].join(' ');
