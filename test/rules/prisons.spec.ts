import { describe, expect, it } from '@jest/globals';
import { withReferred } from '../../src/kernel/definitional/moments.js';
import { readPrisonFile } from '../../src/kernel/language/read-prison-file.js';
import { sayProblem } from '../../src/kernel/language/problems.js';
import type { Occurrence } from '../../src/kernel/occurrence.js';
import { EVERY_OTHER, type PrisonSettings } from '../../src/kernel/prison-settings.js';
import { replay } from '../../src/kernel/replay.js';
import type { Rule } from '../../src/kernel/rule.js';
import { Rulebook } from '../../src/kernel/rulebook.js';
import { ruleInPrison } from '../../src/kernel/say/say-local.js';
import { sayWhy } from '../../src/kernel/say/say-why.js';
import { arrives, at, DAYS, happens, local, played, received, released, session } from '../kernel-kit.js';
import { configRules } from './config-rules.js';

const { files } = configRules();
const RULES = files.map(({ rule }) => rule);

/** What prisons say for themselves, by their ids, in the words of their files. */
const saying = (texts: Readonly<Record<string, string>>): PrisonSettings[] =>
  Object.entries(texts).map(([prison, text]) => {
    const whole = `prison: ${prison}\nname: Somewhere\n${text}`;
    const { read, problems } = readPrisonFile(`${prison}.yml`, whole, prison, files);
    expect(problems.map(sayProblem)).toEqual([]);
    return read.settings;
  });

/** These rules, and those that they ask. */
const among = (ids: readonly string[]): Rule[] => {
  const asked = RULES.filter(({ id }) => ids.includes(id)).flatMap((rule) => withReferred(rule, RULES));
  return RULES.filter((rule) => asked.includes(rule));
};

/** What these rules make of somebody, a line for each change: `2026-01-15 00:00 raised LOW`. */
const changes = (
  settings: readonly PrisonSettings[],
  ids: readonly string[],
  happened: readonly Occurrence[],
  until: string,
): string[] =>
  played(among(ids), { A0001AA: happened }, until, settings)
    .filter(({ rule }) => ids.includes(rule.id))
    .map((change) => {
      const { transition, rule, severity, outcome } = change;
      const closed = outcome === null ? [] : [`(${outcome})`];
      return [local(change.at).slice(0, 16), rule.id, transition, severity, ...closed].join(' ');
    });

const SEEN = [arrives('2026-01-05 09:00'), session('2026-01-07 10:00')];

describe('a prison with key work every fourteen days', () => {
  const settings = saying({ XYI: 'keyWork: { every: P14D }' });

  it('misses a session after two, four and eight weeks', () => {
    expect(changes(settings, ['KW-01'], SEEN, '2026-04-01 00:00')).toEqual([
      '2026-01-22 00:00 KW-01 raised LOW',
      '2026-02-05 00:00 KW-01 escalated MEDIUM',
      '2026-03-05 00:00 KW-01 escalated HIGH',
    ]);
  });

  it('takes regular contact for stopped after six weeks', () => {
    const sessions = ['01-07', '01-14', '01-21', '01-28', '02-04', '02-11', '02-18', '02-25'].map((day) =>
      session(`2026-${day} 10:00`),
    );
    expect(changes(settings, ['KW-08'], [arrives('2026-01-05 09:00'), ...sessions], '2026-06-01 00:00')).toEqual([
      '2026-04-09 00:00 KW-08 raised HIGH',
    ]);
  });

  it('has a limit of its own as it gives it', () => {
    const own = saying({
      XYI: 'keyWork: { every: P14D }\nrules: { KW-01: { severity: [{ level: LOW, at: P10D }], because: x } }',
    });
    expect(changes(own, ['KW-01'], SEEN, '2026-06-01 00:00')).toEqual(['2026-01-18 00:00 KW-01 raised LOW']);
  });
});

describe('the time that a prison expects for key work', () => {
  const short = (when: string, minutes: number) => happens('KeyWorkerSessionHeld', when, { staffId: 'S1', minutes });
  const seen = [arrives('2026-12-07 09:00'), short('2026-12-10 10:00', 45), short('2026-12-24 10:00', 40)];

  it.each([
    ['keyWork: {}', ['2027-01-04 00:00 KW-15 raised LOW']],
    ['keyWork: { every: P14D }', ['2027-01-08 00:00 KW-15 raised LOW']],
    ['keyWork: { minutes: 30 }', ['2027-01-08 00:00 KW-15 raised LOW']],
  ])('is what it says: %s', (text, expected) => {
    expect(changes(saying({ XYI: text }), ['KW-15'], seen, '2027-02-01 00:00')).toEqual(expected);
  });
});

describe('a prison without a key work scheme', () => {
  const settings = saying({ XYI: 'keyWork: { scheme: false }' });

  it('is asked for no session: neither by the rules of key work, nor by those that ask whether anybody has been there', () => {
    const happened = [
      arrives('2026-01-05 09:00'),
      happens('FamilyContactChanged', '2026-01-20 10:00', { change: 'CONTACT_ENDED' }),
      happens('IncentiveLevelChanged', '2026-01-21 10:00', { from: 'STANDARD', to: 'BASIC' }),
      happens('SegregationStarted', '2026-01-22 10:00', { authority: 'OTHER' }),
      happens('SubstanceMisuseIndicated', '2026-01-23 10:00', { kind: 'POSSESSION' }),
      happens('SubstanceMisuseIndicated', '2026-01-24 10:00', { kind: 'POSSESSION' }),
    ];
    const ids = RULES.filter(({ keyWork, subject }) => keyWork && !subject).map(({ id }) => id);
    expect(ids).toEqual([
      'FAM-01',
      'INC-02',
      'KW-01',
      'KW-02',
      'KW-03',
      'KW-04',
      'KW-06',
      'KW-07',
      'KW-08',
      'KW-10',
      'KW-11',
      'KW-12',
      'KW-14',
      'KW-15',
      'SEG-04',
      'VUL-02',
    ]);
    expect(changes([], ids, happened, '2026-06-01 00:00').length).toBeGreaterThan(10);
    expect(changes(settings, ids, happened, '2026-06-01 00:00')).toEqual([]);
    expect(changes(settings, ['SUB-01', 'SEG-01'], happened, '2026-01-25 00:00')).toEqual([
      '2026-01-22 12:00 SEG-01 raised MEDIUM',
      '2026-01-22 16:00 SEG-01 escalated HIGH',
      '2026-01-24 10:00 SUB-01 raised MEDIUM',
    ]);
  });

  it('is asked for the check of the first night all the same: that is no key work', () => {
    expect(changes(settings, ['KW-16'], [arrives('2026-12-07 18:40')], '2026-12-12 00:00')).toEqual([
      '2026-12-08 10:00 KW-16 raised MEDIUM',
      '2026-12-09 00:00 KW-16 escalated HIGH',
    ]);
  });
});

describe('settings that change', () => {
  it('close what they no longer ask for, and raise what they ask for anew, at the local midnight, and say so', () => {
    const settings = saying({ XYI: 'keyWork: { scheme: false, from: 2026-03-29, until: 2026-04-02 }' });
    const told = replay(new Rulebook(RULES, DAYS, settings), DAYS, SEEN, at('2026-05-01 00:00'));
    expect(changes(settings, ['KW-01'], SEEN, '2026-05-01 00:00')).toEqual([
      '2026-01-15 00:00 KW-01 raised LOW',
      '2026-01-22 00:00 KW-01 escalated MEDIUM',
      '2026-02-05 00:00 KW-01 escalated HIGH',
      '2026-03-29 00:00 KW-01 resolved HIGH (rule-changed)',
      '2026-04-02 00:00 KW-01 raised HIGH',
    ]);
    const closed = told.find(({ rule, outcome }) => rule.id === 'KW-01' && outcome === 'rule-changed');
    expect(closed && sayWhy(closed, DAYS)).toBe(
      'By the rules that hold for this person since 29 March 2026 at 00:00 it is not asked for.',
    );
  });

  it('leave a rule off until the day that they name', () => {
    const settings = saying({ XYI: 'rules: { KW-01: { off: true, because: no staff, until: 2026-02-01 } }' });
    expect(changes(settings, ['KW-01'], SEEN, '2026-02-04 00:00')).toEqual(['2026-02-01 00:00 KW-01 raised MEDIUM']);
  });

  it('never lower a severity that was reached', () => {
    const settings = saying({
      XYI: 'rules: { KW-01: { severity: [{ level: LOW, at: P7D }], because: x, from: 2026-02-10 } }',
    });
    expect(changes(settings, ['KW-01'], SEEN, '2026-06-01 00:00').at(-1)).toBe('2026-02-05 00:00 KW-01 escalated HIGH');
  });

  it('leave a latched alert to what closes it: that it stood on other limits does not count against it', () => {
    const charges = [1, 2, 3].map((n) =>
      happens('AdjudicationReported', `2026-01-0${5 + n} 10:00`, { chargeNumber: `C${n}` }),
    );
    const settings = saying({
      XYI: 'rules: { ADJ-01: { severity: [{ level: HIGH }], because: x, from: 2026-01-12 } }',
    });
    expect(changes(settings, ['ADJ-01'], [arrives('2026-01-05 09:00'), ...charges], '2026-06-01 00:00')).toEqual([
      '2026-01-08 10:00 ADJ-01 raised MEDIUM',
      '2026-01-12 00:00 ADJ-01 escalated HIGH',
      '2026-02-05 00:00 ADJ-01 resolved HIGH (ended)',
    ]);
  });
});

describe('somebody who moves', () => {
  const settings = saying({
    XYI: 'rules: { ACCT-01: { severity: [{ level: MEDIUM, at: PT2H }, { level: CRITICAL, at: PT8H }], because: x } }',
    XYM: 'rules: { ACCT-01: { off: true, because: x, until: 2026-03-01 } }',
  });
  const opened = [arrives('2026-01-05 09:00'), happens('AcctOpened', '2026-01-06 10:00')];

  it('is decided by the rules of the prison that holds them, each limit from where it began', () => {
    const moved = [
      ...opened,
      released('2026-01-06 13:00', 'TRANSFERRED'),
      received('2026-01-06 15:00', 'TRANSFERRED', 'XYN'),
    ];
    expect(changes(settings, ['ACCT-01'], moved, '2026-01-07 00:00')).toEqual([
      '2026-01-06 12:00 ACCT-01 raised MEDIUM',
      '2026-01-06 13:00 ACCT-01 expired MEDIUM (left)',
      '2026-01-06 15:00 ACCT-01 raised MEDIUM',
      '2026-01-06 16:00 ACCT-01 escalated CRITICAL',
    ]);
  });

  it('to where the rule is off, without leaving on record, has the alert closed because the rules are others', () => {
    const moved = [...opened, received('2026-01-06 13:00', 'TRANSFERRED', 'XYM')];
    expect(changes(settings, ['ACCT-01'], moved, '2026-01-07 00:00')).toEqual([
      '2026-01-06 12:00 ACCT-01 raised MEDIUM',
      '2026-01-06 13:00 ACCT-01 resolved MEDIUM (rule-changed)',
    ]);
  });
});

describe('what holds in every prison that says nothing for itself', () => {
  const off = { prisonId: EVERY_OTHER, keyWork: [], rules: [{ rule: 'KW-01', because: 'nobody tells us' }] };
  const settings = [off, ...saying({ XYM: 'keyWork: { every: P7D }' })];

  it('does not hold in one that has settings', () => {
    expect(changes(settings, ['KW-01'], SEEN, '2026-01-16 00:00')).toEqual([]);
    const moved = [
      ...SEEN,
      received('2026-01-17 13:00', 'TRANSFERRED', 'XYM'),
      happens('KeyWorkerSessionHeld', '2026-01-17 15:00', { staffId: 'S1' }, 'XYM'),
    ];
    expect(changes(settings, ['KW-01'], moved, '2026-01-26 00:00')).toEqual(['2026-01-25 00:00 KW-01 raised LOW']);
  });

  it('closes there what was open in a prison that has settings', () => {
    const there = [
      received('2026-01-05 09:00', 'NEW_ADMISSION', 'XYM'),
      happens('KeyWorkerSessionHeld', '2026-01-07 10:00', { staffId: 'S1' }, 'XYM'),
    ];
    const moved = [...there, received('2026-01-17 13:00', 'TRANSFERRED', 'XYI')];
    expect(changes(settings, ['KW-01'], moved, '2026-01-26 00:00')).toEqual([
      '2026-01-15 00:00 KW-01 raised LOW',
      '2026-01-17 13:00 KW-01 resolved LOW (ended)',
    ]);
  });
});

describe('how a rule is in a prison', () => {
  const settings = saying({
    XYI: 'keyWork: { every: P14D, caseload: 9 }\nrules: { SEG-06: { off: true, because: rebuilt, until: 2026-02-01 } }',
    XYM: 'keyWork: { scheme: false }',
  });
  const rulebook = new Rulebook(RULES, DAYS, settings);
  const inPrison = (id: string, prison: string, when = '2026-01-05 00:00') => {
    const [rule] = RULES.filter((one) => one.id === id);
    if (!rule) throw new Error(id);
    const { applies, differs, because } = ruleInPrison(rule, rulebook.inForceWith(rule, prison, at(when)));
    return { applies, differs, because };
  };

  it('is said with the reason that the prison gives, or that its key work is', () => {
    expect(inPrison('KW-01', 'XYI')).toEqual({
      applies: true,
      differs: true,
      because: 'people are to be seen every 14 days',
    });
    expect(inPrison('SEG-06', 'XYI')).toEqual({ applies: false, differs: true, because: 'rebuilt' });
    expect(inPrison('KW-09', 'XYI')).toEqual({
      applies: true,
      differs: true,
      because: 'the caseload of a key worker is 9 there',
    });
    expect(inPrison('VUL-02', 'XYM')).toEqual({
      applies: false,
      differs: true,
      because: 'there is no key work scheme',
    });
    const asEverywhere = { applies: true, differs: false, because: null };
    expect(inPrison('SEG-06', 'XYI', '2026-02-01 00:00')).toEqual(asEverywhere);
    expect(inPrison('KW-01', 'XYN')).toEqual(asEverywhere);
  });
});

describe('prisons', () => {
  it('that say the same share one plan, and one that says what everybody says has the catalogue’s', () => {
    const rulebook = new Rulebook(
      RULES,
      DAYS,
      saying({ XYI: 'keyWork: { every: P14D }', XYM: 'keyWork: { every: P14D }', XYN: 'keyWork: { every: P7D }' }),
    );
    const planIn = (prisonId: string | undefined) => rulebook.inForce(prisonId, at('2026-01-01 00:00')).plan;
    expect(planIn('XYM')).toBe(planIn('XYI'));
    expect(planIn('XYN')).toBe(planIn(undefined));
    expect(planIn('XYI')).not.toBe(planIn(undefined));
  });
});
