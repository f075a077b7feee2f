import { inspect } from 'node:util';

/** One thing that is wrong with what was sent. */
export interface FieldError {
  /** Where: `occurredAt`, `data.days`; `event` for the whole of it. */
  readonly field: string;
  /** What was there, shortened to 100 characters; null where nothing was. May be personal: answer with it, never log it. */
  readonly value: string | null;
  /** What is allowed, in plain words. Never holds the value. */
  readonly message: string;
  /** Stable; where programs have to tell it from other mistakes. */
  readonly code?: string;
}

/** How many problems of one thing are told one by one. */
export const MOST_TOLD = 20;

/** What is wrong with one thing that was sent: its first problems, and how many more there are where it has more. */
export interface ToldErrors {
  readonly errors: readonly FieldError[];
  readonly moreErrors?: number;
}

/** Tells so many of these problems, and of the rest how many there are: an answer must not grow with what was sent. */
export const told = (errors: readonly FieldError[], most = MOST_TOLD): ToldErrors =>
  errors.length <= most ? { errors } : { errors: errors.slice(0, most), moreErrors: errors.length - most };

/** The fields that are named, for a sentence. */
export const fieldsOf = (errors: readonly FieldError[]): string => {
  const { errors: first, moreErrors } = told(errors);
  const names = first.map(({ field }) => field).join(', ');
  return moreErrors === undefined ? names : `${names} and ${moreErrors} more`;
};

/** `occurredAt: 2027-01-01T00:00:00Z is in the future (…)`. For the one who sent it; holds the value, so never for a log. */
export const inWords = ({ field, value, message }: FieldError): string =>
  value === null ? `${field} ${message}` : `${field}: ${value} ${message}`;

/** A value as a {@link FieldError} shows it. */
export function shown(value: unknown): string | null {
  if (value === undefined || value === null) return null;
  if (Array.isArray(value)) return `[a list of ${value.length}]`;
  if (typeof value === 'object') return '{an object}';
  const text = typeof value === 'string' ? value : inspect(value);
  return visible(text.length <= 100 ? text : `${text.slice(0, 99)}…`);
}

/** Controls, halves of characters, and all else that cannot be seen, or makes a line read as something other than it is. */
const UNSEEN = /[\p{C}\p{Zl}\p{Zp}]/gu;

/** Text that was sent, for a sentence: what cannot be seen in it is written as `\u202e`. */
export const visible = (text: string): string =>
  text.replace(UNSEEN, (unseen) => {
    const code = (unseen.codePointAt(0) ?? 0).toString(16);
    return code.length > 4 ? `\\u{${code}}` : `\\u${code.padStart(4, '0')}`;
  });
