import { asTyped, typedDay, typedText } from '../frame/typed-dates.js';
import { english } from '../words/english.js';
import { DAY } from '../../prison/instant.js';

const words = english.person.period;
const LONGEST = 3652;

/** Something that was typed wrong, as the error summary takes it. */
export interface TypedError {
  readonly text: string;
  readonly href: string;
}

/** A period as somebody typed it. What was typed wrong is left out, with an error. */
export interface TypedPeriod {
  /** Local days, `2026-11-20`. */
  readonly days: { readonly from?: string; readonly to?: string };
  readonly typed: { readonly from: string; readonly to: string };
  readonly errors: readonly TypedError[];
}

/** Reads `from` and `to` of a query. @param today local day, `2026-11-20` */
export const typedPeriod = (query: Readonly<Record<string, unknown>>, today: string): TypedPeriod => {
  const typed = { from: typedText(query['from']), to: typedText(query['to']) };
  const from = typedDay(typed.from);
  const to = typedDay(typed.to);
  const errors = [...dayErrors('from', typed.from, today), ...dayErrors('to', typed.to, today)];
  if (errors.length === 0 && from !== undefined) errors.push(...spanErrors(from, to ?? today));
  if (errors.length > 0) return { days: {}, typed, errors };
  return { days: { ...(from !== undefined && { from }), ...(to !== undefined && { to }) }, typed, errors };
};

/** What the form shows: what was typed if it was wrong, else the period that is shown. */
export const shownPeriod = ({ typed, errors }: TypedPeriod, shown: { readonly from: string; readonly to: string }) => {
  const field = (name: 'from' | 'to') => ({
    name,
    label: words[name],
    value: errors.length > 0 ? typed[name] : asTyped(shown[name]),
    error: errors.find(({ href }) => href === `#${name}`)?.text,
  });
  return [field('from'), field('to')];
};

const dayErrors = (which: 'from' | 'to', text: string, today: string): TypedError[] => {
  if (text === '') return [];
  const day = typedDay(text);
  if (day === undefined) return [{ text: words.notADay(which), href: `#${which}` }];
  return day > today ? [{ text: words.afterToday(which), href: `#${which}` }] : [];
};

const spanErrors = (from: string, to: string): TypedError[] => {
  if (from > to) return [{ text: words.upsideDown, href: '#from' }];
  return Date.parse(to) - Date.parse(from) > LONGEST * DAY ? [{ text: words.tooLong, href: '#from' }] : [];
};
