import type { Instant } from '../../prison/instant.js';
import type { Evidence } from '../evidence.js';
import { plural } from '../limit.js';
import type { LocalDays } from '../../prison/local-days.js';
import type { Rule } from '../rule.js';
import type { Transition } from '../transition.js';
import { findingsOf, type Findings } from './findings.js';
import { join } from './join.js';
import { fill, type Placeholder } from './placeholders.js';
import { sayRole } from './roles.js';
import { sayClose } from './say-close.js';
import { phraseOf } from './say-events.js';
import { sayLatch } from './say-latch.js';
import { sayDueOf, sayEvents } from './say-when.js';
import { sayFamily, sayLeaving } from './phrases.js';

/**
 * Why an alert changed, in one plain English sentence; while it is open, also who should act. Days and times are local.
 * It names events by their kind, and the key worker by staff id; never the person: no names, no numbers, no free text.
 */
export const sayWhy = (transition: Transition, days: LocalDays): string => {
  switch (transition.transition) {
    case 'raised':
    case 'escalated':
      return sayOpening(transition, days);
    case 'repeated':
      return `${sayRepeat(transition.rule)}: ${sayEvents(transition.evidence, (at) => sayWhen(at, transition.rule, days))}.`;
    case 'resolved':
    case 'expired':
      return sayClose(transition, days);
  }
};

const sayRepeat = ({ repeats }: Rule): string =>
  repeats.some(({ op }) => op === 'familiesWithin') ? 'A further sign of risk' : 'Another event waits for an answer';

const sayOpening = (transition: Transition, days: LocalDays): string =>
  [sayCause(transition, days), ...sayActors(transition)].join(' ');

/**
 * The rule's own words. A latched alert may outlive what they say; where that cannot be known, only the rule's name is
 * said.
 */
const sayCause = (transition: Transition, days: LocalDays): string => {
  const { rule, because, latch } = transition;
  if (because.holds === false && latch) return sayLatch(rule, latch, days);
  const found = because.holds === true ? findingsOf(transition) : undefined;
  const text = found && fill(rule.why, (placeholder) => sayFinding(placeholder, found, transition, days));
  return text ?? `${rule.name}.`;
};

/** Who should act, the first of them first. */
const sayActors = ({ rule, holders, tells = rule.tells }: Transition): string[] => {
  if (tells.length === 0) return [];
  const actors = tells.map((role) => {
    const held = holders?.get(role);
    return held ? `${sayRole(role)} ${sayHolder(held) ?? '(none is allocated)'}` : sayRole(role);
  });
  return [`To act: ${actors.join(', ')}.`];
};

/** Who has a task now, by staff id. */
const sayHolder = ({ holds, cites }: Evidence): string | undefined => {
  const staffId = holds === true ? cites[0]?.data['staffId'] : undefined;
  return typeof staffId === 'string' ? staffId : undefined;
};

const sayFinding = (
  placeholder: Placeholder,
  found: Findings,
  { at, rule }: Transition,
  days: LocalDays,
): string | undefined => {
  const { counted, count, expected, capacity, families, grounds, missing, since, left } = found;
  const from = counted.at(-1)?.at ?? since;
  switch (placeholder) {
    case 'first':
      return counted[0] && sayWhen(counted[0].at, rule, days);
    case 'last':
      return counted.length > 0 ? sayWhen(counted.at(-1)?.at ?? at, rule, days) : undefined;
    case 'events':
      return counted.length > 0 ? sayEvents(counted, (one) => sayWhen(one, rule, days)) : undefined;
    case 'count':
      return count === undefined ? undefined : String(count);
    case 'expected':
      return expected === undefined ? undefined : String(Math.round(expected * 10) / 10);
    case 'capacity':
      return capacity === undefined ? undefined : String(capacity);
    case 'families':
      return families && join(families.map(sayFamily), 'and');
    case 'grounds':
      return grounds.length > 0 ? sayEvents(grounds, (one) => sayWhen(one, rule, days)) : undefined;
    case 'missing':
      return missing.length > 0 ? join(missing.map(sayMissing), 'and') : undefined;
    case 'left':
      return left && `${sayLeaving(left.data['reason'])} on ${sayWhen(left.at, rule, days)}`;
    case 'since':
      return since === undefined ? undefined : sayWhen(since, rule, days);
    case 'due':
      return sayDueOf(found, days);
    case 'days':
      return from === undefined ? undefined : plural(days.dayOf(at) - days.dayOf(from), 'day');
    case 'at':
      return days.sayInstant(at);
  }
};

const sayMissing = (kinds: Findings['missing'][number]): string =>
  `no ${join(
    kinds.map((kind) => phraseOf(kind).one),
    'or',
  )}`;

/** With the time of day where the rule counts hours. */
const sayWhen = (instant: Instant, rule: Rule, days: LocalDays): string =>
  countsHours(rule) ? days.sayInstant(instant) : days.sayDay(instant);

const hourly = new WeakMap<Rule, boolean>();

const countsHours = (rule: Rule): boolean => {
  const known = hourly.get(rule) ?? JSON.stringify(rule.steps).includes('"kind":"hours"');
  hourly.set(rule, known);
  return known;
};
