import type { Condition, ConditionOf, Scope, Selector } from './condition.js';
import { typesHeard, typesNeeded } from './event-types.js';
import { Matcher } from './matcher.js';
import type { Operator, PersonContext, ScopeOperator } from './operator.js';
import { AbsentFor } from './operators/absent-for.js';
import { Assigned } from './operators/assigned.js';
import { Junction, Not } from './operators/connectives.js';
import { CountUpToLast } from './operators/count-up-to-last.js';
import { CountWithin } from './operators/count-within.js';
import { DueBy } from './operators/due-by.js';
import { During } from './operators/during.js';
import { FamiliesWithin } from './operators/families-within.js';
import { HeldFor } from './operators/held-for.js';
import { LastOf } from './operators/last-of.js';
import { Latest } from './operators/latest.js';
import { NeverMet } from './operators/never-met.js';
import { Running } from './operators/running.js';
import { Seen } from './operators/seen.js';
import { SinceRaised } from './operators/since-raised.js';
import { StayOperator } from './operators/stay.js';
import { Unassigned } from './operators/unassigned.js';
import { UnansweredFor } from './operators/unanswered-for.js';

/** The operators of one person that exist so far: children stand before those that ask them. */
export type Built = readonly Operator[];

/** How to build one operator for a person, the event types it wants to hear, and all that its truth may hang on. */
export interface Blueprint {
  readonly hears: readonly string[];
  readonly needs: readonly string[];
  readonly build: (person: PersonContext, built: Built) => Operator;
}

/**
 * Turns conditions into blueprints. Equal conditions become one operator, whatever rule they stand in, so that an event
 * is handed only to the few operators concerned, once each.
 */
export class Compiler {
  readonly blueprints: Blueprint[] = [];
  private readonly indexOf = new Map<string, number>();
  private readonly lists = new Map<string, readonly string[]>();

  /** @param openingOf a rule's opening condition and whether its limits pause, for `rule` */
  constructor(private readonly openingOf: (rule: string) => { condition: Condition; pauses: boolean }) {}

  /** The place, among the blueprints, of the operator that answers this condition. */
  add(condition: Condition, pauses: boolean): number {
    if (condition.op === 'rule') {
      const opening = this.openingOf(condition.id);
      return this.add(opening.condition, opening.pauses);
    }
    const key = JSON.stringify([pauses, condition]);
    const known = this.indexOf.get(key);
    if (known !== undefined) return known;
    const needs = this.shared(typesNeeded(condition, (rule) => this.openingOf(rule).condition));
    const build = this.plan(condition, pauses, needs);
    const index = this.blueprints.push({ hears: typesHeard(condition), needs, build }) - 1;
    this.indexOf.set(key, index);
    return index;
  }

  private plan(
    condition: Exclude<Condition, { op: 'rule' }>,
    pauses: boolean,
    needs: readonly string[],
  ): Blueprint['build'] {
    const one = (child: Condition): ((built: Built) => Operator) => {
      const index = this.add(child, pauses);
      return (built) => built[index] as Operator;
    };
    const scope = (child: Scope) => one(child) as (built: Built) => ScopeOperator;
    const holder = (child: ConditionOf<'assigned'>) => one(child) as (built: Built) => Assigned;
    const maybe = (child: Scope | undefined): ((built: Built) => ScopeOperator | undefined) =>
      child ? scope(child) : () => undefined;
    const events = (selector: Selector): ((built: Built) => Matcher) => this.matcher(selector, pauses);

    switch (condition.op) {
      case 'stay':
        return (person) => new StayOperator(person);
      case 'during': {
        const [from, until] = [events(condition.from), events(condition.until)];
        return (p, b) => new During(p, needs, from(b), until(b), condition.within === 'stay');
      }
      case 'assigned':
        return (p) => new Assigned(p, needs, condition.by, condition.until, condition.field);
      case 'unassigned': {
        const assigned = holder({ ...condition, op: 'assigned' });
        return (p, b) => new Unassigned(p, needs, assigned(b));
      }
      case 'running': {
        const [from, until] = [events(condition.from), events(condition.until)];
        return (p, b) => new Running(p, needs, from(b), until(b), condition.days, condition.match);
      }
      case 'latest':
        return (p) => new Latest(p, needs, condition.field, condition.is);
      case 'heldFor': {
        const held = scope(condition.condition);
        return (p, b) => new HeldFor(p, needs, held(b), condition.for, pauses);
      }
      case 'absentFor': {
        const [event, within] = [events(condition.event), scope(condition.within)];
        return (p, b) => new AbsentFor(p, needs, event(b), within(b), condition, pauses);
      }
      case 'seen': {
        const [event, within] = [events(condition.event), scope(condition.within)];
        return (p, b) => new Seen(p, needs, event(b), within(b));
      }
      case 'neverMet': {
        const [task, event] = [holder(condition.holder), events(condition.event)];
        const { field } = condition.holder;
        return (p, b) => new NeverMet(p, needs, task(b), event(b), field, condition.for, pauses);
      }
      case 'unansweredFor':
        return this.unanswered(condition, needs, pauses);
      case 'dueBy': {
        const [event, within] = [events(condition.event), scope(condition.within)];
        return (p, b) => new DueBy(p, needs, event(b), condition.field, condition.otherwise, within(b), pauses);
      }
      case 'countWithin': {
        const [event, within] = [events(condition.event), maybe(condition.within)];
        const { atLeast, window, distinctBy } = condition;
        return (p, b) => new CountWithin(p, needs, event(b), atLeast, window, distinctBy, within(b));
      }
      case 'familiesWithin': {
        const families = Object.values(condition.families).map(events);
        const { atLeast, window } = condition;
        return (p, b) =>
          new FamiliesWithin(
            p,
            needs,
            families.map((family) => family(b)),
            atLeast,
            window,
          );
      }
      case 'countUpToLast': {
        const [event, within] = [events(condition.event), scope(condition.within)];
        return (p, b) => new CountUpToLast(p, needs, event(b), condition.atLeast, condition.window, within(b));
      }
      case 'lastOf': {
        const [event, within] = [events(condition.event), scope(condition.within)];
        const { last, atLeast, where } = condition;
        return (p, b) => new LastOf(p, needs, event(b), last, atLeast, where, within(b));
      }
      case 'sinceRaised': {
        const event = events(condition.event);
        return (p, b) => new SinceRaised(p, needs, event(b), condition.pairWithin);
      }
      case 'all':
      case 'any': {
        const parts = condition.of.map((part) => one(part));
        return (p, b) =>
          new Junction(
            p,
            needs,
            condition.op,
            parts.map((part) => part(b)),
          );
      }
      case 'not': {
        const of = one(condition.of);
        return (_p, b) => new Not(needs, of(b));
      }
    }
  }

  private unanswered(
    condition: ConditionOf<'unansweredFor'>,
    needs: readonly string[],
    pauses: boolean,
  ): Blueprint['build'] {
    const askTypes = this.shared(condition.asks.flatMap(({ event }) => event.map(({ type }) => type)));
    const asks = condition.asks.map((ask) => ({ ...ask, event: this.matcher(ask.event, pauses) }));
    const answer = this.matcher(condition.answer, pauses);
    const within = condition.within ? this.add(condition.within, pauses) : undefined;
    return (person, built) =>
      new UnansweredFor(
        person,
        needs,
        askTypes,
        asks.map((ask) => ({ ...ask, event: ask.event(built) })),
        answer(built),
        condition.atLeast,
        within === undefined ? undefined : (built[within] as ScopeOperator),
        pauses,
      );
  }

  /** One list of event types for all that want the same: they are told apart by identity. */
  private shared(types: readonly string[]): readonly string[] {
    const key = [...types].sort().join(' ');
    const known = this.lists.get(key) ?? types;
    this.lists.set(key, known);
    return known;
  }

  private matcher(selector: Selector, pauses: boolean): (built: Built) => Matcher {
    const asked = new Map<Condition, number>();
    for (const { when } of selector) if (when) asked.set(when, this.add(when, pauses));
    if (asked.size === 0) {
      const shared = Matcher.of(selector, unexpected);
      return () => shared;
    }
    return (built) => Matcher.of(selector, (when) => built[asked.get(when) ?? -1] ?? unexpected());
  }
}

const unexpected = (): never => {
  throw new Error('A pattern asks for a condition that was not compiled.');
};
