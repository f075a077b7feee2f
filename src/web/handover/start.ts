import { asTyped, instantOf, typedDay, typedText, typedTime } from '../frame/typed-dates.js';
import { localDay, sayTime } from '../frame/moments.js';
import { english } from '../words/english.js';
import { HOUR } from '../../prison/instant.js';

const words = english.handover.since;
const LONGEST = 31 * 24 * HOUR;

/** From when on somebody wants to see what happened. What was typed wrong is told, and not asked for. */
export interface TypedStart {
  /** Milliseconds since 1970-01-01T00:00:00Z; nothing where nothing was asked for. */
  readonly instant: number | undefined;
  readonly typed: { readonly date: string; readonly time: string };
  readonly errors: readonly { readonly text: string; readonly href: string }[];
}

/** Reads `date` and `time` of a query: local, as people type them. A date alone means its beginning, a time alone today. */
export const readStart = (query: Readonly<Record<string, unknown>>, now: number): TypedStart => {
  const typed = { date: typedText(query['date']), time: typedText(query['time']) };
  if (typed.date === '' && typed.time === '') return { instant: undefined, typed, errors: [] };
  const day = typed.date === '' ? localDay(now) : typedDay(typed.date);
  const time = typed.time === '' ? '00:00' : typedTime(typed.time);
  const wrong = (text: string, href: string): TypedStart => ({ instant: undefined, typed, errors: [{ text, href }] });
  if (day === undefined) return wrong(words.notADay, '#date');
  if (time === undefined) return wrong(words.notATime, '#time');
  const instant = Date.parse(instantOf(day, time));
  if (instant > now) return wrong(words.ahead, '#date');
  return now - instant > LONGEST ? wrong(words.tooLong, '#date') : { instant, typed, errors: [] };
};

/** Since the last signed hand-over was written; without one, the last 12 hours. Milliseconds since 1970. */
export const defaultStart = (lastSigned: { readonly at: string } | undefined, now: number): number =>
  lastSigned && now - Date.parse(lastSigned.at) <= LONGEST ? Date.parse(lastSigned.at) : now - 12 * HOUR;

/** An instant as the form has it. */
export const startFields = (instant: number): TypedStart['typed'] => ({
  date: asTyped(localDay(instant)),
  time: sayTime(instant),
});

/** The query that asks for an instant, to the minute. */
export const queryOf = (instant: number): string => new URLSearchParams(startFields(instant)).toString();
