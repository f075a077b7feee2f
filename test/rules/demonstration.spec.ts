import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from '@jest/globals';
import { CATALOGUE } from '../../src/custody/catalogue/catalogue.js';
import { occurrenceOf } from '../../src/custody/custody-event.js';
import { isRefusal, readCustodyEvent } from '../../src/custody/read-custody-event.js';
import type { Instant } from '../../src/prison/instant.js';
import { readDefinitions } from '../../src/kernel/language/read-definitions.js';
import { readRuleFile } from '../../src/kernel/language/read-rule-file.js';
import { LocalDays } from '../../src/prison/local-days.js';
import type { Occurrence } from '../../src/kernel/occurrence.js';
import { planOf } from '../../src/kernel/plan.js';
import { replay } from '../../src/kernel/replay.js';
import type { Rule } from '../../src/kernel/rule.js';
import type { Transition } from '../../src/kernel/transition.js';
import { Demonstration } from '../../src/demo/demonstration.js';
import type { DemonstrationEvent } from '../../src/demo/recording.js';
import { PRISON } from '../../src/demo/stay.js';
import { LIFE_SCRIPTS } from '../../src/demo/scripts/life-scripts.js';

const MINUTE = 60_000;
const RULES = 'config/rules';

/** A transition, and whose it is. */
interface Told extends Transition {
  readonly prisonNumber: string;
}

/** The rules as they stand. A mistake in one of them would look like a rule that is never broken, so it fails. */
const rules = (): Rule[] => {
  const read = (file: string): string => readFileSync(join(RULES, file), 'utf8');
  const known = new Map(
    [...CATALOGUE.values()].map(({ type, data }) => [type as string, data.members.map(({ name }) => name)]),
  );
  const { vocabulary, problems } = readDefinitions('definitions.yml', read('definitions.yml'), known);
  const names = readdirSync(RULES).filter((name) => name.endsWith('.yml') && name !== 'definitions.yml');
  const files = names.map((name) => readRuleFile(name, read(name), vocabulary));
  expect([...problems, ...files.flatMap((file) => file.problems)]).toEqual([]);
  return files.map((file) => file.read.rule);
};

const occurrences = (events: readonly DemonstrationEvent[]): Map<string, Occurrence[]> => {
  const byPerson = new Map<string, Occurrence[]>();
  for (const sent of events) {
    const event = readCustodyEvent(sent, { now: Infinity, recordedAtDefault: 'occurredAt' });
    if (isRefusal(event) || event.prisonNumber === undefined) continue;
    const theirs = byPerson.get(event.prisonNumber) ?? [];
    theirs.push(occurrenceOf(event));
    byPerson.set(event.prisonNumber, theirs);
  }
  return byPerson;
};

const played = (events: readonly DemonstrationEvent[], among: readonly Rule[], until: Instant): Told[] => {
  const days = new LocalDays();
  const plan = planOf(among, days);
  return [...occurrences(events)].flatMap(([prisonNumber, history]) =>
    replay(plan, days, history, until).map((transition) => ({ ...transition, prisonNumber })),
  );
};

/** The last transition of every alert that is open at the end. */
const stillOpen = (transitions: readonly Told[]): Told[] => {
  const open = new Map<string, Told>();
  for (const transition of transitions) {
    const key = `${transition.rule.id} ${transition.prisonNumber}`;
    if (transition.transition === 'resolved' || transition.transition === 'expired') open.delete(key);
    else open.set(key, transition);
  }
  return [...open.values()];
};

/** How many are in the demonstration prison at the end: each came there last, and did not go. */
const peopleHere = (events: readonly DemonstrationEvent[]): number => {
  const last = new Map<string, DemonstrationEvent>();
  for (const event of events)
    if (/^Prisoner(Received|Released)$/.test(event.type)) last.set(event.prisonNumber ?? '', event);
  return [...last.values()].filter(({ type, prisonId }) => type === 'PrisonerReceived' && prisonId === PRISON).length;
};

const cases = [
  ['in the morning', '2026-11-20T10:15:00Z', 1],
  ['just after midnight, after the clocks went forward', '2026-04-05T23:30:00Z', 1],
  ['just before midnight, after the clocks went back', '2026-10-30T23:55:00Z', 1],
  ['with another seed', '2026-11-20T10:15:00Z', 7],
] as const;

describe.each(cases)('the demonstration prison, begun %s', (_when, now, seed) => {
  const began = Date.parse(now);
  let catalogue: Rule[];
  let history: DemonstrationEvent[];
  let past: Told[];
  let next: Told[];

  beforeAll(() => {
    catalogue = rules();
    const demonstration = new Demonstration(began, seed);
    history = demonstration.history();
    const lived = [...history, ...demonstration.advance(began + 10 * MINUTE)];
    const transitions = played(lived, catalogue, began + 10 * MINUTE);
    past = transitions.filter(({ at }) => at <= began);
    next = transitions.filter(({ at }) => at > began);
  });

  /** When, in minutes after the beginning, alerts that fit were raised. */
  const raisedAfter = (fits: (alert: Told) => boolean): number[] =>
    next
      .filter((alert) => alert.transition === 'raised' && fits(alert))
      .map(({ at }) => (at - began) / MINUTE)
      .sort((a, b) => a - b);

  it('has raised an alert of every rule', () => {
    const raised = new Set(past.filter(({ transition }) => transition === 'raised').map(({ rule }) => rule.id));
    expect(catalogue.length).toBeGreaterThanOrEqual(28);
    expect(catalogue.map(({ id }) => id).filter((id) => !raised.has(id))).toEqual([]);
  });

  it('has closed alerts in every way that history can', () => {
    const outcomes = new Set(past.map(({ outcome }) => outcome));
    expect([...outcomes]).toEqual(expect.arrayContaining(['met', 'recorded-late', 'ended', 'withdrawn', 'left']));
  });

  it('has open alerts in believable proportions', () => {
    const people = peopleHere(history);
    const open = stillOpen(past);
    const of = (severity: string): number => open.filter((alert) => alert.severity === severity).length;
    const withoutSession = open.filter(({ rule }) => rule.id === 'KW-01').length;

    expect(people).toBeGreaterThanOrEqual(250);
    expect(people).toBeLessThanOrEqual(320);
    expect(withoutSession / people).toBeGreaterThan(0.35);
    expect(withoutSession / people).toBeLessThan(0.6);
    expect(of('CRITICAL')).toBeGreaterThanOrEqual(2);
    expect(of('CRITICAL')).toBeLessThanOrEqual(8);
    expect(of('HIGH')).toBeGreaterThanOrEqual(15);
    expect(of('HIGH')).toBeLessThanOrEqual(45);
    expect(of('LOW')).toBeGreaterThan(of('HIGH'));
    expect((100 * open.length) / people).toBeGreaterThan(40);
    expect((100 * open.length) / people).toBeLessThan(90);
  });

  it('raises something CRITICAL in the first ten seconds', () => {
    const [first] = raisedAfter(({ severity }) => severity === 'CRITICAL');
    expect(first).toBeLessThanOrEqual(1 / 6);
  });

  it('lets deadlines fall due in the first two minutes, to the second', () => {
    const due = ['ACCT-01', 'SEG-01', 'VUL-01'].map((id) => raisedAfter(({ rule }) => rule.id === id)[0]);
    expect(due).toEqual([1, 2, 2]);
  });

  it('closes within the next minutes what it raised for the opening', () => {
    const closed = new Set(next.filter(({ transition }) => transition === 'resolved').map(({ rule }) => rule.id));
    const shown = ['ACCT-01', 'VUL-01', 'VUL-02', 'SEG-01', 'SEG-02', 'SEG-05', 'FAM-02'];
    expect(shown.filter((id) => !closed.has(id))).toEqual([]);
  });

  it('tells of the life of good practice only that he was bereaved, and that somebody came', () => {
    const { prisonNumber } = LIFE_SCRIPTS.goodPractice.person;
    const his = past.filter((transition) => transition.prisonNumber === prisonNumber);
    expect(his.map(({ rule, transition, outcome }) => [rule.id, transition, outcome])).toEqual([
      ['FAM-02', 'raised', null],
      ['FAM-02', 'resolved', 'met'],
    ]);
  });
});
