import { DateTime } from 'luxon';
import type { Instant } from '../instant.js';
import type { Occurrence } from '../occurrence.js';
import type { Rule } from '../rule.js';
import type { Cursor } from './cursor.js';
import { didYouMean } from './problems.js';
import type { KnownEvents } from './vocabulary.js';

/** A change that a timeline expects of its rule: `2026-01-15 00:00 => raised LOW`. */
export interface Expected {
  readonly at: Instant;
  readonly transition: string;
  readonly severity: string;
}

/** A story of one person, and what the rule must, and must not, make of it. */
export interface Timeline {
  readonly name: string;
  readonly events: readonly Occurrence[];
  readonly expected: readonly Expected[];
  /** The story goes on until here. */
  readonly until: Instant;
}

const LINE =
  /^(\d{4}-\d{2}-\d{2} \d{2}:\d{2}) (?:(\w+)((?: \w+=\S+)*)(?: \[recorded (\d{4}-\d{2}-\d{2} \d{2}:\d{2})\])?|=> (raised|escalated|resolved|expired) (\w+)|(until))$/;

/** Reads the timelines of a rule: one at least that fires, and one that stays silent. */
export const readTimelines = (cursor: Cursor, rule: Rule, known: KnownEvents): Timeline[] => {
  const timelines = cursor.list().map((item) => readTimeline(item, known));
  if (!timelines.some(({ expected }) => expected.length > 0)) cursor.complain('No timeline fires: add one that does.');
  if (!timelines.some(({ expected }) => expected.length === 0)) {
    cursor.complain(`No timeline stays silent: add one in which ${rule.id} must not fire.`);
  }
  return timelines;
};

const readTimeline = (cursor: Cursor, known: KnownEvents): Timeline => {
  const fields = cursor.fields(['name', 'story']);
  const events: Occurrence[] = [];
  const expected: Expected[] = [];
  let until = -Infinity;
  for (const line of fields.get('story')?.list() ?? []) {
    const parts = LINE.exec(line.text());
    if (!parts) {
      line.complain(
        `"${line.text()}" is no line of a story. Write "2026-01-07 10:05 KeyWorkerSessionHeld staffId=1001" or "2026-01-15 00:00 => raised LOW".`,
      );
      continue;
    }
    const [, when = '', type, members = '', recorded, transition, severity = ''] = parts;
    const at = instantOf(when);
    until = Math.max(until, at, recorded === undefined ? at : instantOf(recorded));
    if (transition !== undefined) expected.push({ at, transition, severity });
    if (type === undefined) continue;
    if (!known.has(type)) line.complain(`There is no event "${type}".${didYouMean(type, [...known.keys()])}`);
    const recordedAt = recorded === undefined ? at : instantOf(recorded);
    events.push({ id: `event-${events.length + 1}`, type, at, recordedAt, prisonId: 'XYI', data: dataOf(members) });
  }
  return { name: fields.get('name')?.text() ?? '', events, expected, until };
};

const instantOf = (local: string): Instant =>
  DateTime.fromFormat(local, 'yyyy-MM-dd HH:mm', { zone: 'Europe/London' }).toMillis();

const dataOf = (members: string): Record<string, unknown> =>
  Object.fromEntries(
    members
      .split(' ')
      .filter((member) => member !== '')
      .map((member) => member.split('=') as [string, string])
      .map(([name, value]) => [name, valueOf(value)]),
  );

const valueOf = (text: string): unknown => {
  if (text === 'true' || text === 'false') return text === 'true';
  return /^\d{1,3}$/.test(text) ? Number(text) : text;
};
