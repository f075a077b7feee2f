import type { Condition, Pattern, Selector, Where } from '../condition.js';
import { field, type Cursor } from './cursor.js';
import { didYouMean } from './problems.js';
import type { Vocabulary } from './vocabulary.js';

/** Reads which events are meant, and what they must carry. */
export class EventReader {
  constructor(
    private readonly vocabulary: Vocabulary,
    private readonly condition: (cursor: Cursor) => Condition,
  ) {}

  /**
   * A type, a name from the definitions, `{event, where, when, here}` of such, `{starts: condition}`,
   * `{ends: condition}`, `{family: NAME}`, or a list of these.
   */
  selector(cursor: Cursor): Selector {
    return cursor.list().flatMap((item) => this.one(item));
  }

  /** One event type, by its own name. */
  type(cursor: Cursor): string {
    const { known } = this.vocabulary;
    const type = cursor.text();
    if (!known.has(type)) cursor.complain(`There is no event type "${type}".${didYouMean(type, [...known.keys()])}`);
    return type;
  }

  /** The name of a member that every event of these types may carry. */
  member(cursor: Cursor, types: readonly string[]): string {
    const member = cursor.text();
    this.checkMember(member, cursor, types);
    return member;
  }

  /**
   * `member: value`, `member: [values]`, `member: {not: …}` or `member: {recorded: true}`, all of which must hold.
   * @param carriers whether each of the events must be able to carry a member, or one of them
   */
  where(cursor: Cursor, events: Selector, carriers: 'every' | 'some' = 'every'): Where[] {
    return cursor.entries().map(([member, value, key]) => {
      const types = events.map(({ type }) => type);
      const able = carriers === 'some' ? types.filter((type) => this.mayCarry(member, type)) : [];
      this.checkMember(member, key, able.length > 0 ? able : types);
      return readWhere(member, value);
    });
  }

  private one(cursor: Cursor): Selector {
    if (cursor.isText()) return this.named(cursor);
    const [name] = cursor.entries()[0] ?? [''];
    if (name === 'starts' || name === 'ends') return this.edge(name, cursor);
    if (name === 'family') return this.family(cursor);
    const fields = cursor.fields(['event'], ['where', 'when', 'here']);
    const events = this.selector(field(fields, 'event', cursor));
    const where = fields.get('where');
    const narrower = where ? this.where(where, events) : [];
    const when = fields.get('when');
    const condition = when && this.condition(when);
    const here = fields.get('here')?.truth() === true;
    return events.map((event) => ({
      ...event,
      where: [...event.where, ...narrower],
      ...(condition && { when: both(event.when, condition) }),
      ...(here && { here }),
    }));
  }

  private named(cursor: Cursor): Selector {
    const name = cursor.text();
    const { events, known } = this.vocabulary;
    const defined = events.get(name);
    if (defined) return defined;
    if (!known.has(name)) {
      cursor.complain(`There is no event "${name}".${didYouMean(name, [...known.keys(), ...events.keys()])}`);
    }
    return [{ type: name, where: [] }];
  }

  /** The event with which a state begins or ends: one that comes while it is off, or on. */
  private edge(which: 'starts' | 'ends', cursor: Cursor): Pattern[] {
    const state = this.condition(field(cursor.fields([which]), which, cursor));
    if (state.op === 'arrival' && which === 'starts') return [{ type: 'PrisonerReceived', where: [], starts: state }];
    if (state.op !== 'during') {
      cursor.complain(`"${which}" needs a "during" condition${which === 'starts' ? ', or "arrival"' : ''}.`);
      return [];
    }
    const { from, until, inferred } = state;
    const events = which === 'starts' ? [...from, ...(inferred?.from ?? [])] : [...until, ...(inferred?.until ?? [])];
    return events.map(({ type, where }) => ({ type, where, [which]: state }));
  }

  /** All events of a risk family, by its name. */
  private family(cursor: Cursor): Selector {
    const at = field(cursor.fields(['family']), 'family', cursor);
    const { families } = this.vocabulary;
    const name = at.text();
    const events = families.get(name);
    if (!events) at.complain(`There is no risk family "${name}".${didYouMean(name, [...families.keys()])}`);
    return events ?? [];
  }

  private mayCarry(member: string, type: string): boolean {
    return this.vocabulary.known.get(type)?.includes(member) ?? true;
  }

  private checkMember(member: string, at: Cursor, types: readonly string[]): void {
    for (const type of new Set(types)) {
      if (this.mayCarry(member, type)) continue;
      const members = this.vocabulary.known.get(type) ?? [];
      const carried = members.length > 0 ? `It carries: ${members.join(', ')}.` : 'It carries nothing.';
      at.complain(`${type} carries no "${member}".${didYouMean(member, members)} ${carried}`);
    }
  }
}

const both = (a: Condition | undefined, b: Condition): Condition => (a ? { op: 'all', of: [a, b] } : b);

const readWhere = (member: string, cursor: Cursor): Where => {
  if (!cursor.isMap()) return { field: member, is: valuesOf(cursor) };
  const fields = cursor.fields([], ['not', 'recorded']);
  if (fields.size !== 1) cursor.complain('Give either "not" or "recorded".');
  const not = fields.get('not');
  if (not) return { field: member, not: valuesOf(not) };
  return { field: member, recorded: fields.get('recorded')?.truth() ?? true };
};

const valuesOf = (cursor: Cursor): unknown[] =>
  cursor.list().map((item) => {
    const value = item.scalar();
    if (value === undefined || value === null)
      item.complain('A value is expected here: a text, a number, true or false.');
    return value;
  });
