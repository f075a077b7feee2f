import type { Condition, Selector } from '../condition.js';
import type { Instant } from '../../prison/instant.js';
import type { LocalDays } from '../../prison/local-days.js';
import { carries } from '../matcher.js';
import type { Occurrence } from '../occurrence.js';
import type { Truth } from '../truth.js';
import { whereabouts, type Whereabouts } from './whereabouts.js';

/** What is known of a person, looked at from one instant. */
export interface Situation extends Whereabouts {
  readonly t: Instant;
  /** All that stands and has happened by `t`, in the order it happened. */
  readonly events: readonly Occurrence[];
  readonly days: LocalDays;
  /** Limits wait for people who are away. */
  readonly pauses: boolean;
  /** From when "since" counts in the closing condition of a latched rule. */
  readonly raisedAt?: Instant | undefined;
  /** The event types whose source has gone quiet. */
  readonly silent: ReadonlySet<string>;
  /** What has to hold for the alert of the rule with this id to open. */
  readonly openingOf: (id: string) => { readonly condition: Condition; readonly pauses: boolean };
  /** The truth of a condition in a situation. */
  readonly truthOf: (condition: Condition, situation: Situation) => Truth;
  /** What {@link meant} found in these events: it does not change while only time goes by. */
  readonly found: Map<Selector, readonly Occurrence[]>;
}

/** The situation at another instant, with the same knowledge: what happens later has not happened yet. */
export const lookedAtFrom = (t: Instant, situation: Situation): Situation => {
  if ((situation.events.at(-1)?.at ?? t) <= t) return { ...situation, t };
  const events = situation.events.filter(({ at }) => at <= t);
  return { ...situation, ...whereabouts(events), t, events, found: new Map() };
};

/** The events that a selector means: of its type, carrying what it asks, and with its `when` true just before them. */
export const meant = (selector: Selector, situation: Situation): readonly Occurrence[] => {
  const known = situation.found.get(selector);
  if (known) return known;
  const found = situation.events.filter((event, index) =>
    selector.some(
      ({ type, where, when }) =>
        type === event.type &&
        carries(event, where) &&
        (!when || situation.truthOf(when, justBefore(index, situation)) === true),
    ),
  );
  situation.found.set(selector, found);
  return found;
};

/** As things stood when the event had not happened yet; where it begins a stay, in that stay. */
const justBefore = (index: number, situation: Situation): Situation => {
  const event = situation.events[index];
  const upToIt = whereabouts(situation.events.slice(0, index + 1));
  return {
    ...situation,
    ...upToIt,
    thisStay: upToIt.thisStay.filter((other) => other !== event),
    t: event?.at ?? situation.t,
    events: situation.events.slice(0, index),
    raisedAt: undefined,
    found: new Map(),
  };
};
