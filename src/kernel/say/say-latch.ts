import type { Instant } from '../../prison/instant.js';
import type { LocalDays } from '../../prison/local-days.js';
import { joinedIn, type Condition } from '../condition.js';
import { plural } from '../limit.js';
import { carries } from '../matcher.js';
import type { Rule } from '../rule.js';
import type { Latch } from '../transition.js';
import { capitalised } from './join.js';
import { anyOf, manyOf, noneOf } from './say-events.js';
import { sayCondition } from './say-condition.js';

/** A latched alert that has outlived what it was raised on: what that was, what came since, and what of its closing lacks. */
export const sayLatch = (rule: Rule, latch: Latch, days: LocalDays): string => {
  const counted = sayCounted(rule, latch, days);
  const raised = counted ? `It was raised after ${counted}` : 'What it was raised on has passed, but it stays open';
  const parts = latch.parts.flatMap(({ condition, evidence }) => {
    const last = (evidence.of?.[0] ?? evidence).cites.at(-1);
    return sayPart(condition, { last: last?.at, since: latch.since, holds: evidence.holds === true }, days);
  });
  const lacks = parts.length > 0 ? ` ${capitalised(parts.join('; '))}.` : '';
  return `${raised}; it closes with ${rule.closesOn}.${lacks}`;
};

/** `3 reported charges, the last on 20 January 2026` */
const sayCounted = ({ steps }: Rule, { raisedOn }: Latch, days: LocalDays): string | undefined => {
  const [counting] = (steps[0] ? joinedIn(steps[0].when) : []).flatMap((part) =>
    part.op === 'countWithin' || part.op === 'countUpToLast' ? [part] : [],
  );
  if (!counting) return undefined;
  const { event } = counting;
  const distinctBy = counting.op === 'countWithin' ? counting.distinctBy : undefined;
  const counted = raisedOn.filter((one) => event.some(({ type, where }) => type === one.type && carries(one, where)));
  const last = counted.at(-1);
  const count = new Set(counted.map(({ id, data }) => (distinctBy === undefined ? id : data[distinctBy]))).size;
  return last && `${count} ${manyOf(event, sayCondition)}, the last on ${days.sayDay(last.at)}`;
};

interface ClosingPart {
  /** The last event that counts towards it, or against it. */
  readonly last: Instant | undefined;
  readonly since: Instant;
  readonly holds: boolean;
}

/** How far one part of the closing condition is. */
const sayPart = (condition: Condition, { last, since, holds }: ClosingPart, days: LocalDays): string[] => {
  if (condition.op === 'not' && condition.of.op === 'countWithin')
    return last === undefined
      ? []
      : [`the last ${noneOf(condition.of.event, sayCondition)} was on ${days.sayDay(last)}`];
  if (condition.op !== 'sinceRaised') return [];
  const { event, pairWithin } = condition;
  if (last === undefined) return [`no ${noneOf(event, sayCondition)} is recorded since ${days.sayDay(since)}`];
  const one = `${anyOf(event, sayCondition)} is recorded on ${days.sayDay(last)}`;
  return [pairWithin === undefined || holds ? one : `${one}, and a second within ${plural(pairWithin, 'day')} is not`];
};
