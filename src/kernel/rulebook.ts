import type { SubjectKind } from '../prison/alert-subject.js';
import { NEVER, type Instant } from '../prison/instant.js';
import type { LocalDays } from '../prison/local-days.js';
import { localRule } from './local-rule.js';
import { planOf, type Plan } from './plan.js';
import {
  EVERY_OTHER,
  type KeyWorkTerms,
  type PrisonSettings,
  type RuleTerms,
  type TimeInForce,
} from './prison-settings.js';
import type { Rule } from './rule.js';

/** What a prison says for itself at an instant: of key work, and of the rules by their ids. */
interface SaidByPrison {
  readonly keyWork?: KeyWorkTerms | undefined;
  readonly rules: ReadonlyMap<string, RuleTerms>;
}

const NOTHING_SAID: SaidByPrison = { rules: new Map() };

/** The rules that a prison has from one change of its settings to the next. */
export class RulesInForce {
  private compiled: Plan | undefined;

  /**
   * @param rules each in its place in the catalogue
   * @param said what the prison says then
   */
  constructor(
    readonly since: Instant,
    readonly until: Instant,
    readonly rules: readonly Rule[],
    private readonly compile: () => Plan,
    readonly said: SaidByPrison = NOTHING_SAID,
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
  /** Of a rulebook about people: those about others. */
  private readonly others = new Map<SubjectKind, Rulebook>();

  /** Those of the catalogue that are about these subjects. */
  readonly rules: readonly Rule[];

  /**
   * @param catalogue whomever its rules are about
   * @throws Error when a rule refers to one that is not in the catalogue or about somebody else, or to itself
   */
  constructor(
    readonly catalogue: readonly Rule[],
    private readonly days: LocalDays,
    readonly settings: readonly PrisonSettings[] = [],
    subject: 'person' | SubjectKind = 'person',
  ) {
    this.rules = catalogue.filter(({ subject: about = 'person' }) => about === subject);
    const plan = this.planFor('[]', this.rules);
    this.common = new RulesInForce(EVER, NEVER, this.rules, () => plan);
    this.local = new Map(settings.map((one) => [one.prisonId, this.courseOf(one)]));
  }

  /** The rules of the same catalogue, as the same prisons have them, about another subject; nothing where there are none. */
  about(subject: SubjectKind): Rulebook | undefined {
    const known = this.others.get(subject);
    if (known || !this.catalogue.some((rule) => rule.subject === subject)) return known;
    const rulebook = new Rulebook(this.catalogue, this.days, this.settings, subject);
    this.others.set(subject, rulebook);
    return rulebook;
  }

  /** The rules by which somebody is decided on at an instant whom a prison holds; of nobody's, as every other prison has them. */
  inForce(prisonId: string | undefined, t: Instant): RulesInForce {
    const local = this.local.get(prisonId ?? EVERY_OTHER) ?? this.local.get(EVERY_OTHER);
    return local?.findLast(({ since }) => since <= t) ?? this.common;
  }

  /** The same of the rules about whomever a rule of the catalogue is about. */
  inForceWith({ subject }: Pick<Rule, 'subject'>, prisonId: string | undefined, t: Instant): RulesInForce {
    return ((subject && this.about(subject)) ?? this).inForce(prisonId, t);
  }

  private courseOf(settings: PrisonSettings): readonly RulesInForce[] {
    const changes = this.changesIn(settings);
    return changes.map((since, place) => {
      const said = this.saidFrom(since, settings);
      const rules = this.rules.map((rule) => localRule(rule, said.keyWork, said.rules.get(rule.id)));
      const key = JSON.stringify(rules.filter((rule, at) => rule !== this.rules[at]));
      return new RulesInForce(since, changes[place + 1] ?? NEVER, rules, () => this.planFor(key, rules), said);
    });
  }

  private changesIn({ keyWork, rules }: PrisonSettings): Instant[] {
    const dates = [...keyWork, ...rules].flatMap(({ from, until }) => [from, until]);
    const named = dates.flatMap((date) => (date === undefined ? [] : this.startOf(date)));
    return [...new Set([EVER, ...named])].sort((a, b) => a - b);
  }

  private saidFrom(since: Instant, settings: PrisonSettings): SaidByPrison {
    const isInForce = ({ from, until }: TimeInForce): boolean =>
      (from === undefined || this.startOf(from) <= since) && (until === undefined || this.startOf(until) > since);
    return {
      keyWork: settings.keyWork.find(isInForce),
      rules: new Map(settings.rules.filter(isInForce).map((one) => [one.rule, one])),
    };
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
