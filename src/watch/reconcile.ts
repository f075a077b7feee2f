import { aboutOf } from '../prison/alert-subject.js';
import { toIso, type Instant } from '../prison/instant.js';
import type { LocalDays } from '../prison/local-days.js';
import type { Person } from '../kernel/person.js';
import type { Transition } from '../kernel/transition.js';
import type { Watchlist } from '../kernel/watchlist.js';
import type { AlertSummary } from '../safety-alerts/list/alert-summary.js';
import type { SetLevel, WatchCommand } from '../safety-alerts/alert/safety-alert-commands.js';
import type { Position } from '../store/event-store.js';
import { commandOf } from './decision.js';

interface ReconcileMoment {
  readonly present: Instant;
  /** What fell due by then was decided before this start: where it comes out otherwise now, the rules were other ones. */
  readonly decidedUntil: Instant;
  readonly decidedOn: Position;
  readonly days: LocalDays;
}

/** The people and key workers who are watched, and each of them in full. */
export interface Watched {
  readonly lists: readonly Pick<Watchlist, 'everybody'>[];
  readonly inFull: (prisonNumber: string) => Promise<Person | undefined>;
  /**
   * By rule, how it was closed last, of somebody of whom an event was once set aside: nothing was closed for them meanwhile.
   * None of anybody else.
   */
  readonly closesOf: (prisonNumber: string) => Promise<ReadonlyMap<string, SetLevel>>;
}

/**
 * The difference between what should be open and what is, as commands (decision 0003): changed rules, alerts lost or
 * left over, closes that were held back, all heal the same way. Alerts that are as they should be need none.
 * @param alerts every alert of the people who are watched, open and closed
 */
export const differences = async (
  { lists, inFull, closesOf }: Watched,
  alerts: readonly AlertSummary[],
  moment: ReconcileMoment,
): Promise<WatchCommand[]> => {
  const latest = latestOf(alerts);
  // An alert that was closed by hand has to be told when what it is about ends.
  const leftOver = new Map([...latest].filter(([, { closedAt, stillTrue }]) => closedAt === undefined || stillTrue));
  // What is so all the same is raised again, since the instant at which it became so.
  const misdated = [...leftOver.values()].filter((alert) => alert.misdated);
  const commands: WatchCommand[] = misdated.map((alert) => wronglyTimed(alert, moment));
  for (const alert of misdated) leftOver.delete(keyOf(alert.rule, aboutOf(alert)));
  for (const [prisonNumber, { open }] of lists.flatMap((list) => [...list.everybody()])) {
    const toRaise = new Set<string>();
    const closes = open.size === 0 ? NO_CLOSES : await closesOf(prisonNumber);
    for (const [rule, { severity }] of open) {
      const alert = latest.get(keyOf(rule, prisonNumber));
      leftOver.delete(keyOf(rule, prisonNumber));
      const close = closes.get(rule);
      if (alert && close && isHeldBack(close, alert)) {
        commands.push(heldBack(close, alert, moment));
        toRaise.add(rule);
      }
      if (alert?.closedAt !== undefined || alert?.severity !== severity || alert.misdated) toRaise.add(rule);
    }
    if (toRaise.size === 0) continue;
    for (const transition of (await inFull(prisonNumber))?.standing(moment.present) ?? []) {
      if (!toRaise.has(transition.rule.id)) continue;
      const before = latest.get(keyOf(transition.rule.id, prisonNumber));
      commands.push(
        before || transition.at <= moment.decidedUntil
          ? late(prisonNumber, transition, noEarlier(before, moment))
          : inTime(prisonNumber, transition, moment),
      );
    }
  }
  for (const alert of leftOver.values()) {
    const close = (await closesOf(aboutOf(alert))).get(alert.rule);
    commands.push(close && isHeldBack(close, alert) ? heldBack(close, alert, moment) : noLongerAsked(alert, moment));
  }
  return commands;
};

const NO_CLOSES: ReadonlyMap<string, SetLevel> = new Map();

/** Whether an alert that is open was to be closed since it began. */
const isHeldBack = ({ at }: SetLevel, { trueSince, raisedAt, closedAt }: AlertSummary): boolean =>
  closedAt === undefined && Date.parse(at) >= Date.parse(trueSince ?? raisedAt);

/** For the reason that it had then, now. */
const heldBack = (close: SetLevel, { prisonId }: AlertSummary, { present, decidedOn }: ReconcileMoment): SetLevel => ({
  ...close,
  prisonId,
  at: toIso(present),
  decidedOn,
});

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
  const superseded = new Set(alerts.map(({ after }) => after));
  const latest = alerts.filter(({ id }) => !superseded.has(id));
  return new Map(latest.map((alert) => [keyOf(alert.rule, aboutOf(alert)), alert]));
};

const keyOf = (rule: string, prisonNumber: string): string => `${rule} ${prisonNumber}`;

/** The same, and no earlier than what was decided of an alert last. */
const noEarlier = (alert: AlertSummary | undefined, moment: ReconcileMoment): ReconcileMoment =>
  alert?.misdated ? { ...moment, present: Math.max(moment.present, Date.parse(alert.changedAt)) } : moment;

/** It says, or may say, since when it has been true, by a clock that was wrong. */
const wronglyTimed = (alert: AlertSummary, moment: ReconcileMoment): WatchCommand => ({
  ...noLongerAsked(alert, noEarlier(alert, moment)),
  outcome: 'withdrawn',
  alertId: alert.id,
  reason: 'A clock was wrong when this was decided; the time has been set straight since.',
});

const noLongerAsked = (alert: AlertSummary, { present, decidedOn }: ReconcileMoment) => ({
  type: 'SetLevel' as const,
  rule: alert.rule,
  ruleVersion: alert.ruleVersion,
  prisonNumber: aboutOf(alert),
  prisonId: alert.prisonId,
  at: toIso(present),
  decidedOn,
  level: 'none' as const,
  outcome: 'rule-changed' as const,
  reason: 'The rules as they are now do not ask for this safety alert.',
  why: {},
  evidence: [],
});
