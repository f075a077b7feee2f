import {
  addKeyWorkByNow,
  keyWorkByNow,
  shouldBeOpen,
  type ShouldBeOpen,
  shouldBeOpenOfFeeds,
  shouldBeOpenOfKeyWorkers,
  shouldBeOpenOfPrisons,
} from '../kernel/definitional.js';
import type { KeyWorkSpell } from '../kernel/definitional/key-worker-stories.js';
import { KeyWorkOfPrisons } from '../kernel/definitional/prison-stories.js';
import type { Occurrence } from '../kernel/occurrence.js';
import { companies } from '../kernel/definitional/known-events.js';
import { FeedSilence } from '../kernel/definitional/silence.js';
import { type FeedRegister, NO_FEEDS } from '../kernel/feed-terms.js';
import { subjectIn } from '../prison/alert-subject.js';
import { type Instant, toIso } from '../prison/instant.js';
import type { LocalDays } from '../prison/local-days.js';
import type { Rulebook } from '../kernel/rulebook.js';
import { isWorse } from '../prison/severity.js';
import { Lapses } from '../safety-alerts/alert/terms.js';
import type { AlertSummary } from '../safety-alerts/list/alert-summary.js';
import type { EventStore } from '../store/event-store.js';
import type { WatchCheckpoint } from './checkpoint.js';
import { alertsInLog } from './alerts-in-log.js';
import { missedComebacks } from './comebacks.js';
import { readKnownLog } from './known-log.js';
import { EVERYBODY, includes, type Partition } from './partition.js';

/** One difference between how alerts stand and how they should. `expected` and `found` are instants, where there are any. */
export interface Difference {
  readonly kind: 'missing' | 'extra' | 'wrongTime';
  /** An alert that should or should not be open, or what should have brought it back to triage. */
  readonly about: 'alert' | 'lapse' | 'reopening';
  readonly rule: string;
  readonly prisonNumber: string;
  readonly expected: string | null;
  readonly found: string | null;
}

export interface Verification {
  /** How many people were recomputed. */
  readonly checked: number;
  readonly findings: readonly Difference[];
  /** How many events this version cannot read: nothing is compared for the people whom they are about. */
  readonly parked: number;
}

export interface VerifyOptions {
  readonly store: EventStore;
  readonly prefix: string;
  /** By which the watch decides: rules about whomever, and what prisons say for themselves. */
  readonly rulebook: Pick<Rulebook, 'catalogue' | 'settings'>;
  readonly days: LocalDays;
  /** The feeds that are known of. */
  readonly feeds?: FeedRegister | undefined;
  /** How far the watch had come. What it has not decided on yet is no difference. */
  readonly upTo: WatchCheckpoint;
  /** How long acknowledgements hold; the default, where it is missing. */
  readonly lapses?: Lapses;
  /** Whom it watches; everybody, where it is missing. */
  readonly partition?: Partition | undefined;
}

/**
 * Recomputes, with the definitional evaluator and nothing of the incremental kernel, which alerts should be open, and
 * compares with those that are. Reads only, so it may run beside the service. Goes on past what this version cannot read.
 */
export const verify = async (options: VerifyOptions): Promise<Verification> => {
  const { store, prefix, rulebook, days, upTo, partition = EVERYBODY, lapses = new Lapses() } = options;
  const { catalogue: rules, settings } = rulebook;
  const { feeds: register = NO_FEEDS } = options;
  const isWatched = (prisonNumber: string) => includes(partition, prisonNumber);
  const log = await readKnownLog(store, prefix, upTo.position, register);
  const feeds = new FeedSilence({ register, reports: log.reports });
  const { alerts, unreadable } = await alertsInLog({ store, prefix, until: upTo.until, lapses });
  const parked = [...log.unreadable, ...unreadable].filter((whom) => whom === undefined || isWatched(whom));
  const unclear = new Set<string | undefined>(parked);
  const findings: Difference[] = [];
  const seen = new Set<string>();
  const spells: KeyWorkSpell[] = [];
  const keyWork = new KeyWorkOfPrisons(days);
  const terms = { rules, settings, days, feeds, now: upTo.until };
  const compareOne = (whom: string, expected: readonly ShouldBeOpen[], history: readonly Occurrence[]): void => {
    const { alerts: found, comebacks } = alerts.get(whom) ?? NO_ALERTS;
    const told = { history, knownAt: log.knownAt };
    findings.push(
      ...compare(whom, expected, found),
      ...missedComebacks(found, comebacks, told, { rules, lapses, until: upTo.until }),
    );
  };
  for (const company of companies(log.ofPeople)) {
    const known = { ...terms, history: company, knownAt: log.knownAt };
    const keyWorkTerms = { ...known, countedAt: log.countedAt };
    spells.push(...keyWorkByNow(keyWorkTerms));
    addKeyWorkByNow(keyWork, keyWorkTerms);
    const byNumber = Map.groupBy(company, ({ prisonNumber = '' }) => prisonNumber);
    if ([...byNumber.keys()].some((number) => unclear.has(number))) continue;
    const expected = shouldBeOpen(known);
    const expectedByNumber = Map.groupBy(expected, ({ prisonNumber }) => prisonNumber);
    for (const [number, history] of byNumber) {
      if (!isWatched(number)) continue;
      seen.add(number);
      compareOne(number, expectedByNumber.get(number) ?? [], history);
    }
  }
  const told = Map.groupBy(log.ofKeyWorkers, ({ prisonNumber = '' }) => prisonNumber);
  const ofKeyWorkers = shouldBeOpenOfKeyWorkers(
    { ...terms, history: log.ofKeyWorkers, knownAt: log.countedAt },
    spells,
  );
  const ofPrisons = shouldBeOpenOfPrisons(terms, keyWork);
  const ofSubjects = [...ofKeyWorkers, ...ofPrisons, ...shouldBeOpenOfFeeds(terms)];
  const open = Map.groupBy(ofSubjects, ({ prisonNumber }) => prisonNumber);
  for (const one of new Set([...open.keys(), ...alerts.keys()]))
    if (subjectIn(one) && isWatched(one)) compareOne(one, open.get(one) ?? [], told.get(one) ?? []);
  // Alerts of people about whom no event counts.
  for (const [number, { alerts: found }] of alerts)
    if (!subjectIn(number) && isWatched(number) && !seen.has(number) && !unclear.has(number))
      findings.push(...compare(number, [], found));
  return { checked: seen.size, findings, parked: parked.length };
};

const NO_ALERTS = { alerts: [], comebacks: [] };

const compare = (
  prisonNumber: string,
  expected: readonly ShouldBeOpen[],
  alerts: readonly AlertSummary[],
): Difference[] => {
  const standing = new Map(alerts.filter(stands).map((alert) => [alert.rule, alert]));
  const expectedByRule = new Map(expected.map((one) => [one.rule, one]));
  return [...new Set([...expectedByRule.keys(), ...standing.keys()])].flatMap((rule) => {
    const [should, found] = [expectedByRule.get(rule), standing.get(rule)];
    const first = should && found && firstOf(found, alerts, should.raisedAt);
    const began = first?.trueSince ?? first?.raisedAt;
    const kind = difference(should, found, began);
    const instants = { expected: should ? toIso(should.raisedAt) : null, found: began ?? found?.raisedAt ?? null };
    return kind ? [{ kind, about: 'alert' as const, rule, prisonNumber, ...instants }] : [];
  });
};

/** Open, or closed by hand and still true: such an alert stays quiet up to the severity that it had. */
const stands = ({ closedAt, stillTrue }: AlertSummary): boolean => closedAt === undefined || stillTrue === true;

/** The alert that was raised when what this one is about became true: those in between were closed by hand. */
const firstOf = (found: AlertSummary, alerts: readonly AlertSummary[], trueSince: Instant): AlertSummary => {
  const before = alerts.find(({ id }) => id === found.after);
  const wasByHand = before?.outcome === 'manual' && Date.parse(before.closedAt ?? '') >= trueSince;
  return wasByHand ? firstOf(before, alerts, trueSince) : found;
};

const difference = (
  should: ShouldBeOpen | undefined,
  found: AlertSummary | undefined,
  began: string | undefined,
): Difference['kind'] | undefined => {
  if (!should) return 'extra';
  if (!found || isWorse(should.severity, found.severity)) return 'missing';
  return began === toIso(should.raisedAt) ? undefined : 'wrongTime';
};
