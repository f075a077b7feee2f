import type { Condition, Pattern, Selector, Where } from '../condition.js';
import { field, type Cursor } from './cursor.js';
import { didYouMean } from './problems.js';
import { readCondition } from './read-condition.js';
import type { Vocabulary } from './vocabulary.js';

/**
 * Reads which events are meant: a type, a name from the definitions, `{event, where, when}` of such, `{starts:
 * condition}`, `{ends: condition}`, or a list of these.
 */
export const readSelector = (cursor: Cursor, vocabulary: Vocabulary): Selector =>
  cursor.list().flatMap((item) => readOne(item, vocabulary));

const readOne = (cursor: Cursor, vocabulary: Vocabulary): Selector => {
  if (cursor.isText()) return named(cursor, vocabulary);
  const [name] = cursor.entries()[0] ?? [''];
  if (name === 'starts' || name === 'ends') return edge(name, cursor, vocabulary);
  const fields = cursor.fields(['event'], ['where', 'when']);
  const events = fields.has('event') ? readSelector(field(fields, 'event', cursor), vocabulary) : [];
  const where = fields
    .get('where')
    ?.entries()
    .map(([member, value]) => readWhere(member, value, events, vocabulary));
  const when = fields.get('when');
  return events.map((event) => ({
    ...event,
    where: [...event.where, ...(where ?? [])],
    ...(when && { when: both(event.when, readCondition(when, vocabulary)) }),
  }));
};

const both = (a: Condition | undefined, b: Condition): Condition => (a ? { op: 'all', of: [a, b] } : b);

const named = (cursor: Cursor, vocabulary: Vocabulary): Selector => {
  const name = cursor.text();
  const defined = vocabulary.events.get(name);
  if (defined) return defined;
  if (!vocabulary.known.has(name)) {
    const names = [...vocabulary.known.keys(), ...vocabulary.events.keys()];
    cursor.complain(`There is no event "${name}".${didYouMean(name, names)}`);
  }
  return [{ type: name, where: [] }];
};

/** The event with which a state begins or ends: one that comes while it is off, or on. */
const edge = (which: 'starts' | 'ends', cursor: Cursor, vocabulary: Vocabulary): Pattern[] => {
  const condition = readCondition(field(cursor.fields([which]), which, cursor), vocabulary);
  if (condition.op !== 'during') {
    cursor.complain(`"${which}" wants a condition that is a "during".`);
    return [];
  }
  const when: Condition = which === 'starts' ? { op: 'not', of: condition } : condition;
  return (which === 'starts' ? condition.from : condition.until).map((pattern) => ({
    ...pattern,
    when: both(pattern.when, when),
  }));
};

/** Reads `member: value`, `member: [values]`, `member: {not: …}` or `member: {recorded: true}`. */
export const readWhere = (member: string, cursor: Cursor, events: Selector, { known }: Vocabulary): Where => {
  for (const { type } of events) {
    const members = known.get(type);
    if (members && !members.includes(member)) {
      cursor.complain(
        `${type} carries no "${member}".${didYouMean(member, members)} It carries: ${members.join(', ')}.`,
      );
    }
  }
  if (!cursor.isMap()) return { field: member, is: valuesOf(cursor) };
  const fields = cursor.fields([], ['not', 'recorded']);
  const not = fields.get('not');
  if (not) return { field: member, not: valuesOf(not) };
  return { field: member, recorded: fields.get('recorded')?.truth() ?? true };
};

const valuesOf = (cursor: Cursor): unknown[] => cursor.list().map((item) => item.scalar());
