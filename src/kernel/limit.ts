import { DAY, HOUR, type Instant, MINUTE } from '../prison/instant.js';
import type { LocalDays } from '../prison/local-days.js';
import type { KeyWorkPace } from './key-work-pace.js';

/**
 * How long a safeguard may take. Days are calendar days and end with the local day, or at a time of it; hours are elapsed
 * time. Why: a weekly meeting at 10:00 one week and 11:00 the next is no breach; "within 24 hours" is.
 */
export type Limit = (
  | {
      readonly kind: 'days';
      readonly days: number;
      /** Where it ends before the last day does: the local time, in minutes after midnight. */
      readonly by?: number;
    }
  | { readonly kind: 'hours'; readonly milliseconds: number }
) & {
  readonly text: string;
  /** A prison has set it for itself: it is the same however often people are to be seen there. */
  readonly local?: true;
};

/** Reads `P7D`, `P1D by 10:00`, `PT72H`, `PT30M`. Nothing when it is none of these. */
export const readLimit = (text: string): Limit | undefined => {
  const [, count, hour, minute] = /^P(\d{1,4})D(?: by ([01]\d|2[0-3]):([0-5]\d))?$/.exec(text) ?? [];
  if (count !== undefined)
    return { kind: 'days', days: Number(count), ...(hour && { by: Number(hour) * 60 + Number(minute) }), text };
  const time = /^PT(?:(\d{1,5})H)?(?:(\d{1,5})M)?$/.exec(text);
  if (!time || text === 'PT') return undefined;
  return { kind: 'hours', milliseconds: Number(time[1] ?? 0) * HOUR + Number(time[2] ?? 0) * MINUTE, text };
};

/** When a limit that began at `start` falls due: for days, the end of the last local day, or a time of it; for hours, to the millisecond. */
export const dueAt = (start: Instant, limit: Limit, days: LocalDays): Instant => {
  if (limit.kind === 'hours') return start + limit.milliseconds;
  const last = days.dayOf(start) + limit.days;
  return limit.by === undefined ? days.startOf(last + 1) : days.timeOn(last, limit.by);
};

/** Whether a limit may fall due within a local day, not only with its end. */
export const endsWithinDay = (limit: Limit): boolean => limit.kind === 'hours' || limit.by !== undefined;

/** Of a limit that measures how long something takes: milliseconds, a day being 24 hours. */
export const lengthInHours = (limit: Limit): number => (limit.kind === 'hours' ? limit.milliseconds : limit.days * DAY);

/** Whether a part of a condition is a limit. */
export const isLimit = (part: object): part is Limit =>
  'kind' in part && (part.kind === 'days' || part.kind === 'hours');

/** A part of a condition with every limit in it, at whatever depth, as `other` has it. */
export const withLimits = <Part>(part: Part, other: (limit: Limit) => Limit): Part =>
  throughout(part, (inner) => (isLimit(inner) ? other(inner) : undefined));

/** A part of a condition with every pace of key work in it, at whatever depth, as a prison has it. */
export const withPace = <Part>(part: Part, { everyWeeks, minutes }: KeyWorkPace): Part =>
  throughout(part, (inner) => ('everyWeeks' in inner ? { everyWeeks, minutes } : undefined));

/** A part of a condition in which more people than a key worker may have are more than so many, at whatever depth. */
export const withCapacity = <Part>(part: Part, capacity: number): Part =>
  throughout(part, (inner) => ('overCapacity' in inner ? { ...inner, atLeast: capacity + 1 } : undefined));

/** @param other what stands in the place of an object; nothing where what is in it does */
const throughout = <Part>(part: Part, other: (inner: object) => object | undefined): Part => {
  const each = (value: unknown): unknown => {
    if (typeof value !== 'object' || value === null) return value;
    const replaced = other(value);
    if (replaced) return replaced;
    if (Array.isArray(value)) return value.map(each);
    return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, each(inner)]));
  };
  return each(part) as Part;
};

/** A limit that is meant for weekly key work, where everybody is to be seen once in so many weeks. */
export const scaled = (limit: Limit, weeks: number): Limit =>
  limit.kind === 'hours' || limit.local
    ? limit
    : { ...limit, days: limit.days * weeks, text: limit.text.replace(/^P\d+/, `P${limit.days * weeks}`) };

/** `7 days`, `72 hours`, `30 minutes`; `10:00 on the next day`. */
export const sayLimit = (limit: Limit): string => {
  if (limit.kind === 'days' && limit.by !== undefined) return `${limit.text.slice(-5)} ${sayLater(limit.days)}`;
  if (limit.kind === 'days') return plural(limit.days, 'day');
  return limit.milliseconds % HOUR === 0
    ? plural(limit.milliseconds / HOUR, 'hour')
    : plural(limit.milliseconds / MINUTE, 'minute');
};

const sayLater = (days: number): string =>
  ['on the same day', 'on the next day'][days] ?? `${plural(days, 'day')} later`;

export const plural = (count: number, noun: string): string => `${count} ${noun}${count === 1 ? '' : 's'}`;
