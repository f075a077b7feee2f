import { DateTime } from 'luxon';
import { acrossOf, type Size, type DrawnSpan } from './drawing.js';
import { ZONE } from '../../../prison/local-days.js';
import { DAY } from '../../../prison/instant.js';

/** A line across all lanes, with its date above. */
export interface AxisLine {
  readonly x: number;
  readonly label: string;
}

type AxisStep = { readonly weeks: number } | { readonly months: number };

/** At most about ten lines: more hide what is drawn between them. */
const stepOf = (days: number): AxisStep => {
  if (days <= 71) return { weeks: 1 };
  return { months: Math.ceil(days / 310) };
};

/** A date is so wide. */
const LABEL = 90;

/** The first day, then Mondays of a short period or first days of months of a long one. Local (Europe/London). */
export const ticksOf = (window: DrawnSpan, size: Size): AxisLine[] => {
  const across = acrossOf(window, size);
  const step = stepOf((window.until - window.from) / DAY);
  const start = DateTime.fromMillis(window.from, { zone: ZONE, locale: 'en-GB' });
  const ticks: AxisLine[] = [{ x: across(window.from), label: start.toFormat('d LLL yyyy') }];
  for (
    let next = start.startOf(('weeks' in step) ? 'week' : 'month');
    next.toMillis() < window.until;
    next = next.plus(step)
  ) {
    const x = across(next.toMillis());
    if (next.toMillis() <= window.from || x > size.width - LABEL / 2) continue;
    const isFree = x - (ticks[0]?.x ?? 0) >= LABEL;
    ticks.push({ x, label: isFree ? labelOf(next, step) : '' });
  }
  return ticks;
};

const labelOf = (day: DateTime, step: AxisStep): string => {
  if ('weeks' in step) return day.toFormat('d LLL');
  return day.toFormat(day.month === 1 ? 'LLL yyyy' : 'LLL');
};
