import type { Condition, ConditionOf, Scope, Selector } from './condition.js';
import { typesHeard, typesNeeded } from './event-types.js';
import { Matcher } from './matcher.js';
import type { Operator, PersonContext, ScopeOperator, StateOperator } from './operator.js';
import { AbsentFor } from './operators/absent-for.js';
import { ArrivalOperator } from './operators/arrival.js';
import { Assigned } from './operators/assigned.js';
import { AwayOperator } from './operators/away.js';
import { Junction, Not } from './operators/connectives.js';
import { CountUpToLast } from './operators/count-up-to-last.js';
import { CountWithin } from './operators/count-within.js';
import { CustodyOperator } from './operators/custody.js';
import { DueBy } from './operators/due-by.js';
import { During } from './operators/during.js';
import { EndedWithin } from './operators/ended-within.js';
import { FamiliesWithin } from './operators/families-within.js';
import { HeldFor } from './operators/held-for.js';
import { LastOf } from './operators/last-of.js';
import { Latest } from './operators/latest.js';
import { NeverMet } from './operators/never-met.js';
import { NoneWithin } from './operators/none-within.js';
import { Running } from './operators/running.js';
import { Seen } from './operators/seen.js';
import { SinceRaised } from './operators/since-raised.js';
import { PresenceOperator } from './operators/presence.js';
import { StayOperator } from './operators/stay.js';
import { Unassigned } from './operators/unassigned.js';
import { UnansweredFor } from './operators/unanswered-for.js';

/** The operators built so far for one person: children come before those that ask them. */
export type BuiltOperators = readonly Operator[];

/** How to build one operator for a person, the event types that it hears, and those that its truth may depend on. */
export interface Blueprint {
  readonly hears: readonly string[];
  readonly needs: readonly string[];
  readonly build: (person: PersonContext, built: BuiltOperators) => Operator;
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
    const one = (child: Condition): ((built: BuiltOperators) => Operator) => {
      const index = this.add(child, pauses);
      return (built) => built[index] as Operator;
    };
    const scope = (child: Scope) => one(child) as (built: BuiltOperators) => ScopeOperator;
    const holder = (child: ConditionOf<'assigned'>) => one(child) as (built: BuiltOperators) => Assigned;
    const maybe = (child: Scope | undefined): ((built: BuiltOperators) => ScopeOperator | undefined) =>
      child ? scope(child) : () => undefined;
    const events = (selector: Selector): ((person: PersonContext, built: BuiltOperators) => Matcher) =>
      this.matcher(selector, pauses);

    switch (condition.op) {
      case 'stay':
        return (person) => new StayOperator(person);
      case 'arrival':
        return (person) => new ArrivalOperator(person);
      case 'custody':
        return (person) => new CustodyOperator(person, condition.days);
      case 'presence':
        return (person) => new PresenceOperator(person);
      case 'away':
        return (person) => new AwayOperator(person, condition.reasons);
      case 'during': {
        const { inferred, each, within } = condition;
        const [from, until] = [events(condition.from), events(condition.until)];
        const [infer, inferEnd] = [events(inferred?.from ?? []), events(inferred?.until ?? [])];
        return (p, b) =>
          new During(p, needs, {
            from: from(p, b),
            until: until(p, b),
            each,
            within,
            fromArrival: isFromArrival(condition),
            ...(inferred && { inferred: { from: infer(p, b), until: inferEnd(p, b) } }),
          });
      }
      case 'assigned':
        return (p) => new Assigned(p, needs, condition.by, condition.until, condition.field);
      case 'unassigned': {
        const assigned = holder({ ...condition, op: 'assigned' });
        return (p, b) => new Unassigned(p, needs, assigned(b));
      }
      case 'running': {
        const [from, until] = [events(condition.from), events(condition.until)];
        return (p, b) => new Running(p, needs, from(p, b), until(p, b), condition);
      }
      case 'latest': {
        const within = maybe(condition.within);
        return (p, b) => new Latest(p, needs, condition.field, condition.is, within(b));
      }
      case 'heldFor': {
        const held = scope(condition.condition);
        return (p, b) => new HeldFor(p, needs, held(b), condition.for, pauses);
      }
      case 'absentFor': {
        const [event, within] = [events(condition.event), scope(condition.within)];
        return (p, b) => new AbsentFor(p, needs, event(p, b), within(b), condition, pauses);
      }
      case 'seen': {
        const [event, within] = [events(condition.event), scope(condition.within)];
        const sinceLast = condition.sinceLast && events(condition.sinceLast);
        return (p, b) => new Seen(p, needs, event(p, b), within(b), sinceLast?.(p, b));
      }
      case 'neverMet': {
        const [task, event] = [holder(condition.holder), events(condition.event)];
        const { field } = condition.holder;
        return (p, b) => new NeverMet(p, needs, task(b), event(p, b), field, condition.for, pauses);
      }
      case 'unansweredFor':
        return this.unanswered(condition, needs, pauses);
      case 'dueBy': {
        const [event, within] = [events(condition.event), scope(condition.within)];
        return (p, b) => new DueBy(p, needs, event(p, b), condition.field, condition, within(b), pauses);
      }
      case 'countWithin':
        return this.counted(condition, needs, pauses);
      case 'noneWithin': {
        const event = events(condition.event);
        return (p, b) => new NoneWithin(p, needs, event(p, b), condition.window);
      }
      case 'endedWithin': {
        const state = one(condition.condition) as (built: BuiltOperators) => StateOperator;
        const until = events(condition.condition.until);
        return (p, b) => new EndedWithin(p, needs, state(b), until(p, b), condition.window);
      }
      case 'familiesWithin': {
        const families = Object.entries(condition.families).map(([name, event]) => [name, events(event)] as const);
        const { atLeast, window } = condition;
        return (p, b) => {
          const live = Object.fromEntries(families.map(([name, event]) => [name, event(p, b)]));
          return new FamiliesWithin(p, needs, live, atLeast, window);
        };
      }
      case 'countUpToLast': {
        const [event, within] = [events(condition.event), scope(condition.within)];
        return (p, b) => new CountUpToLast(p, needs, event(p, b), condition.atLeast, condition.window, within(b));
      }
      case 'lastOf': {
        const [event, within] = [events(condition.event), scope(condition.within)];
        const { last, atLeast, where } = condition;
        return (p, b) => new LastOf(p, needs, event(p, b), last, atLeast, where, within(b));
      }
      case 'sinceRaised': {
        const event = events(condition.event);
        return (p, b) => new SinceRaised(p, needs, event(p, b), condition.pairWithin);
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

  private counted(
    condition: ConditionOf<'countWithin'>,
    needs: readonly string[],
    pauses: boolean,
  ): Blueprint['build'] {
    const { atLeast, window, distinctBy, otherThan } = condition;
    const event = this.matcher(condition.event, pauses);
    const within = condition.within && this.add(condition.within, pauses);
    const of = otherThan && this.add(otherThan.of, pauses);
    return (person, built) =>
      new CountWithin(person, needs, event(person, built), atLeast, window, {
        distinctBy,
        within: within === undefined ? undefined : (built[within] as ScopeOperator),
        otherThan: otherThan && of !== undefined ? { field: otherThan.field, of: built[of] as Running } : undefined,
      });
  }

  private unanswered(
    condition: ConditionOf<'unansweredFor'>,
    needs: readonly string[],
    pauses: boolean,
  ): Blueprint['build'] {
    const askTypes = this.shared(condition.asks.flatMap(({ event }) => event.map(({ type }) => type)));
    const asks = condition.asks.map((ask) => ({
      event: this.matcher(ask.event, pauses),
      for: ask.for,
      provided: ask.while && this.add(ask.while, pauses),
    }));
    const answer = this.matcher(condition.answer, pauses);
    const within = condition.within && this.add(condition.within, pauses);
    const { atLeast, elsewhere } = condition;
    const stay = elsewhere === undefined ? undefined : this.add({ op: 'stay' }, pauses);
    return (person, built) => {
      const at = (index: number | undefined): Operator | undefined => (index === undefined ? undefined : built[index]);
      const live = asks.map((ask) => ({ event: ask.event(person, built), for: ask.for, while: at(ask.provided) }));
      return new UnansweredFor(
        person,
        needs,
        askTypes,
        live,
        answer(person, built),
        atLeast,
        {
          within: at(within) as ScopeOperator | undefined,
          ...(elsewhere !== undefined && { elsewhere: { stay: at(stay) as ScopeOperator, days: elsewhere } }),
        },
        pauses,
      );
    };
  }

  /** Equal lists of event types become one list: lists are compared by identity. */
  private shared(types: readonly string[]): readonly string[] {
    const key = [...types].sort().join(' ');
    const known = this.lists.get(key) ?? types;
    this.lists.set(key, known);
    return known;
  }

  private matcher(selector: Selector, pauses: boolean): (person: PersonContext, built: BuiltOperators) => Matcher {
    const place = (condition: Condition | undefined) => condition && this.add(condition, pauses);
    const patterns = selector.map(({ type, where, here, when, starts, ends }) => ({
      type,
      where,
      ...(here && { here }),
      when: place(when),
      starts: place(starts),
      ends: place(ends),
    }));
    if (selector.some(({ here, when, starts, ends }) => here ?? when ?? starts ?? ends)) {
      return ({ movements }, operators) => new Matcher(patterns, { operators, movements });
    }
    const shared = new Matcher(patterns);
    return () => shared;
  }
}

/** Whether a state begins only with the arrival: then it covers the whole stay, with what was typed before the arrival. */
const isFromArrival = ({ from, inferred, within }: ConditionOf<'during'>): boolean =>
  within === 'stay' && !inferred && from.length > 0 && from.every(({ starts }) => starts?.op === 'arrival');
