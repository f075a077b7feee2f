import type { Condition, ConditionOf, Scope, Selector } from './condition.js';
import { typesHeard, typesNeeded, typesReliedOn } from './event-types.js';
import { sessionsAtOnce, sessionsOfLongDays, shortSessionsInARow } from './held-sessions.js';
import { lengthInHours } from './limit.js';
import { Matcher } from './matcher.js';
import type { Operator, PersonContext, ScopeOperator, StateOperator } from './operator.js';
import { AbsentFor } from './operators/absent-for.js';
import { ArrivalOperator } from './operators/arrival.js';
import { Assigned } from './operators/assigned.js';
import { AwayOperator } from './operators/away.js';
import { CaseloadOperator } from './operators/caseload.js';
import { Junction, Not } from './operators/connectives.js';
import { CountUpToLast } from './operators/count-up-to-last.js';
import { CountWithin } from './operators/count-within.js';
import { CustodyOperator } from './operators/custody.js';
import { DeliveredUnder } from './operators/delivered-under.js';
import { DueBy } from './operators/due-by.js';
import { During } from './operators/during.js';
import { EndedWithin } from './operators/ended-within.js';
import { FamiliesWithin } from './operators/families-within.js';
import { HeldFor } from './operators/held-for.js';
import { LastOf } from './operators/last-of.js';
import { Latest } from './operators/latest.js';
import { MinutesUnder } from './operators/minutes-under.js';
import { NeverMet } from './operators/never-met.js';
import { NeverSeenRising } from './operators/never-seen-rising.js';
import { NoneWithin } from './operators/none-within.js';
import { NotPast } from './operators/not-past.js';
import { Running } from './operators/running.js';
import { Seen } from './operators/seen.js';
import { SessionsHeld } from './operators/sessions-held.js';
import { SilentOperator } from './operators/silent.js';
import { SinceRaised } from './operators/since-raised.js';
import { PresenceOperator } from './operators/presence.js';
import { StayOperator } from './operators/stay.js';
import { Unassigned } from './operators/unassigned.js';
import { UnansweredFor } from './operators/unanswered-for.js';

/** How to build one operator for a person, the event types that it hears, and those that its truth may depend on. */
export interface Blueprint {
  readonly hears: readonly string[];
  readonly needs: readonly string[];
  readonly build: (person: PersonContext) => Operator;
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
    const opening = (rule: string): Condition => this.openingOf(rule).condition;
    const needs = this.shared(typesNeeded(condition, opening));
    const build = this.plan(condition, pauses, this.shared(typesReliedOn(condition, opening)));
    const index = this.blueprints.push({ hears: typesHeard(condition), needs, build }) - 1;
    this.indexOf.set(key, index);
    return index;
  }

  private plan(
    condition: Exclude<Condition, { op: 'rule' }>,
    pauses: boolean,
    needs: readonly string[],
  ): Blueprint['build'] {
    const one = (child: Condition): ((person: PersonContext) => Operator) => {
      const place = this.add(child, pauses);
      return (person) => person.operator(place);
    };
    const scope = (child: Scope) => one(child) as (person: PersonContext) => ScopeOperator;
    const holder = (child: ConditionOf<'assigned'>) => one(child) as (person: PersonContext) => Assigned;
    const maybe = (child: Scope | undefined): ((person: PersonContext) => ScopeOperator | undefined) =>
      child ? scope(child) : () => undefined;
    const events = (selector: Selector): Matcher => this.matcher(selector, pauses);

    switch (condition.op) {
      case 'stay':
        return (person) => new StayOperator(person);
      case 'arrival':
        return (person) => new ArrivalOperator(person);
      case 'custody':
        return (person) => new CustodyOperator(person, condition.days);
      case 'presence':
        return (person) => new PresenceOperator(person);
      case 'silent':
        return (person) => new SilentOperator(person, needs);
      case 'away':
        return (person) => new AwayOperator(person, needs, condition.reasons);
      case 'during': {
        const { inferred, each, within } = condition;
        const course = {
          from: events(condition.from),
          until: events(condition.until),
          inferred: inferred && { from: events(inferred.from), until: events(inferred.until) },
          each,
          within,
          fromArrival: isFromArrival(condition),
        };
        return (person) => new During(person, needs, course);
      }
      case 'assigned':
        return (person) => new Assigned(person, needs, condition.by, condition.until, condition.field);
      case 'unassigned': {
        const assigned = holder({ ...condition, op: 'assigned' });
        return (person) => new Unassigned(person, needs, assigned(person));
      }
      case 'running': {
        const [from, until] = [events(condition.from), events(condition.until)];
        return (person) => new Running(person, needs, from, until, condition);
      }
      case 'latest': {
        const within = maybe(condition.within);
        return (person) => new Latest(person, needs, condition.field, condition.is, within(person));
      }
      case 'heldFor': {
        const held = scope(condition.condition);
        return (person) => new HeldFor(person, needs, held(person), condition.for, pauses);
      }
      case 'absentFor': {
        const [event, within] = [events(condition.event), scope(condition.within)];
        return (person) => new AbsentFor(person, needs, event, within(person), condition, pauses);
      }
      case 'seen': {
        const [event, within] = [events(condition.event), scope(condition.within)];
        const sinceLast = condition.sinceLast && events(condition.sinceLast);
        return (person) => new Seen(person, needs, event, within(person), sinceLast);
      }
      case 'neverMet': {
        const [task, event] = [holder(condition.holder), events(condition.event)];
        const { field } = condition.holder;
        return (person) => new NeverMet(person, needs, task(person), event, field, condition.for, pauses);
      }
      case 'unansweredFor':
        return this.unanswered(condition, needs, pauses);
      case 'dueBy': {
        const [event, within] = [events(condition.event), scope(condition.within)];
        return (person) => new DueBy(person, needs, event, condition.field, condition, within(person), pauses);
      }
      case 'notPast': {
        const event = events(condition.event);
        return (person) => new NotPast(person, needs, event, condition.field);
      }
      case 'countWithin': {
        const { atLeast, window, distinctBy, otherThan } = condition;
        const [event, within] = [events(condition.event), maybe(condition.within)];
        const of = otherThan && (one(otherThan.of) as (person: PersonContext) => Running);
        return (person) =>
          new CountWithin(person, needs, event, atLeast, window, {
            distinctBy,
            within: within(person),
            otherThan: otherThan && of && { field: otherThan.field, of: of(person) },
          });
      }
      case 'noneWithin': {
        const event = events(condition.event);
        return (person) => new NoneWithin(person, needs, event, condition.window);
      }
      case 'endedWithin': {
        const state = one(condition.condition) as (person: PersonContext) => StateOperator;
        const until = events(condition.condition.until);
        return (person) => new EndedWithin(person, needs, state(person), until, condition.window);
      }
      case 'familiesWithin': {
        const families = Object.entries(condition.families).map(([name, event]) => ({ name, event: events(event) }));
        return (person) => new FamiliesWithin(person, needs, families, condition.atLeast, condition.window);
      }
      case 'countUpToLast': {
        const [event, within] = [events(condition.event), scope(condition.within)];
        const { atLeast, window } = condition;
        return (person) => new CountUpToLast(person, needs, event, atLeast, window, within(person));
      }
      case 'lastOf': {
        const [event, within] = [events(condition.event), scope(condition.within)];
        const { last, atLeast, where } = condition;
        return (person) => new LastOf(person, needs, event, last, atLeast, where, within(person));
      }
      case 'minutesUnder': {
        const event = events(condition.event);
        return (person) => new MinutesUnder(person, needs, event, condition);
      }
      case 'caseload':
        return (person) => new CaseloadOperator(person, needs, condition);
      case 'sessionsAtOnce': {
        const { op, window } = condition;
        return (person) => new SessionsHeld(person, needs, op, window, sessionsAtOnce);
      }
      case 'sessionTime': {
        const { op, window, above } = condition;
        return (person) =>
          new SessionsHeld(person, needs, op, window, (sessions) =>
            sessionsOfLongDays(sessions, lengthInHours(above), person.days),
          );
      }
      case 'shortSessions': {
        const { op, window, under, inARow } = condition;
        return (person) =>
          new SessionsHeld(person, needs, op, window, (sessions) =>
            shortSessionsInARow(sessions, lengthInHours(under), inARow),
          );
      }
      case 'deliveredUnder':
        return (prison) => new DeliveredUnder(prison, needs, condition);
      case 'neverSeenRising':
        return (prison) => new NeverSeenRising(prison, needs, condition.weeks);
      case 'sinceRaised': {
        const event = events(condition.event);
        return (person) => new SinceRaised(person, needs, event, condition.pairWithin);
      }
      case 'all':
      case 'any': {
        const parts = condition.of.map((part) => this.add(part, pauses));
        return (person) => new Junction(person, needs, condition.op, parts);
      }
      case 'not': {
        const of = one(condition.of);
        return (person) => new Not(needs, of(person));
      }
    }
  }

  private unanswered(
    condition: ConditionOf<'unansweredFor'>,
    needs: readonly string[],
    pauses: boolean,
  ): Blueprint['build'] {
    const { atLeast, elsewhere } = condition;
    const place = (child: Condition | undefined) => child && this.add(child, pauses);
    const askTypes = this.shared(condition.asks.flatMap(({ event }) => event.map(({ type }) => type)));
    const asks = condition.asks.map((ask) => ({
      event: this.matcher(ask.event, pauses),
      for: ask.for,
      while: place(ask.while),
    }));
    const answer = this.matcher(condition.answer, pauses);
    const within = place(condition.within);
    const stay = elsewhere === undefined ? undefined : this.add({ op: 'stay' }, pauses);
    return (person) => {
      const scope = (at: number) => person.operator(at) as ScopeOperator;
      const reach = {
        within: within === undefined ? undefined : scope(within),
        elsewhere: elsewhere === undefined || stay === undefined ? undefined : { stay: scope(stay), days: elsewhere },
      };
      return new UnansweredFor(person, needs, askTypes, asks, answer, atLeast, reach, pauses);
    };
  }

  /** Equal lists of event types become one list: lists are compared by identity. */
  private shared(types: readonly string[]): readonly string[] {
    const key = [...types].sort().join(' ');
    const known = this.lists.get(key) ?? types;
    this.lists.set(key, known);
    return known;
  }

  private matcher(selector: Selector, pauses: boolean): Matcher {
    const place = (condition: Condition | undefined) => condition && this.add(condition, pauses);
    return new Matcher(
      selector.map(({ type, where, here, when, starts, ends }) => ({
        type,
        where,
        ...(here && { here }),
        when: place(when),
        starts: place(starts),
        ends: place(ends),
      })),
    );
  }
}

/** Whether a state begins only with the arrival: then it covers the whole stay, with what was typed before the arrival. */
const isFromArrival = ({ from, inferred, within }: ConditionOf<'during'>): boolean =>
  within === 'stay' && !inferred && from.length > 0 && from.every(({ starts }) => starts?.op === 'arrival');
