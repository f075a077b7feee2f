import { CATALOGUE } from '../../custody/catalogue/catalogue.js';
import type { Remark } from '../../custody/whereabouts/remarks.js';
import { capitalised } from '../../kernel/say/join.js';
import { sayMarker } from '../../kernel/say/states.js';
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

/** What the name of an event says already. */
const SAID_BY_NAME = new Set(['segregationUnit']);

/** Members whose values are codes, and are said in words. All others stand as they were written. */
const CODED: ReadonlySet<string> = new Set([
  ...[...CATALOGUE.values()].flatMap(({ data }) =>
    data.members.flatMap(({ name, schema }) => ('enum' in schema ? name : [])),
  ),
  'status',
]);

const detailsOf = (
  data: Readonly<Record<string, unknown>>,
  say: (member: string, value: unknown) => Detail,
): Detail[] =>
  Object.entries(data)
    .filter(([member, value]) => value !== undefined && value !== null && !SAID_BY_NAME.has(member))
    .map(([member, value]) => say(member, value));

const detail = (member: string, value: unknown, staffName: StaffNames): Detail => {
  if (member === 'staffId') return { label: words.staff, text: sayStaff(String(value), staffName) };
  const label = words.label(member);
  if (member === 'code') return { label, text: sayMarker(String(value)) };
  return { label, text: CODED.has(member) ? sayValue(value) : sayPlain(value) };
};

const inOneLine = (details: readonly Detail[]): string =>
  details.map(({ label, text }) => `${label}: ${text}`).join('. ');

/** `Reason: Regime curtailed. Minutes: 45`: what an event carries, in one line. */
const sayDetails = (data: Readonly<Record<string, unknown>>, staffName: StaffNames): string =>
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

/** An event as far as its details go. */
interface RemarkedEvent {
  readonly data: Readonly<Record<string, unknown>>;
  readonly remark?: Remark | undefined;
  /** The prison that it names. */
  readonly prisonId: string;
}

/** What staff and prisons are called. */
export interface KnownNames {
  readonly staffName: StaffNames;
  readonly prisonName: (prisonId: string) => string;
}

/** What an event carries, and what it says of where the person was. */
export const sayRemarked = (
  { data, remark, prisonId }: RemarkedEvent,
  { staffName, prisonName }: KnownNames,
): string => {
  const details = sayDetails(data, staffName);
  if (!remark) return details;
  return [details, words.remarks[remark](prisonName(prisonId))].filter((part) => part !== '').join('. ');
};

/** `Ann Marke (1001)`; only the staff id where the name is not known. */
export const sayStaff = (staffId: string, staffName: StaffNames): string => {
  const name = staffName(staffId);
  return name === undefined ? staffId : `${name} (${staffId})`;
};

const ISO_MOMENT = /^\d{4}-\d\d-\d\d(T|$)/;

const sayValue = (value: unknown): string =>
  typeof value === 'string' ? words.code(sayPlain(value)) : sayPlain(value);

const sayPlain = (value: unknown): string => {
  if (typeof value === 'boolean') return value ? words.yes : words.no;
  if (typeof value === 'number') return value.toLocaleString('en-GB');
  if (Array.isArray(value)) return value.map(sayPlain).join('; ');
  const text = String(value);
  return ISO_MOMENT.test(text) ? sayMoment(text) : text;
};
