import { NEVER, type Instant } from '../prison/instant.js';
import type { LocalDays } from '../prison/local-days.js';
import { localRule } from './local-rule.js';
import { planOf, type Plan } from './plan.js';
import type { PrisonSettings, TimeInForce } from './prison-settings.js';
import type { Rule } from './rule.js';

/** The rules that a prison has from one change of its settings to the next. */
export class RulesInForce {
  private compiled: Plan | undefined;

  /** @param rules each in its place in the catalogue */
  constructor(
    readonly since: Instant,
    readonly until: Instant,
    readonly rules: readonly Rule[],
    private readonly compile: () => Plan,
  ) {}

  get plan(): Plan {
    return (this.compiled ??= this.compile());
  }
}

const EVER: Instant = -Infinity;

/**
 * The rules of every prison at every instant: those of the catalogue, under the terms of the prison that holds somebody
 * (docs/rules-meaning.md, "A prison's own settings"). In each of its plans a rule has the same place. Prisons with equal
 * settings share one plan; none is compiled before somebody is decided on by it.
 */
export class Rulebook {
  private readonly common: RulesInForce;
  private readonly local: ReadonlyMap<string, readonly RulesInForce[]>;
  /** By what the rules say that the catalogue does not. */
  private readonly plans = new Map<string, Plan>();

  /** Those of the catalogue that are about these subjects. */
  readonly rules: readonly Rule[];
  /** Of a rulebook about people: the rules about key workers, where there are any. */
  readonly ofKeyWorkers?: Rulebook;

  /**
   * @param catalogue whomever its rules are about
   * @throws Error when a rule refers to one that is not in the catalogue or about somebody else, or to itself
   */
  constructor(
    readonly catalogue: readonly Rule[],
    private readonly days: LocalDays,
    readonly settings: readonly PrisonSettings[] = [],
    about: 'person' | 'key-worker' = 'person',
  ) {
    this.rules = catalogue.filter(({ subject = 'person' }) => subject === about);
    if (about === 'person' && this.rules.length < catalogue.length)
      this.ofKeyWorkers = new Rulebook(catalogue, days, settings, 'key-worker');
    const plan = this.planFor('[]', this.rules);
    this.common = new RulesInForce(EVER, NEVER, this.rules, () => plan);
    this.local = new Map(settings.map((one) => [one.prisonId, this.courseOf(one)]));
  }

  /** The rules by which somebody is decided on at an instant whom a prison holds; without one, the catalogue's. */
  inForce(prisonId: string | undefined, t: Instant): RulesInForce {
    const local = prisonId === undefined ? undefined : this.local.get(prisonId);
    return local?.findLast(({ since }) => since <= t) ?? this.common;
  }

  private courseOf(settings: PrisonSettings): readonly RulesInForce[] {
    const course = this.changesIn(settings).map((since) => {
      const rules = this.rulesFrom(since, settings);
      return { since, rules, key: JSON.stringify(rules.filter((rule, place) => rule !== this.rules[place])) };
    });
    const changes = course.filter(({ key }, place) => key !== course[place - 1]?.key);
    return changes.map(
      ({ since, rules, key }, place) =>
        new RulesInForce(since, changes[place + 1]?.since ?? NEVER, rules, () => this.planFor(key, rules)),
    );
  }

  private changesIn({ keyWork, rules }: PrisonSettings): Instant[] {
    const dates = [...keyWork, ...rules].flatMap(({ from, until }) => [from, until]);
    const named = dates.flatMap((date) => (date === undefined ? [] : this.startOf(date)));
    return [...new Set([EVER, ...named])].sort((a, b) => a - b);
  }

  private rulesFrom(since: Instant, settings: PrisonSettings): readonly Rule[] {
    const isInForce = ({ from, until }: TimeInForce): boolean =>
      (from === undefined || this.startOf(from) <= since) && (until === undefined || this.startOf(until) > since);
    const keyWork = settings.keyWork.find(isInForce);
    const terms = new Map(settings.rules.filter(isInForce).map((one) => [one.rule, one]));
    return this.rules.map((rule) => localRule(rule, keyWork, terms.get(rule.id)));
  }

  private planFor(key: string, rules: readonly Rule[]): Plan {
    const plan = this.plans.get(key) ?? planOf(rules, this.days);
    this.plans.set(key, plan);
    return plan;
  }

  private startOf(date: string): Instant {
    return this.days.startOf(this.days.named(date));
  }
}
