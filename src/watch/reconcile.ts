import { toIso, type Instant } from '../kernel/instant.js';
import type { LocalDays } from '../kernel/local-days.js';
import type { Watchlist } from '../kernel/watchlist.js';
import type { AlertSummary } from '../safety-alerts/alert-summary.js';
import type { WatchCommand } from '../safety-alerts/safety-alert-commands.js';
import type { Position } from '../store/event-store.js';
import { commandOf } from './decision.js';

interface Moment {
  readonly present: Instant;
  readonly decidedOn: Position;
  readonly days: LocalDays;
}

/**
 * The difference between what should be open and what is, as commands (architecture, decision 1): changed rules, alerts
 * lost or left over, all heal the same way. Alerts that are as they should be give none.
 * @param alerts every alert there is, open and closed
 */
export const differences = (people: Watchlist, alerts: readonly AlertSummary[], moment: Moment): WatchCommand[] => {
  const latest = new Map<string, AlertSummary>();
  for (const alert of alerts) {
    const known = latest.get(keyOf(alert.rule, alert.prisonNumber));
    if (!known || alert.raisedAt >= known.raisedAt) latest.set(keyOf(alert.rule, alert.prisonNumber), alert);
  }
  const leftOver = new Map([...latest].filter(([, { closedAt }]) => closedAt === undefined));
  const commands: WatchCommand[] = [];
  for (const [prisonNumber, person] of people.everybody()) {
    for (const transition of person.standing(moment.present)) {
      const alert = latest.get(keyOf(transition.rule.id, prisonNumber));
      leftOver.delete(keyOf(transition.rule.id, prisonNumber));
      if (alert && alert.closedAt === undefined && alert.severity === transition.severity) continue;
      // Its true instant, unless the alert has gone on since then.
      const at = alert ? moment.present : transition.at;
      commands.push(commandOf(prisonNumber, { ...transition, at }, moment.decidedOn, moment.days));
    }
  }
  return [...commands, ...[...leftOver.values()].map((alert) => noLongerAsked(alert, moment))];
};

const keyOf = (rule: string, prisonNumber: string): string => `${rule} ${prisonNumber}`;

const noLongerAsked = (alert: AlertSummary, { present, decidedOn }: Moment): WatchCommand => ({
  type: 'SetLevel',
  rule: alert.rule,
  ruleVersion: alert.ruleVersion,
  prisonNumber: alert.prisonNumber,
  prisonId: alert.prisonId,
  at: toIso(present),
  decidedOn,
  level: 'none',
  outcome: 'rule-changed',
  reason: 'The rules as they are now do not ask for this safety alert.',
  why: {},
  evidence: [],
});
