import { toIso } from '../prison/instant.js';
import type { LocalDays } from '../prison/local-days.js';
import { findingsOf } from '../kernel/say/findings.js';
import { sayWhy } from '../kernel/say/say-why.js';
import { whyTree } from '../kernel/say/why-tree.js';
import type { Transition } from '../kernel/transition.js';
import type { WatchCommand } from '../safety-alerts/alert/safety-alert-commands.js';
import type { Json, Position } from '../store/event-store.js';

/** What was expected, by when, and what was seen: for people first, then the tree that a checker can follow. */
const whyOf = (transition: Transition): Json => {
  const { rule, because, evidence } = transition;
  const { due } = findingsOf(transition);
  return {
    expected: rule.closesOn,
    ...(due !== undefined && { by: toIso(due) }),
    seen: evidence.map(({ id, type, at: occurredAt }) => ({ id, type, occurredAt: toIso(occurredAt) })),
    tree: whyTree(because),
  };
};

/** What the kernel decided about a person, as a command to the alert. `decidedOn` is the last event that it rests on. */
export const commandOf = (
  prisonNumber: string,
  transition: Transition,
  decidedOn: Position,
  days: LocalDays,
): WatchCommand => {
  const { rule, outcome, severity, prisonId } = transition;
  const evidence = transition.evidence.map(({ id }) => id);
  const moment = { rule: rule.id, prisonNumber, at: toIso(transition.at), decidedOn };
  const reason = sayWhy(transition, days);
  const grounds = { reason, why: whyOf(transition), evidence };
  const about = { type: 'SetLevel', ...moment, ruleVersion: rule.version, prisonId, ...grounds } as const;
  if (transition.transition === 'repeated') {
    return { type: 'Repeat', ...moment, reason, evidence, anew: { ...about, level: severity } };
  }
  return outcome === null ? { ...about, level: severity } : { ...about, level: 'none', outcome };
};
