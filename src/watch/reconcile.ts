import { toIso, type Instant } from '../prison/instant.js';
import type { LocalDays } from '../prison/local-days.js';
import type { Person } from '../kernel/person.js';
import type { Transition } from '../kernel/transition.js';
import type { Watchlist } from '../kernel/watchlist.js';
import type { AlertSummary } from '../safety-alerts/list/alert-summary.js';
import type { WatchCommand } from '../safety-alerts/alert/safety-alert-commands.js';
import type { Position } from '../store/event-store.js';
import { commandOf } from './decision.js';

interface ReconcileMoment {
  readonly present: Instant;
  /** What fell due by then was decided before this start: where it comes out otherwise now, the rules were other ones. */
  readonly decidedUntil: Instant;
  readonly decidedOn: Position;
  readonly days: LocalDays;
}

/** The people who are watched, and each of them in full. */
export interface WatchedPeople {
  readonly people: Pick<Watchlist, 'everybody'>;
  readonly inFull: (prisonNumber: string) => Promise<Person | undefined>;
}

/**
 * The difference between what should be open and what is, as commands (decision 0003): changed rules, alerts lost or
 * left over, all heal the same way. Alerts that are as they should be need none.
 * @param alerts every alert of the people who are watched, open and closed
 */
export const differences = async (
  { people, inFull }: WatchedPeople,
  alerts: readonly AlertSummary[],
  moment: ReconcileMoment,
): Promise<WatchCommand[]> => {
  const latest = latestOf(alerts);
  // An alert that was closed by hand has to be told when what it is about ends.
  const leftOver = new Map([...latest].filter(([, { closedAt, stillTrue }]) => closedAt === undefined || stillTrue));
  const commands: WatchCommand[] = [];
  for (const [prisonNumber, { open }] of people.everybody()) {
    const toRaise = new Set<string>();
    for (const [rule, { severity }] of open) {
      const alert = latest.get(keyOf(rule, prisonNumber));
      leftOver.delete(keyOf(rule, prisonNumber));
      if (alert?.closedAt !== undefined || alert?.severity !== severity) toRaise.add(rule);
    }
    if (toRaise.size === 0) continue;
    for (const transition of (await inFull(prisonNumber))?.standing(moment.present) ?? []) {
      if (!toRaise.has(transition.rule.id)) continue;
      const goneOn = latest.has(keyOf(transition.rule.id, prisonNumber));
      commands.push(
        goneOn || transition.at <= moment.decidedUntil
          ? late(prisonNumber, transition, moment)
          : inTime(prisonNumber, transition, moment),
      );
    }
  }
  return [...commands, ...[...leftOver.values()].map((alert) => noLongerAsked(alert, moment))];
};

/** With the instant at which it became true. */
const inTime = (prisonNumber: string, transition: Transition, { decidedOn, days }: ReconcileMoment): WatchCommand =>
  commandOf(prisonNumber, transition, decidedOn, days);

/** Nobody was told at that time, and later decisions stand: so it is raised now, and says since when it has been true. */
const late = (
  prisonNumber: string,
  transition: Transition,
  { present, decidedOn, days }: ReconcileMoment,
): WatchCommand => {
  const command = commandOf(prisonNumber, { ...transition, at: present }, decidedOn, days);
  return command.type === 'SetLevel' ? { ...command, trueSince: toIso(transition.at) } : command;
};

const latestOf = (alerts: readonly AlertSummary[]): Map<string, AlertSummary> => {
  const latest = new Map<string, AlertSummary>();
  for (const alert of alerts) {
    const key = keyOf(alert.rule, alert.prisonNumber);
    const known = latest.get(key);
    if (!known || alert.raisedAt >= known.raisedAt) latest.set(key, alert);
  }
  return latest;
};

const keyOf = (rule: string, prisonNumber: string): string => `${rule} ${prisonNumber}`;

const noLongerAsked = (alert: AlertSummary, { present, decidedOn }: ReconcileMoment): WatchCommand => ({
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
