import type { Ask, Condition, ConditionOf, Scope } from '../condition.js';
import { field, type Cursor } from './cursor.js';
import { didYouMean } from './problems.js';
import { readSelector, readWhere } from './read-selector.js';
import type { Vocabulary } from './vocabulary.js';

const SCOPES = ['stay', 'during', 'assigned', 'unassigned', 'running'];
const NO_EVENTS = 'stay';

type Read = (cursor: Cursor, vocabulary: Vocabulary) => Condition;

/** Reads a condition: the name of one from the definitions, or one operator with its arguments. */
export const readCondition = (cursor: Cursor, vocabulary: Vocabulary): Condition => {
  if (cursor.isText()) return namedCondition(cursor, vocabulary);
  const [entry, ...more] = cursor.entries();
  if (!entry) return { op: 'stay' };
  const [name, at] = entry;
  if (more.length > 0) more[0]?.[1].complain('One operator at a time: combine several with "all" or "any".');
  const read = OPERATORS.get(name);
  if (read) return read(at, vocabulary);
  at.complain(`unknown operator "${name}".${didYouMean(name, [...OPERATORS.keys()])} Operators: docs/operators.md`);
  return { op: 'stay' };
};

const namedCondition = (cursor: Cursor, { conditions }: Vocabulary): Condition => {
  const name = cursor.text();
  if (name === NO_EVENTS) return { op: 'stay' };
  const condition = conditions.get(name);
  if (condition) return condition;
  cursor.complain(`There is no condition "${name}".${didYouMean(name, [...conditions.keys()])}`);
  return { op: 'stay' };
};

/** Reads a condition that others can count from. */
const readScope = (cursor: Cursor, vocabulary: Vocabulary): Scope => {
  const condition = readCondition(cursor, vocabulary);
  if (SCOPES.includes(condition.op)) return condition as Scope;
  if (condition.op === 'not' && condition.of.op === 'assigned') return { ...condition.of, op: 'unassigned' };
  cursor.complain('Nothing can be counted from this: it has no beginning. Use stay, during, assigned or running.');
  return { op: 'stay' };
};

const readAsks = (fields: ReadonlyMap<string, Cursor>, vocabulary: Vocabulary): Ask[] => {
  const limit = fields.get('for')?.limit();
  const single = fields.get('ask');
  const asks: Ask[] = single ? [{ event: readSelector(single, vocabulary), ...(limit && { for: limit }) }] : [];
  for (const item of fields.get('asks')?.list() ?? []) {
    const ask = item.fields(['event'], ['for']);
    const own = ask.get('for')?.limit() ?? limit;
    asks.push({ event: readSelector(field(ask, 'event', item), vocabulary), ...(own && { for: own }) });
  }
  return asks;
};

/** Reads the arguments that most operators share. */
class Arguments {
  private readonly fields: ReadonlyMap<string, Cursor>;

  constructor(
    private readonly cursor: Cursor,
    private readonly vocabulary: Vocabulary,
    required: readonly string[],
    optional: readonly string[] = [],
  ) {
    this.fields = cursor.fields(required, optional);
  }

  at = (name: string): Cursor => field(this.fields, name, this.cursor);
  optional = (name: string): Cursor | undefined => this.fields.get(name);
  events = (name = 'event') => readSelector(this.at(name), this.vocabulary);
  scope = (name = 'within') => readScope(this.at(name), this.vocabulary);
  condition = (name: string) => readCondition(this.at(name), this.vocabulary);
  within = (): { within?: Scope } => (this.fields.has('within') ? { within: this.scope() } : {});
  asks = () => readAsks(this.fields, this.vocabulary);
}

/** A reader for one operator, told which arguments it must and may have. */
const operator =
  (
    required: readonly string[],
    optional: readonly string[],
    read: (given: Arguments, cursor: Cursor, vocabulary: Vocabulary) => Condition,
  ): Read =>
  (cursor, vocabulary) =>
    read(new Arguments(cursor, vocabulary, required, optional), cursor, vocabulary);

const assigned = (op: 'assigned' | 'unassigned'): Read =>
  operator(['by', 'until', 'field'], [], (given) => ({
    op,
    by: given.at('by').text(),
    until: given.at('until').text(),
    field: given.at('field').text(),
  }));

const OPERATORS: ReadonlyMap<string, Read> = new Map<string, Read>([
  [
    'during',
    operator(['from', 'until'], ['within'], (given) => ({
      op: 'during',
      from: given.events('from'),
      until: given.events('until'),
      ...(given.optional('within') && { within: given.at('within').oneOf(['stay'] as const) }),
    })),
  ],
  ['assigned', assigned('assigned')],
  ['unassigned', assigned('unassigned')],
  [
    'running',
    operator(['from', 'until', 'days', 'match'], [], (given) => ({
      op: 'running',
      from: given.events('from'),
      until: given.events('until'),
      days: given.at('days').text(),
      match: given.at('match').text(),
    })),
  ],
  [
    'latest',
    operator(['event', 'field', 'is'], [], (given) => ({
      op: 'latest',
      event: given.events()[0]?.type ?? '',
      field: given.at('field').text(),
      is: given
        .at('is')
        .list()
        .map((item) => item.scalar()),
    })),
  ],
  [
    'heldFor',
    operator(['condition', 'for'], [], (given) => ({
      op: 'heldFor',
      condition: given.scope('condition'),
      for: given.at('for').limit(),
    })),
  ],
  [
    'absentFor',
    operator(['event', 'within'], ['for', 'first', 'then'], (given, cursor) => {
      const [both, first, then] = ['for', 'first', 'then'].map((name) => given.optional(name)?.limit());
      if (!both && !first && !then) cursor.complain('Give "for", "first" or "then": how long may it be absent?');
      const limits = { first: first ?? both, then: then ?? both };
      return {
        op: 'absentFor',
        event: given.events(),
        within: given.scope(),
        ...(limits.first && { first: limits.first }),
        ...(limits.then && { then: limits.then }),
      };
    }),
  ],
  [
    'seen',
    operator(['event', 'within'], [], (given) => ({ op: 'seen', event: given.events(), within: given.scope() })),
  ],
  [
    'neverMet',
    operator(['holder', 'event', 'for'], [], (given, cursor) => {
      const holder = given.scope('holder');
      if (holder.op !== 'assigned') cursor.complain('"holder" wants a condition that is an "assigned".');
      return {
        op: 'neverMet',
        holder: holder as ConditionOf<'assigned'>,
        event: given.events(),
        for: given.at('for').limit(),
      };
    }),
  ],
  [
    'unansweredFor',
    operator(['answer'], ['ask', 'asks', 'for', 'atLeast', 'within'], (given, cursor) => {
      const asks = given.asks();
      if (asks.length === 0) cursor.complain('Give "ask", or "asks": what waits for an answer?');
      const atLeast = given.optional('atLeast')?.whole() ?? 1;
      return { op: 'unansweredFor', asks, answer: given.events('answer'), atLeast, ...given.within() };
    }),
  ],
  [
    'dueBy',
    operator(['event', 'field', 'otherwise', 'within'], [], (given) => ({
      op: 'dueBy',
      event: given.events(),
      field: given.at('field').text(),
      otherwise: given.at('otherwise').limit(),
      within: given.scope(),
    })),
  ],
  [
    'countWithin',
    operator(['event', 'atLeast', 'window'], ['distinctBy', 'within'], (given) => ({
      op: 'countWithin',
      event: given.events(),
      atLeast: given.at('atLeast').whole(),
      window: given.at('window').window(),
      ...(given.optional('distinctBy') && { distinctBy: given.at('distinctBy').text() }),
      ...given.within(),
    })),
  ],
  [
    'familiesWithin',
    operator(['atLeast', 'window'], [], (given, _cursor, vocabulary) => ({
      op: 'familiesWithin',
      families: Object.fromEntries(vocabulary.families),
      atLeast: given.at('atLeast').whole(),
      window: given.at('window').window(),
    })),
  ],
  [
    'countUpToLast',
    operator(['event', 'atLeast', 'window', 'within'], [], (given) => ({
      op: 'countUpToLast',
      event: given.events(),
      atLeast: given.at('atLeast').whole(),
      window: given.at('window').window(),
      within: given.scope(),
    })),
  ],
  [
    'lastOf',
    operator(['event', 'last', 'atLeast', 'where', 'within'], [], (given, _cursor, vocabulary) => {
      const event = given.events();
      const where = given.at('where').entries();
      return {
        op: 'lastOf',
        event,
        last: given.at('last').whole(),
        atLeast: given.at('atLeast').whole(),
        where: where.map(([member, at]) => readWhere(member, at, event, vocabulary)),
        within: given.scope(),
      };
    }),
  ],
  [
    'sinceRaised',
    operator(['event'], ['pairWithin'], (given) => ({
      op: 'sinceRaised',
      event: given.events(),
      ...(given.optional('pairWithin') && { pairWithin: given.at('pairWithin').window() }),
    })),
  ],
  ['rule', (cursor) => ({ op: 'rule', id: cursor.text() })],
  ['all', (cursor, vocabulary) => ({ op: 'all', of: cursor.list().map((item) => readCondition(item, vocabulary)) })],
  ['any', (cursor, vocabulary) => ({ op: 'any', of: cursor.list().map((item) => readCondition(item, vocabulary)) })],
  ['not', (cursor, vocabulary) => ({ op: 'not', of: readCondition(cursor, vocabulary) })],
]);
