import { capitalised } from '../../kernel/say/join.js';
import { nameOf } from '../../kernel/say/say-events.js';
import type { Json } from '../../store/event-store.js';
import { sayMoment } from '../frame/moments.js';
import { english } from '../words/english.js';

/** A custody event as pages tell it. */
export interface EventLine {
  readonly id: string;
  /** `Key worker session`. */
  readonly what: string;
  readonly details: readonly Detail[];
}

interface Detail {
  readonly label: string;
  readonly text: string;
}

/** Nothing for staff whose name is not known. */
export type StaffNames = (staffId: string) => string | undefined;

const words = english.lines;

/** Says a custody event in words: its name, and each member that it carries. */
export const eventLine = (id: string, type: string, data: Json, staffName: StaffNames): EventLine => ({
  id,
  what: capitalised(nameOf({ id, type, at: 0, recordedAt: 0, prisonId: '', data })),
  details: detailsOf(data, (member, value) => detail(member, value, staffName)),
});

const detailsOf = (
  data: Readonly<Record<string, unknown>>,
  say: (member: string, value: unknown) => Detail,
): Detail[] =>
  Object.entries(data)
    .filter(([, value]) => value !== undefined && value !== null)
    .map(([member, value]) => say(member, value));

const detail = (member: string, value: unknown, staffName: StaffNames): Detail =>
  member === 'staffId'
    ? { label: words.staff, text: sayStaff(String(value), staffName) }
    : { label: words.label(member), text: sayValue(value) };

const inOneLine = (details: readonly Detail[]): string =>
  details.map(({ label, text }) => `${label}: ${text}`).join('. ');

/** `Reason: Regime curtailed. Minutes: 45`: what an event carries, in one line. */
export const sayDetails = (data: Readonly<Record<string, unknown>>, staffName: StaffNames): string =>
  inOneLine(detailsOf(data, (member, value) => detail(member, value, staffName)));

/** Members of what staff did with a safety alert that are no codes, whatever they look like: a user name, and their words. */
const AS_WRITTEN = new Set(['to', 'note']);

/** `To: ASMITH_GEN. Note: Seen today.`: what staff did with a safety alert carries, in one line. */
export const sayStep = (data: Readonly<Record<string, unknown>>): string =>
  inOneLine(
    detailsOf(data, (member, value) => ({
      label: words.label(member),
      text: AS_WRITTEN.has(member) ? String(value) : sayValue(value),
    })),
  );

/** `Ann Marke (1001)`; only the staff id where the name is not known. */
export const sayStaff = (staffId: string, staffName: StaffNames): string => {
  const name = staffName(staffId);
  return name === undefined ? staffId : `${name} (${staffId})`;
};

const ISO_MOMENT = /^\d{4}-\d\d-\d\d(T|$)/;

const sayValue = (value: unknown): string => {
  if (typeof value === 'boolean') return value ? words.yes : words.no;
  if (typeof value === 'number') return value.toLocaleString('en-GB');
  if (Array.isArray(value)) return value.map(sayValue).join('; ');
  const text = String(value);
  return ISO_MOMENT.test(text) ? sayMoment(text) : words.code(text);
};
