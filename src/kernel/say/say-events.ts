import type { Condition, Pattern, Selector, Where } from '../condition.js';
import { carries } from '../matcher.js';
import type { Occurrence } from '../occurrence.js';
import { join, spaced, withArticle } from './join.js';
import { PHRASES, type Phrase } from './phrases.js';

type SayCondition = (condition: Condition) => string;

/** What an event that happened is called: `key worker session`. */
export const nameOf = (occurrence: Occurrence): string =>
  PHRASES.find(({ type, where }) => type === occurrence.type && carries(occurrence, where))?.one ??
  spaced(occurrence.type);

/** `a key worker session or a chaplaincy contact` */
export const anyOf = (selector: Selector, say: SayCondition): string =>
  listed(selector, say, (pattern) => withArticle(phraseOf(pattern).one));

/** `key worker session or chaplaincy contact`, for what there is none of. */
export const noneOf = (selector: Selector, say: SayCondition): string =>
  listed(selector, say, (pattern) => phraseOf(pattern).one);

/** `key worker sessions`, for what is counted. */
export const manyOf = (selector: Selector, say: SayCondition): string =>
  listed(selector, say, (pattern) => phraseOf(pattern).many);

/** The events by name, each with the circumstances of its own, and then with those that they share. */
const listed = (selector: Selector, say: SayCondition, name: (pattern: Pattern) => string): string => {
  const circumstances = selector.map((pattern) => circumstancesOf(pattern).map(say));
  const shared = (circumstances[0] ?? []).filter((one) => circumstances.every((each) => each.includes(one)));
  const names = selector.map((pattern, index) => {
    const called = isNews(pattern) ? `${name(pattern)} not known already` : name(pattern);
    const own = (circumstances[index] ?? []).filter((one) => !shared.includes(one));
    return own.length === 0 ? called : `${called} (where ${join(own, 'and')})`;
  });
  const each = [...new Set(names)];
  const comma = each.length > 1 ? ',' : '';
  return shared.length === 0 ? join(each, 'or') : `${join(each, 'or')}${comma} at a time when ${join(shared, 'and')}`;
};

export const phraseOf = ({
  type,
  where,
  starts,
}: Pick<Pattern, 'type' | 'where' | 'starts'>): Pick<Phrase, 'one' | 'many'> => {
  if (starts?.op === 'arrival')
    return { one: spelt('arrival', sayWhere(where)), many: spelt('arrivals', sayWhere(where)) };
  const exact = PHRASES.find((phrase) => phrase.type === type && sameWhere(phrase.where, where));
  if (exact) return exact;
  const plain = PHRASES.find((phrase) => phrase.type === type && phrase.where.length === 0);
  const which = where.length === 0 ? '' : ` (${join(where.map(sayMember), 'and')})`;
  return { one: `${plain?.one ?? spaced(type)}${which}`, many: `${plain?.many ?? `${spaced(type)}s`}${which}` };
};

const spelt = (name: string, trait: string): string => (trait === '' ? name : `${name} ${trait}`);

const sameWhere = (a: readonly Where[], b: readonly Where[]): boolean => JSON.stringify(a) === JSON.stringify(b);

const sayMember = (where: Where): string => {
  const name = spaced(where.field);
  if ('is' in where) return `${name} ${join(where.is.map(String), 'or')}`;
  if ('not' in where) return `${name} not ${join(where.not.map(String), 'or')}`;
  return `${name} ${where.recorded ? 'recorded' : 'not recorded'}`;
};

/** What is recorded with an event, or missing, as part of `the last two sessions were …`. */
export const sayWhere = (where: readonly Where[]): string =>
  join(
    where.map((clause) => TRAITS[sayMember(clause)] ?? `with ${sayMember(clause)}`),
    'and',
  );

const TRAITS: Readonly<Record<string, string>> = {
  'key worker attended not true': 'held without the key worker',
  'key worker contributed not true': 'without a contribution from them',
  'key worker invited not true': 'without an invitation to them',
  'interpreter used not true': 'held with no interpreter recorded',
  'quality POOR': 'poor',
  'reason NEW_ADMISSION, READMISSION or RECALL': 'from outside',
  'reason DECLINED': 'declined',
  'reason DECLINED, STAFF_NOT_AVAILABLE, REGIME_CURTAILED or OTHER': 'missed',
};

/** Whether the event counts only where the last one of its type, in its scope, said something else. */
const isNews = ({ type, where, when }: Pattern): boolean => {
  const [clause] = where;
  if (when?.op !== 'not' || when.of.op !== 'latest' || !clause || !('is' in clause)) return false;
  return when.of.event === type && when.of.field === clause.field && when.of.is.includes(clause.is[0]);
};

/** In what circumstances the event counts; that a state begins or ends with it goes without saying. */
const circumstancesOf = (pattern: Pattern): Condition[] =>
  pattern.when && !isNews(pattern) ? flat(pattern.when).filter((part) => !beginsOrEnds(part, pattern.type)) : [];

const flat = (condition: Condition): Condition[] => (condition.op === 'all' ? condition.of.flatMap(flat) : [condition]);

const beginsOrEnds = (part: Condition, type: string): boolean => {
  const state = part.op === 'not' ? part.of : part;
  if (state.op !== 'during') return false;
  return (part.op === 'not' ? state.from : state.until).some((pattern) => pattern.type === type);
};
