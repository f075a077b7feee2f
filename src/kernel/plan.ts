import { Compiler, type Blueprint } from './compile.js';
import { joinedIn, type Condition } from './condition.js';
import { typesNeeded, typesReliedOn } from './event-types.js';
import { KEY_WORKER } from './key-worker.js';
import type { Instant } from '../prison/instant.js';
import type { LocalDays } from '../prison/local-days.js';
import type { Rule } from './rule.js';

/** A rule in which conditions are places among the plan's blueprints. */
export interface PlannedRule {
  readonly rule: Rule;
  /** Its place among the rules, the same in all plans of one catalogue. */
  readonly place: number;
  /** The local midnight at which the rule comes into force. */
  readonly inForceFrom: Instant;
  /** The event types without which nobody can say whether it is true. */
  readonly reliesOn: readonly string[];
  /** In a stay, and the rule is about this person. */
  readonly applies: number;
  /** The rule applies, and one of its steps is due. */
  readonly opening: number;
  readonly steps: readonly number[];
  /** Where we speak early: the step that stands at the limit itself. */
  readonly atLimit: number | undefined;
  readonly closing: number | undefined;
  /** What `all` and `any` join in the closing condition. */
  readonly closingParts: readonly { readonly condition: Condition; readonly place: number }[];
  /** Of a latched rule: the parts that count events. Closed while true, it opens again when one of them counts more. */
  readonly counting: readonly number[];
  /** The operators that say which events are recorded on the alert while it is open. */
  readonly repeating: readonly number[];
  /** Of those who should act, who holds which task. */
  readonly holders: ReadonlyMap<string, number>;
}

/** All rules, compiled once: from it a person's operators are built. */
export interface Plan {
  readonly rules: readonly PlannedRule[];
  readonly blueprints: readonly Blueprint[];
  /** By event type: the operators that hear it, those that ask others before those that are asked. */
  readonly hearing: ReadonlyMap<string, readonly number[]>;
  /** By event type: the operators whose truth may change. */
  readonly affected: ReadonlyMap<string, readonly number[]>;
  /** By event type: the rules whose truth may change. */
  readonly concerned: ReadonlyMap<string, readonly number[]>;
  /** The operator that says who is somebody's key worker. */
  readonly keyWorker: number;
}

/** Whom a rule is about: people in a stay or key workers, and only those for whom the condition that it names holds. */
export const appliesOf = ({ subject, appliesTo }: Rule): Condition => ({
  op: 'all',
  of: [...(subject ? [] : [{ op: 'stay' } as const]), ...(appliesTo ? [appliesTo.condition] : [])],
});

/**
 * When a rule's alert is due: everything that has to hold for it to open. A step that only narrows another adds nothing.
 */
export const openingOf = (rule: Rule): Condition => {
  const steps = rule.steps.map(({ when }) => when);
  const widest = steps.filter((step) => !steps.some((other) => other !== step && narrows(step, other)));
  const due: Condition = widest.length === 1 && widest[0] ? widest[0] : { op: 'any', of: widest };
  return { op: 'all', of: [appliesOf(rule), due] };
};

const narrows = (step: Condition, other: Condition): boolean =>
  step.op === 'all' && step.of.some((part) => JSON.stringify(part) === JSON.stringify(other));

/** Compiles a set of rules. @throws Error when a rule refers to one that is not in the set, or to itself */
export const planOf = (rules: readonly Rule[], days: LocalDays): Plan => {
  const byId = new Map(rules.map((rule) => [rule.id, rule]));
  const opening = (id: string): { condition: Condition; pauses: boolean } => {
    const rule = byId.get(id);
    if (!rule) throw new Error(`There is no rule "${id}" to refer to.`);
    return { condition: openingOf(rule), pauses: rule.pauses };
  };
  const compiler = new Compiler(opening);
  const relied = (rule: Rule): string[] => typesReliedOn(openingOf(rule), (id) => opening(id).condition);
  const keyWorker = compiler.add(KEY_WORKER, false);
  const planned = rules.map((rule, place) => ({ ...planRule(rule, place, compiler, days), reliesOn: relied(rule) }));
  return {
    rules: planned,
    keyWorker,
    blueprints: compiler.blueprints,
    hearing: hearingOf(compiler.blueprints),
    affected: affectedIn(compiler.blueprints),
    concerned: concernedOf(rules, (condition) => typesNeeded(condition, (id) => opening(id).condition)),
  };
};

const planRule = (rule: Rule, place: number, compiler: Compiler, days: LocalDays): Omit<PlannedRule, 'reliesOn'> => ({
  rule,
  place,
  inForceFrom: days.startOf(days.named(rule.effectiveFrom)),
  applies: compiler.add(appliesOf(rule), rule.pauses),
  opening: compiler.add(openingOf(rule), rule.pauses),
  steps: rule.steps.map(({ when }) => compiler.add(when, rule.pauses)),
  atLimit: atLimitOf(rule, compiler),
  closing: rule.closesWhen && compiler.add(rule.closesWhen, rule.pauses),
  closingParts: (rule.closesWhen ? joinedIn(rule.closesWhen) : []).map((condition) => ({
    condition,
    place: compiler.add(condition, rule.pauses),
  })),
  counting: rule.closesWhen
    ? rule.steps
        .slice(0, 1)
        .flatMap(({ when }) => joinedIn(when))
        .map((part) => compiler.add(part, rule.pauses))
    : [],
  repeating: rule.repeats.map((ask) => compiler.add(ask, rule.pauses)),
  holders: new Map(Object.entries(rule.holders).map(([role, task]) => [role, compiler.add(task, rule.pauses)])),
});

const atLimitOf = ({ steps, pauses }: Rule, compiler: Compiler): number | undefined => {
  const step = steps.some(({ early }) => early) ? steps.find(({ early }) => !early) : undefined;
  return step && compiler.add(step.when, pauses);
};

/** Later blueprints ask earlier ones: told first, they see the others as they were just before the event. */
const hearingOf = (blueprints: readonly Blueprint[]): Map<string, number[]> => {
  const hearing = new Map<string, number[]>();
  blueprints.forEach(({ hears }, index) => {
    for (const type of hears) hearing.set(type, [index, ...(hearing.get(type) ?? [])]);
  });
  return hearing;
};

const affectedIn = (blueprints: readonly Blueprint[]): Map<string, number[]> => {
  const affected = new Map<string, number[]>();
  blueprints.forEach(({ needs }, index) => {
    for (const type of needs) affected.set(type, [...(affected.get(type) ?? []), index]);
  });
  return affected;
};

const concernedOf = (rules: readonly Rule[], typesOf: (condition: Condition) => string[]): Map<string, number[]> => {
  const concerned = new Map<string, number[]>();
  rules.forEach((rule, index) => {
    const steps = rule.steps.map(({ when }) => when);
    const conditions = [openingOf(rule), ...steps, ...rule.repeats, ...(rule.closesWhen ? [rule.closesWhen] : [])];
    for (const type of new Set(conditions.flatMap(typesOf))) {
      concerned.set(type, [...(concerned.get(type) ?? []), index]);
    }
  });
  return concerned;
};
