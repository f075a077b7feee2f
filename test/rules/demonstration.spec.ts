import { beforeAll, describe, expect, it } from '@jest/globals';
import { occurrenceOf } from '../../src/custody/custody-event.js';
import { isRefusal, readCustodyEvent } from '../../src/custody/read-custody-event.js';
import type { Instant } from '../../src/prison/instant.js';
import { LocalDays } from '../../src/prison/local-days.js';
import type { Occurrence } from '../../src/kernel/occurrence.js';
import { sayWhy } from '../../src/kernel/say/say-why.js';
import { Rulebook } from '../../src/kernel/rulebook.js';
import { replayAll } from '../../src/kernel/replay.js';
import type { TransitionOf } from '../../src/kernel/transition.js';
import type { Rule } from '../../src/kernel/rule.js';
import { ALIAS } from '../../src/demo/cast.js';
import { Demonstration } from '../../src/demo/demonstration.js';
import type { DemonstrationEvent } from '../../src/demo/recording.js';
import { PRISON } from '../../src/demo/stay.js';
import { LIFE_SCRIPTS } from '../../src/demo/scripts/life-scripts.js';
import { catalogue } from '../properties/catalogue.js';

const MINUTE = 60_000;
/** The other prisons of the demonstration have a spec of their own. */
const OF_THIS_PRISON = 'ZZ';
const RULES = catalogue();

const occurrences = (events: readonly DemonstrationEvent[]): Map<string, Occurrence[]> => {
  const byPerson = new Map<string, Occurrence[]>();
  for (const sent of events) {
    const event = readCustodyEvent(sent, { now: Infinity, recordedAtDefault: 'occurredAt' });
    if (isRefusal(event) || !event.prisonNumber?.endsWith(OF_THIS_PRISON)) continue;
    const theirs = byPerson.get(event.prisonNumber) ?? [];
    theirs.push(occurrenceOf(event));
    byPerson.set(event.prisonNumber, theirs);
  }
  return byPerson;
};

const played = (events: readonly DemonstrationEvent[], among: readonly Rule[], until: Instant): TransitionOf[] => {
  const days = new LocalDays();
  return [...replayAll(new Rulebook(among, days), days, occurrences(events), until)];
};

/** The last transition of every alert that is open at the end. */
const stillOpen = (transitions: readonly TransitionOf[]): TransitionOf[] => {
  const open = new Map<string, TransitionOf>();
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
  let history: DemonstrationEvent[];
  let past: TransitionOf[];
  let next: TransitionOf[];

  beforeAll(() => {
    const demonstration = new Demonstration(began, seed);
    history = demonstration.history();
    const lived = [...history, ...demonstration.advance(began + 10 * MINUTE)];
    const transitions = played(lived, RULES, began + 10 * MINUTE);
    past = transitions.filter(({ at }) => at <= began);
    next = transitions.filter(({ at }) => at > began);
  });

  /** When, in minutes after the beginning, alerts that fit were raised. */
  const raisedAfter = (fits: (alert: TransitionOf) => boolean): number[] =>
    next
      .filter((alert) => alert.transition === 'raised' && fits(alert))
      .map(({ at }) => (at - began) / MINUTE)
      .sort((a, b) => a - b);

  it('has raised an alert of every rule', () => {
    const raised = new Set(past.filter(({ transition }) => transition === 'raised').map(({ rule }) => rule.id));
    const inForce = RULES.filter(({ effectiveFrom }) => Date.parse(effectiveFrom) <= began);
    expect(inForce.length).toBe(35);
    expect(inForce.map(({ id }) => id).filter((id) => !raised.has(id))).toEqual([]);
  });

  it('has closed alerts in every way that history can', () => {
    const outcomes = new Set(past.map(({ outcome }) => outcome));
    expect([...outcomes]).toEqual(
      expect.arrayContaining(['met', 'recorded-late', 'ended', 'withdrawn', 'left', 'merged']),
    );
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

  /** What is open about somebody at the beginning. */
  const openAbout = (prisonNumber: string): string[] =>
    stillOpen(past.filter((transition) => transition.prisonNumber === prisonNumber)).map(
      ({ rule, severity }) => `${rule.id} ${severity}`,
    );

  it.each([
    ['his return was lost', 'returnLost', 'DATA-02 MEDIUM'],
    ['nothing shows that he is back', 'notBack', 'DATA-03 MEDIUM'],
    ['he harmed himself on an open ACCT', 'selfHarmOnAcct', 'ACCT-08 HIGH'],
    ['his family is worried', 'familyWorried', 'KW-07 MEDIUM'],
    ['he was moved while bereaved', 'bereavedThenMoved', 'FAM-02 HIGH'],
    ['he was moved unseen', 'movedUnseen', 'KW-14 HIGH'],
    ['he is unfit for segregation', 'foundUnfit', 'SEG-06 CRITICAL'],
    ['he has been segregated for six weeks', 'sixWeeksSegregated', 'SEG-07 MEDIUM'],
  ] as const)('says of somebody that %s', (_what, life, alert) => {
    expect(openAbout(LIFE_SCRIPTS[life].person.prisonNumber)).toContain(alert);
  });

  it('carries what was open over to the number that was kept when records were merged', () => {
    const { prisonNumber } = LIFE_SCRIPTS.mergedNumbers.person;
    expect(openAbout(prisonNumber)).toEqual(['KW-01 MEDIUM', 'KW-07 MEDIUM']);
    expect(openAbout(ALIAS.prisonNumber)).toEqual([]);
    const merged = past.filter(({ outcome }) => outcome === 'merged');
    expect(merged.map(({ prisonNumber: number, rule }) => [number, rule.id]).sort()).toEqual([
      [ALIAS.prisonNumber, 'KW-01'],
      [ALIAS.prisonNumber, 'KW-07'],
    ]);
    expect(new Set(merged.map((closing) => sayWhy(closing, new LocalDays())))).toEqual(
      new Set([
        'The records were merged with those of another prison number; what is still true is open under that number.',
      ]),
    );
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
