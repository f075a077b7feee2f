import { aboutOf } from '../prison/alert-subject.js';
import { toIso, type Instant } from '../prison/instant.js';
import type { Rule } from '../kernel/rule.js';
import type { SafetyAlertEvent } from '../safety-alerts/alert/safety-alert-events.js';
import { Lapses } from '../safety-alerts/alert/terms.js';
import type { AlertSummary } from '../safety-alerts/list/alert-summary.js';
import type { Occurrence } from '../kernel/occurrence.js';
import { namedEvents } from './named-events.js';
import { comesBack } from './reminders.js';
import type { Difference } from './verify.js';

/** What the watch brought back to triage, and the alert as it was before. `at` is ISO in UTC. */
export interface Comeback {
  readonly before: AlertSummary;
  readonly at: string;
  /** The terms by which it was decided. */
  readonly lapses: Lapses;
}

/** What the watch brought back with an event; nothing for events that bring nothing back, and for what people did. */
export const comebackOf = (before: AlertSummary, { type, data }: SafetyAlertEvent): Comeback | undefined => {
  const { at } = data;
  if (type === 'SafetyAlertReopened') return 'by' in data ? undefined : { before, at, lapses: new Lapses() };
  if (type !== 'SafetyAlertAcknowledgementLapsed') return undefined;
  const { term } = data;
  return { before, at, lapses: new Lapses({ LOW: term, MEDIUM: term, HIGH: term, CRITICAL: term }) };
};

export interface ComebackSources {
  readonly rules: readonly Rule[];
  readonly lapses: Lapses;
  /** As far as the watch had come. */
  readonly until: Instant;
}

/**
 * How the comebacks about one person differ from what should have come back: what should be back by now and is not, and
 * what came back at another instant. The latter only while the rule is still the one by which it was decided.
 */
export const missedComebacks = (
  alerts: readonly AlertSummary[],
  comebacks: readonly Comeback[],
  known: { readonly history: readonly Occurrence[]; readonly knownAt: (event: Occurrence) => Instant },
  { rules, lapses, until }: ComebackSources,
): Difference[] => {
  const isNamed = namedEvents(rules);
  const recordingsOf = ({ rule }: AlertSummary): Instant[] =>
    known.history.filter((event) => isNamed(rule, event)).map(known.knownAt);
  const missing = alerts.flatMap((alert) => {
    const due = comesBack(alert, lapses, recordingsOf(alert));
    return due > until ? [] : [finding('missing', alert, toIso(due), null)];
  });
  const wrong = comebacks
    .filter(({ before }) => isSameRule(before, rules))
    .flatMap(({ before, at, lapses: by }) => {
      const due = toIso(comesBack(before, by, recordingsOf(before)));
      return due === at ? [] : [finding('wrongTime', before, due, at)];
    });
  return [...missing, ...wrong];
};

const isSameRule = ({ rule, ruleVersion }: AlertSummary, rules: readonly Rule[]): boolean =>
  rules.some(({ id, version }) => id === rule && version === ruleVersion);

const finding = (
  kind: Difference['kind'],
  alert: AlertSummary,
  expected: string,
  found: string | null,
): Difference => ({
  kind,
  about: alert.state === 'ACKNOWLEDGED' ? 'lapse' : 'reopening',
  rule: alert.rule,
  prisonNumber: aboutOf(alert),
  expected,
  found,
});
