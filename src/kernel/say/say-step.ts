import type { Condition } from '../condition.js';
import { sayLimit, type Limit } from '../limit.js';
import type { Step } from '../rule.js';
import { isNothing, sayCondition } from './say-condition.js';

/** `MEDIUM after 14 days`: when a step is reached, said by what sets it apart from the others. */
export const sayStep = (step: Step, steps: readonly Step[]): string => {
  const { level, when } = step;
  const [first] = steps;
  const others = steps.filter((other) => other !== step);
  if (!first || others.length === 0) return level;
  const extra = narrowed(when, first.when);
  if (extra) return `${level} if ${sayCondition(extra)}`;
  const [limit, ...more] = limitsIn(when);
  if (limit && more.length === 0 && others.some((other) => sameBut(when, other.when, 'limit'))) {
    return `${level} ${after(limit)}`;
  }
  if (step === first) return level;
  return sameBut(when, first.when, 'number') ? `${level}${atLeast(when)}` : `${level} if ${sayCondition(when)}`;
};

const after = (limit: Limit): string => (isNothing(limit) ? 'at once' : `after ${sayLimit(limit)}`);

/** What `when` asks for beyond `first`. */
const narrowed = (when: Condition, first: Condition): Condition | undefined =>
  when.op === 'all' && when.of.length === 2 && same(when.of[0], first) ? when.of[1] : undefined;

const same = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b);

const sameBut = (a: Condition, b: Condition, what: 'limit' | 'number'): boolean => {
  const without = (_: string, value: unknown): unknown =>
    what === 'limit' ? (isLimit(value) ? null : value) : typeof value === 'number' ? null : value;
  return JSON.stringify(a, without) === JSON.stringify(b, without);
};

const isLimit = (value: unknown): value is Limit =>
  typeof value === 'object' && value !== null && 'kind' in value && 'text' in value;

/** The different limits in a condition. */
const limitsIn = (part: unknown): Limit[] => {
  if (isLimit(part)) return [part];
  if (typeof part !== 'object' || part === null) return [];
  const found = Object.values(part).flatMap(limitsIn);
  return found.filter(({ text }, index) => found.findIndex((other) => other.text === text) === index);
};

const atLeast = (when: Condition): string =>
  'atLeast' in when && when.atLeast > 1 ? ` with ${when.atLeast} or more` : '';
