import { describe, expect, it } from '@jest/globals';
import { Person } from '../../src/kernel/person.js';
import { Rulebook } from '../../src/kernel/rulebook.js';
import { inTheOrderKnown, knownAt, type Occurrence } from '../../src/kernel/occurrence.js';
import { sayWhy } from '../../src/kernel/say/say-why.js';
import { arrives, at, DAYS, goesToCourt, happens, received, released, returns, session } from '../kernel-kit.js';
import { configRules } from './config-rules.js';

const rulebook = new Rulebook(
  configRules().files.map(({ rule }) => rule),
  DAYS,
);

/** What the alerts of one rule say as a history goes on until an instant, and what the open one says then. */
const told = (id: string, until: string, ...history: Occurrence[]) => {
  const person = new Person(rulebook, DAYS);
  const said: string[] = [];
  const settle = (t: number, known?: readonly Occurrence[]) => {
    for (const change of person.settle(t, known && { own: known, elsewhere: [] }))
      if (change.rule.id === id) said.push(sayWhy(change, DAYS));
  };
  const inOrder = inTheOrderKnown([arrives('2026-01-05 09:00'), ...history]);
  for (const t of new Set(inOrder.map(knownAt))) {
    while (person.nextFlip < t) settle(person.nextFlip);
    for (const occurrence of inOrder) if (knownAt(occurrence) === t) person.learn(occurrence, t);
    settle(t, person.needsHistory ? inOrder.filter((one) => knownAt(one) <= t) : undefined);
  }
  const end = at(until);
  while (person.nextFlip <= end) settle(person.nextFlip);
  const standing = person.standing(end).find(({ rule }) => rule.id === id);
  return { said, now: standing && sayWhy({ ...standing, at: end }, DAYS) };
};

const marker = (when: string, code: string) => happens('RiskMarkerAdded', when, { code });
const toldLate = (occurrence: Occurrence, when: string): Occurrence => ({ ...occurrence, recordedAt: at(when) });
const selfHarm = (when: string) => happens('SelfHarmReported', when);

describe('a sentence with more to name than it has room for', () => {
  const risks = [
    marker('2026-01-05 10:00', 'HC'),
    marker('2026-01-05 10:05', 'HS'),
    selfHarm('2026-01-06 10:00'),
    happens('AcctOpened', '2026-01-08 10:00'),
    selfHarm('2026-01-09 10:00'),
  ];

  it('names the latest self-harm and the open ACCT, and only counts the markers (SEG-05)', () => {
    const confined = happens('CellularConfinementAwarded', '2026-01-10 10:00', {
      days: 5,
      chargeNumber: 'C1',
      suspended: false,
    });
    expect(told('SEG-05', '2026-01-10 10:00', ...risks, confined).said[0]).toContain(
      'at risk (the self-harm incident on 9 January 2026, the opening of an ACCT on 8 January 2026, the self-harm incident on 6 January 2026 and 2 more)',
    );
  });

  it('likewise SEG-02', () => {
    const segregated = happens('SegregationStarted', '2026-01-10 10:00');
    expect(told('SEG-02', '2026-01-10 10:00', ...risks, segregated).now).toContain(
      '(the self-harm incident on 9 January 2026, the opening of an ACCT on 8 January 2026, the self-harm incident on 6 January 2026 and 2 more)',
    );
  });

  it('likewise KW-07', () => {
    const assaults = ['2026-01-06 10:00', '2026-01-06 11:00', '2026-01-06 12:00', '2026-01-06 13:00'].map((when) =>
      happens('AssaultReported', when, { role: 'VICTIM' }),
    );
    expect(told('KW-07', '2026-01-20 10:00', ...assaults, selfHarm('2026-01-07 10:00')).now).toContain(
      'since the self-harm incident on 7 January 2026 at 10:00, the assault on 6 January 2026 at 13:00, the assault on 6 January 2026 at 12:00 and 2 more;',
    );
  });

  it('names every self-harm that no ACCT answered (VUL-01)', () => {
    expect(
      told('VUL-01', '2026-01-06 15:00', selfHarm('2026-01-06 10:00'), selfHarm('2026-01-06 11:00')).now,
    ).toContain(
      'No ACCT was open at the self-harm incident on 6 January 2026 at 11:00 and the self-harm incident on 6 January 2026 at 10:00;',
    );
  });
});

describe('a latched alert that has outlived what it was raised on', () => {
  const day = (n: number) => new Date(Date.UTC(2026, 0, 7 + n, 10)).toISOString().slice(0, 16).replace('T', ' ');
  const weekly = Array.from({ length: 8 }, (_, week) => session(day(week * 7)));

  it('says that the second session is missing (KW-08)', () => {
    expect(told('KW-08', '2026-03-25 10:00', ...weekly, session('2026-03-21 10:00')).now).toContain(
      'It was raised after 8 key worker sessions, the last on 25 February 2026; it closes with two sessions within 14 days. A key worker session is recorded on 21 March 2026, and a second within 14 days is not. To act',
    );
  });

  it('says what came since, and what did not (ADJ-01)', () => {
    const charges = ['2026-01-06 10:00', '2026-01-13 10:00', '2026-01-20 10:00', '2026-02-10 10:00'].map((when, n) =>
      happens('AdjudicationReported', when, { chargeNumber: `C${n}` }),
    );
    expect(told('ADJ-01', '2026-02-20 10:00', ...charges).now).toContain(
      'It was raised after 3 reported charges, the last on 20 January 2026; it closes with a key worker session, or 28 days without a charge. The last reported charge was on 10 February 2026; no key worker session is recorded since 20 January 2026. To act',
    );
  });

  it('says which half is there (SUB-01)', () => {
    const misuse = ['2026-01-10 10:00', '2026-01-12 10:00'].map((when) =>
      happens('SubstanceMisuseIndicated', when, { kind: 'UNDER_INFLUENCE' }),
    );
    expect(told('SUB-01', '2026-02-01 10:00', ...misuse, session('2026-01-14 10:00')).now).toContain(
      'The last indication of substance misuse was on 12 January 2026; a key worker session is recorded on 14 January 2026; no substance misuse referral is recorded since 12 January 2026. To act',
    );
  });
});

describe('an alert that closes unanswered', () => {
  it('says that what it asked about lies too far back (VUL-01)', () => {
    const moved = [
      selfHarm('2026-01-06 10:00'),
      released('2026-01-06 10:30', 'TRANSFERRED'),
      received('2026-01-06 15:00', 'TRANSFERRED', 'ABC'),
    ];
    expect(told('VUL-01', '2026-02-10 10:00', ...moved).said.at(-1)).toBe(
      'What waited for an answer had fallen out of the 28 days by 3 February 2026 at 00:00; no opening of an ACCT, ACCT marker or recorded decision not to open an ACCT was recorded.',
    );
  });

  it('says that no session was recorded (VUL-02)', () => {
    const signs = [
      happens('SubstanceMisuseIndicated', '2026-01-20 10:00', { kind: 'POSSESSION' }),
      happens('AssaultReported', '2026-01-20 11:00', { role: 'VICTIM' }),
    ];
    expect(told('VUL-02', '2026-03-10 10:00', ...signs).said.at(-1)).toBe(
      'Too little of what it counted was left in the 28 days by 2 February 2026 at 00:00; no key worker session was recorded.',
    );
  });

  it('says that an absence told late has moved its limit (ACCT-01)', () => {
    const opened = happens('AcctOpened', '2026-01-10 14:00');
    const away = [
      toldLate(goesToCourt('2026-01-10 14:30'), '2026-01-10 17:45'),
      toldLate(returns('2026-01-10 17:30'), '2026-01-10 17:45'),
    ];
    expect(told('ACCT-01', '2026-01-10 17:45', opened, ...away).said.at(-1)).toBe(
      'It is not due yet: an absence moved it from 10 January 2026 at 15:00 to 10 January 2026 at 18:30.',
    );
  });

  it('says that it waits for the return (ACCT-01)', () => {
    const opened = happens('AcctOpened', '2026-01-10 14:00');
    const away = toldLate(goesToCourt('2026-01-10 14:30'), '2026-01-10 16:00');
    expect(told('ACCT-01', '2026-01-10 16:00', opened, away).said.at(-1)).toBe(
      'It is not due yet: it was due by 10 January 2026 at 15:00, and waits for the person to come back.',
    );
  });
});

describe('a limit that an absence has moved', () => {
  const toCourt = (from: string, until: string) => [goesToCourt(from), returns(until)];
  const keyWorker = happens('KeyWorkerAllocated', '2026-01-05 10:00', { staffId: 'S1' });

  it.each([
    [
      'KW-03',
      toCourt('2026-01-06 09:00', '2026-01-10 17:00'),
      'the end of 7 January 2026 (moved by an absence to the end of 11 January 2026)',
    ],
    [
      'KW-04',
      [keyWorker, ...toCourt('2026-01-18 09:00', '2026-01-25 17:00')],
      'the end of 19 January 2026 (moved by an absence to the end of 26 January 2026)',
    ],
    [
      'ACCT-02',
      [happens('AcctOpened', '2026-01-05 10:00'), ...toCourt('2026-01-06 05:00', '2026-01-06 16:00')],
      '6 January 2026 at 10:00 (moved by an absence to 6 January 2026 at 21:00)',
    ],
    [
      'ACCT-03',
      [happens('AcctOpened', '2026-01-05 10:00'), ...toCourt('2026-01-06 05:00', '2026-01-06 16:00')],
      '6 January 2026 at 10:00 (moved by an absence to 6 January 2026 at 21:00)',
    ],
  ])('is told as the record has it, with the absence beside it (%s)', (id, history, due) => {
    expect(told(id, '2026-02-01 10:00', ...history).now).toContain(due);
  });

  it('is told as the record has it while the person is still away (SEG-07)', () => {
    const segregated = happens('SegregationStarted', '2026-01-10 10:00');
    expect(told('SEG-07', '2026-02-20 10:00', segregated, goesToCourt('2026-02-19 08:00')).now).toContain(
      'by the end of 21 February 2026 (waits for the return), is not recorded.',
    );
  });
});
