import { ageFactOf } from '../../prison/age.js';
import { DateTime } from 'luxon';
import type { Instant } from '../../prison/instant.js';
import { isPrisonId } from '../../prison/prison-id.js';
import { SEVERITIES, type Severity } from '../../prison/severity.js';
import type { Cursor } from './cursor.js';
import { didYouMean } from './problems.js';
import type { EventMembers } from './vocabulary.js';
import { ZONE } from '../../prison/local-days.js';

const TRANSITIONS = ['raised', 'escalated', 'repeated', 'resolved', 'expired'] as const;
const OUTCOMES = ['met', 'recorded-late', 'ended', 'withdrawn', 'left'];
const WORD = /\[[^\]]*\]|[^\s="[]+="[^"]*"|\S+/g;

/** A line of a story: something happens, the rule must answer, or the story is over. */
export type StoryLine =
  | { readonly kind: 'happens'; readonly at: Instant; readonly event: StoryEvent }
  | { readonly kind: 'expects'; readonly at: Instant; readonly expected: ExpectedChange }
  | { readonly kind: 'ends'; readonly at: Instant };

export interface StoryEvent {
  readonly type: string;
  readonly data: Readonly<Record<string, unknown>>;
  readonly recordedAt: Instant;
  /** What other lines call it. */
  readonly name?: string;
  /** Whom it is about, where that is not the person of the story. */
  readonly person?: string;
  /** The prison that it names, where it is not the one of the story. */
  readonly prisonId?: string;
}

/** A change that a story expects of its rule. Without an outcome, any will do. */
export interface ExpectedChange {
  readonly transition: (typeof TRANSITIONS)[number];
  readonly severity: Severity;
  readonly outcome?: string;
}

/** Reads one line; nothing where it has mistakes, which are noted. Times are local, Europe/London. */
export const readStoryLine = (cursor: Cursor, known: EventMembers): StoryLine | undefined => {
  const [day = '', time = '', head = '', ...rest] = cursor.text().match(WORD) ?? [];
  const at = readInstant(day, time, cursor);
  if (at === undefined) return undefined;
  if (head === 'end') return rest.length === 0 ? { kind: 'ends', at } : surplus(rest, cursor);
  if (head === '=>') return readExpected(rest, at, cursor);
  return readEvent([head, ...rest], at, cursor, known);
};

const readInstant = (day: string, time: string, cursor: Cursor): Instant | undefined => {
  const text = `${day} ${time}`;
  const instant = DateTime.fromFormat(text, 'yyyy-MM-dd HH:mm', { zone: ZONE });
  if (!instant.isValid) {
    cursor.complainOf(
      day,
      `"${text}" is not a date and time. Write "2026-01-07 10:05", then an event type, "=> raised LOW", or "end".`,
    );
    return undefined;
  }
  if (instant.toFormat('yyyy-MM-dd HH:mm') !== text) {
    cursor.complainOf(time, `${text} does not exist: the clocks go forward that night. Take another time.`);
    return undefined;
  }
  if (instant.getPossibleOffsets().length > 1) {
    cursor.complainOf(time, `${text} happens twice: the clocks go back that night. Take another time.`);
    return undefined;
  }
  return instant.toMillis();
};

const readExpected = (words: readonly string[], at: Instant, cursor: Cursor): StoryLine | undefined => {
  const [transition = '', severity = '', outcome, ...rest] = words;
  if (rest.length > 0) return surplus(rest, cursor);
  const changed = known(TRANSITIONS, transition, 'change of an alert', cursor);
  const level = known(SEVERITIES, severity, 'severity', cursor);
  const why = outcome === undefined ? undefined : readOutcome(outcome, cursor);
  if (!changed || !level || (outcome !== undefined && !why)) return undefined;
  return { kind: 'expects', at, expected: { transition: changed, severity: level, ...(why && { outcome: why }) } };
};

const readOutcome = (word: string, cursor: Cursor): string | undefined => {
  const outcome = /^\((.*)\)$/.exec(word)?.[1];
  if (outcome !== undefined) return known(OUTCOMES, outcome, 'outcome', cursor);
  cursor.complainOf(word, `"${word}" is not understood. An outcome stands in brackets: "=> resolved LOW (met)".`);
  return undefined;
};

const known = <T extends string>(all: readonly T[], word: string, what: string, cursor: Cursor): T | undefined => {
  const found = all.find((candidate) => candidate === word);
  if (found === undefined) {
    cursor.complainOf(word, `"${word}" is not a known ${what}.${didYouMean(word, all)} There are: ${all.join(', ')}.`);
  }
  return found;
};

const readEvent = (
  [type = '', ...words]: readonly string[],
  at: Instant,
  cursor: Cursor,
  events: EventMembers,
): StoryLine | undefined => {
  const members = events.get(type);
  if (!members) {
    cursor.complainOf(type, `There is no event type "${type}".${didYouMean(type, [...events.keys()])}`);
    return undefined;
  }
  const event: {
    data: Record<string, unknown>;
    recordedAt: Instant;
    name?: string;
    person?: string;
    prisonId?: string;
  } = {
    data: {},
    recordedAt: at,
  };
  for (const word of words) {
    const note = /^\[(recorded|as|at|of) (\S+)(?: (\S+))?\]$/.exec(word);
    const member = /^([^=]+)=(.+)$/s.exec(word);
    if (note?.[1] === 'recorded') event.recordedAt = readInstant(note[2] ?? '', note[3] ?? '', cursor) ?? at;
    else if (note?.[1] === 'of' && note[3] === undefined) event.person = note[2] ?? '';
    else if (note?.[1] === 'at' && note[3] === undefined) event.prisonId = readPrison(note[2] ?? '', cursor);
    else if (note && note[3] === undefined) event.name = note[2] ?? '';
    else if (member) event.data[readMember(member[1] ?? '', type, members, cursor)] = valueOf(member[2] ?? '');
    else surplus([word], cursor);
  }
  const { data, recordedAt } = event;
  const known = { ...data, ...ageFactOf(data['dateOfBirth'], Math.max(at, recordedAt)) };
  return { kind: 'happens', at, event: { type, ...event, data: known } };
};

const readPrison = (word: string, cursor: Cursor): string => {
  if (!isPrisonId(word)) cursor.complainOf(word, `"${word}" is not a prison. Write three letters: [at ABC].`);
  return word;
};

const readMember = (name: string, type: string, members: readonly string[], cursor: Cursor): string => {
  if (!members.includes(name)) {
    cursor.complainOf(
      `${name}=`,
      `${type} carries no "${name}".${didYouMean(name, members)} It carries: ${members.join(', ')}.`,
    );
  }
  return name;
};

/** As in YAML: true, false and numbers are themselves, what stands in quotes is a text. */
const valueOf = (word: string): unknown => {
  if (word === 'true' || word === 'false') return word === 'true';
  if (/^\d+$/.test(word)) return Number(word);
  return word.startsWith('"') ? word.slice(1, -1) : word;
};

const surplus = (words: readonly string[], cursor: Cursor): StoryLine | undefined => {
  const [word = ''] = words;
  cursor.complainOf(
    word,
    `"${word}" is not understood here. An event takes member=value, [recorded 2026-01-09 08:00], [at ABC], [of somebody-else] and [as a-name].`,
  );
  return undefined;
};
