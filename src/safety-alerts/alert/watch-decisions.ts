import { aboutIn } from '../../prison/alert-subject.js';
import type { Instant } from '../../prison/instant.js';
import type { DecisionMoment, Move, Remind, Repeat, SetLevel, WatchCommand } from './safety-alert-commands.js';
import type { SafetyAlertEvent } from './safety-alert-events.js';
import {
  type ComparePositions,
  isOpen,
  type OpenAlert,
  type Policy,
  type SafetyAlert,
  stillTrue,
} from './safety-alert-state.js';
import { alertIdOf, alertStreamOf } from './alert-ids.js';
import { comesBackAt, type Lapses } from './terms.js';
import { isWorse, type Severity } from '../../prison/severity.js';

/**
 * Levels, not edges: the difference between what should be and what is. What was decided before, by this instance or
 * another, changes nothing.
 */
export function decideForWatch(
  command: WatchCommand,
  alert: SafetyAlert,
  { compare, lapses }: Policy,
): readonly SafetyAlertEvent[] {
  switch (command.type) {
    case 'SetLevel':
      return alreadyDecided(command, alert, compare) ? [] : setLevel(command, alert);
    case 'Repeat':
      return repeat(command, alert);
    case 'Move':
      return move(command, alert, compare);
    case 'Remind':
      return remind(command, alert, lapses);
  }
}

function setLevel(command: SetLevel, alert: SafetyAlert): readonly SafetyAlertEvent[] {
  if (command.level === 'none') return close(command, alert);
  if (isOpen(alert)) return isWorse(command.level, alert.severity) ? [escalated(command, alert.episode)] : [];
  const quiet = stillTrue(alert);
  if (quiet && !isWorse(command.level, quiet.severity)) return [];
  return [raised(command, alert.episode)];
}

function close(command: SetLevel & { level: 'none' }, alert: SafetyAlert): readonly SafetyAlertEvent[] {
  const { outcome, rule, prisonNumber, alertId } = command;
  const { episode } = alert;
  if (alertId !== undefined && alertId !== alertIdOf(alertStreamOf(rule, prisonNumber), episode)) return [];
  if (isOpen(alert)) {
    const data = { episode, ...momentAndGrounds(command) };
    return outcome === 'left'
      ? [{ type: 'SafetyAlertExpired', data: { ...data, outcome } }]
      : [{ type: 'SafetyAlertResolved', data: { ...data, outcome } }];
  }
  return stillTrue(alert) ? [{ type: 'SafetyAlertQuietEnded', data: { episode, ...moment(command) } }] : [];
}

const raised = (command: SetLevel & { level: Severity }, episodesBefore: number): SafetyAlertEvent => ({
  type: 'SafetyAlertRaised',
  data: {
    episode: episodesBefore + 1,
    ...(episodesBefore > 0 ? { after: episodesBefore } : {}),
    rule: command.rule,
    ruleVersion: command.ruleVersion,
    ...aboutIn(command.prisonNumber),
    prisonId: command.prisonId,
    severity: command.level,
    ...(command.trueSince !== undefined && { trueSince: command.trueSince }),
    ...momentAndGrounds(command),
  },
});

const escalated = (command: SetLevel & { level: Severity }, episode: number): SafetyAlertEvent => ({
  type: 'SafetyAlertEscalated',
  data: { episode, severity: command.level, ...momentAndGrounds(command) },
});

/**
 * A further ask counts once. Where somebody has closed the alert by hand it becomes a new alert: people have to look at
 * it.
 */
function repeat(command: Repeat, alert: SafetyAlert): readonly SafetyAlertEvent[] {
  const evidence = command.evidence.filter((id) => !alert.asks.has(id));
  if (evidence.length === 0) return [];
  if (stillTrue(alert) && command.anew) return [raised(command.anew, alert.episode)];
  if (!isOpen(alert) || Date.parse(command.at) < Date.parse(alert.raisedAt)) return [];
  const { reason } = command;
  return [{ type: 'SafetyAlertRepeated', data: { episode: alert.episode, reason, evidence, ...moment(command) } }];
}

/** Also moves an alert that was closed by hand: while it is still true it concerns the prison that holds the person. */
function move(command: Move, alert: SafetyAlert, compare: ComparePositions): readonly SafetyAlertEvent[] {
  const placed = isOpen(alert) ? alert : stillTrue(alert);
  if (!placed || placed.prisonId === command.prisonId || order(command, placed.placed, compare) < 0) return [];
  return [
    { type: 'SafetyAlertMoved', data: { episode: alert.episode, prisonId: command.prisonId, ...moment(command) } },
  ];
}

/** At the instant at which it was due to come back, however late that is decided. */
function remind(command: Remind, alert: SafetyAlert, lapses: Lapses): readonly SafetyAlertEvent[] {
  const { episode } = alert;
  const back = isOpen(alert) ? lapseOf(alert, command, lapses) : comingBack(alert);
  if (back === undefined || back > Date.parse(command.at)) return [];
  const data = { episode, at: new Date(back).toISOString(), decidedOn: command.decidedOn };
  if (!isOpen(alert)) return [{ type: 'SafetyAlertReopened', data }];
  const lapsed = { ...data, term: lapses.termOf(alert.severity) };
  const next = alert.acknowledgement?.also?.find(({ at }) => Date.parse(at) >= back);
  return [
    { type: 'SafetyAlertAcknowledgementLapsed', data: lapsed },
    // They said so before it was decided that the first had lapsed, which may take as long as an outage.
    ...(next ? [{ type: 'SafetyAlertAcknowledged', data: { episode, ...next } } as const] : []),
  ];
}

const lapseOf = ({ acknowledgement, severity }: OpenAlert, { recordings }: Remind, lapses: Lapses) =>
  acknowledgement && lapses.of(acknowledgement, severity, recordings.map(Date.parse));

function comingBack(alert: SafetyAlert): Instant | undefined {
  const before = stillTrue(alert);
  if (alert.state !== 'closed' || !alert.byHand || !before) return undefined;
  const back = comesBackAt(before.rule, before.severity, alert.byHand.at);
  return back === undefined ? undefined : Date.parse(back);
}

/** Whether it comes before the last level decided, or is one of the levels decided at that very moment. */
function alreadyDecided(command: SetLevel, { decided }: SafetyAlert, compare: ComparePositions): boolean {
  if (!decided) return false;
  const ordered = order(command, decided, compare);
  return ordered < 0 || (ordered === 0 && decided.levels.includes(command.level));
}

const order = (a: DecisionMoment, b: DecisionMoment, compare: ComparePositions): number =>
  Date.parse(a.at) - Date.parse(b.at) || compare(a.decidedOn, b.decidedOn);

const moment = ({ at, decidedOn }: DecisionMoment): DecisionMoment => ({ at, decidedOn });

const momentAndGrounds = ({ at, decidedOn, reason, why, evidence }: SetLevel) => ({
  at,
  decidedOn,
  reason,
  why,
  evidence,
});
