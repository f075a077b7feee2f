import type { Condition, ConditionOf, Selector } from './condition.js';
import type { FeedRegister } from './feed-terms.js';
import { openingOf } from './plan.js';
import type { PrisonSettings } from './prison-settings.js';
import type { Rule } from './rule.js';
import { KEY_WORKER } from './key-worker.js';
import { sayNotTold } from './say/say-not-told.js';

/** Why nobody can watch a rule where only some types of events are told of. */
export interface NotTold {
  /** What would begin what it asks for, or deliver it: of each of these types nobody tells. */
  readonly of: 'ask' | 'safeguard';
  readonly types: readonly string[];
}

/**
 * What it is that a rule cannot be watched without, where nobody tells of it: every event that would meet its safeguard, or
 * every one with which what it asks for could begin. Nothing where it can be watched (docs/rules-meaning.md, "Coverage").
 * @param rules those that it may refer to
 * @param told the types of events that somebody tells of
 */
export const notToldOf = (rule: Rule, rules: readonly Rule[], told: ReadonlySet<string>): NotTold | undefined => {
  const safeguard = [...new Set(rule.safeguard.map(({ type }) => type))];
  if (safeguard.length > 0 && !safeguard.some((type) => told.has(type))) return { of: 'safeguard', types: safeguard };
  const asks = new Asks(rules, told);
  return asks.canHold(openingOf(rule)) ? undefined : { of: 'ask', types: [...asks.missing] };
};

/** What is told in a prison whatever feeds it declares: this service finds it out, or a feed says it of itself. */
const TOLD_ANYWAY = ['FoundOnRoll', 'FeedCompleteUntil'];

/** The rules that cannot be watched in a prison, by id, and why. */
export type NotWatched = ReadonlyMap<string, NotTold>;

/**
 * @param feeds those that the prison declares; one that declares none is told everything, but for what only a feed that is
 * declared can be said to deliver
 */
export const notWatchedWith = (
  feeds: readonly string[] | undefined,
  register: FeedRegister,
  rules: readonly Rule[],
): NotWatched => {
  const told = feeds && new Set([...TOLD_ANYWAY, ...feeds.flatMap((feed) => register.get(feed)?.delivers ?? [])]);
  return new Map(
    rules.flatMap((rule) => {
      const notTold = told ? notToldOf(rule, rules, told) : notDeclaredOf(rule);
      return notTold ? [[rule.id, notTold] as const] : [];
    }),
  );
};

const notDeclaredOf = ({ onlyWhere, safeguard }: Rule): NotTold | undefined =>
  onlyWhere === 'delivered' ? { of: 'safeguard', types: safeguard.map(({ type }) => type) } : undefined;

/** What a prison could have watched with feeds that it does not declare. Rules by their ids. */
export interface FeedGains {
  /** By feed that is known of and not declared: what it would do by itself, where that is anything. */
  readonly alone: ReadonlyMap<string, readonly string[]>;
  /** What only several of these feeds would do together. */
  readonly together: readonly string[];
  /** What no feed that is known of would do. */
  readonly never: readonly string[];
}

/** @param feeds those that the prison declares; one that declares none is told everything, and gains nothing */
export const feedGainsOf = (
  feeds: readonly string[] | undefined,
  register: FeedRegister,
  rules: readonly Rule[],
): FeedGains => {
  if (!feeds) return { alone: new Map(), together: [], never: [] };
  const missing = [...register.keys()].filter((feed) => !feeds.includes(feed));
  const notWatched = [...notWatchedWith(feeds, register, rules).keys()];
  const gainedWith = (more: readonly string[]): string[] => {
    const left = notWatchedWith([...feeds, ...more], register, rules);
    return notWatched.filter((rule) => !left.has(rule));
  };
  const each = missing.map((feed) => [feed, gainedWith([feed])] as const);
  const alone = new Map(each.filter(([, gained]) => gained.length > 0));
  const withAll = gainedWith(missing);
  return {
    alone,
    together: withAll.filter((rule) => !each.some(([, gained]) => gained.includes(rule))),
    never: notWatched.filter((rule) => !withAll.includes(rule)),
  };
};

/** The settings of a prison in which these rules are off, whatever else it says of them. */
export const withoutNotWatched = (settings: PrisonSettings, notWatched: NotWatched): PrisonSettings => ({
  ...settings,
  rules: [
    ...settings.rules.filter(({ rule }) => !notWatched.has(rule)),
    ...Array.from(notWatched, ([rule, { types }]) => ({ rule, because: sayNotTold(types) })),
  ],
});

/** Whether conditions can ever hold where only some types of events are told of. */
class Asks {
  /** The types of which nobody tells, met on the way. */
  readonly missing = new Set<string>();

  constructor(
    private readonly rules: readonly Rule[],
    private readonly told: ReadonlySet<string>,
  ) {}

  canHold(condition: Condition): boolean {
    switch (condition.op) {
      case 'all':
        return condition.of.every((part) => this.canHold(part));
      case 'any':
        return condition.of.filter((part) => this.canHold(part)).length > 0;
      case 'rule':
        return this.rules.some((rule) => rule.id === condition.id && this.canHold(openingOf(rule)));
      case 'during':
        return this.isTold([...condition.from, ...(condition.inferred?.from ?? [])]);
      case 'running':
        return this.isTold(condition.from);
      case 'assigned':
        return this.isTold([{ type: condition.by, where: [] }]);
      case 'latest':
        return this.isTold([{ type: condition.event, where: [] }]);
      case 'heldFor':
      case 'endedWithin':
        return this.canHold(condition.condition);
      case 'neverMet':
        return this.canHold(condition.holder);
      case 'absentFor':
        return this.canHold(condition.within);
      case 'dueBy':
        return this.canHold(condition.within) && (condition.first !== undefined || this.isTold(condition.event));
      case 'neverSeenRising':
        return this.isTold([{ type: 'PrisonerReceived', where: [] }]);
      case 'caseload':
        return this.isTold([{ type: KEY_WORKER.by, where: [] }]);
      case 'unansweredFor':
        return this.isTold(condition.asks.flatMap(({ event }) => event));
      case 'familiesWithin':
        return this.canReach(condition);
      case 'sessionsAtOnce':
      case 'sessionTime':
      case 'shortSessions':
        return this.isTold([{ type: 'KeyWorkerSessionHeld', where: [] }]);
      case 'seen':
      case 'countWithin':
      case 'countUpToLast':
      case 'lastOf':
      case 'sinceRaised':
        return this.isTold(condition.event);
      default:
        return true;
    }
  }

  private canReach({ families, atLeast }: ConditionOf<'familiesWithin'>): boolean {
    return Object.values(families).filter((family) => this.isTold(family)).length >= atLeast;
  }

  private isTold(selector: Selector): boolean {
    const types = selector.map(({ type }) => type);
    if (types.some((type) => this.told.has(type))) return true;
    for (const type of types) this.missing.add(type);
    return false;
  }
}
