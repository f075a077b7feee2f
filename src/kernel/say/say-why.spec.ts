import { describe, expect, it } from '@jest/globals';
import { at, conditionOf, DAYS, happens, session } from '../../../test/kernel-kit.js';
import type { Evidence } from '../evidence.js';
import type { Rule } from '../rule.js';
import type { Transition } from '../transition.js';
import { sayWhy } from './say-why.js';

const NOW = at('2026-01-15 10:30');
const SESSIONS = ['2026-01-05 09:00', '2026-01-08 09:00', '2026-01-07 09:00', '2026-01-09 09:00'].map((when) =>
  session(when),
);

const ruleOf = (over: Partial<Rule> = {}): Rule => ({
  id: 'TEST-01',
  version: 1,
  name: 'Not seen',
  effectiveFrom: '2018-01-01',
  source: [],
  owner: 'test',
  tells: [],
  repeats: [],
  because: '',
  holders: {},
  safeguard: [],
  closesOn: 'a session',
  why: 'Not seen.',
  pauses: false,
  steps: [{ level: 'LOW', when: conditionOf('absentFor: { event: session, within: stay, then: P7D }') }],
  ...over,
});

const holding = (evidence: Partial<Evidence> = {}): Evidence => ({ op: 'all', holds: true, cites: [], ...evidence });

/** What a rule of one step rests on, which stands last. */
const step = (...of: readonly Evidence[]): Evidence => holding({ of: [holding(), holding({ of })] });

/** What is said of a change that rests on this. */
const said = (because: Evidence, rule: Partial<Rule> = {}, over: Partial<Transition> = {}): string =>
  sayWhy(
    {
      at: NOW,
      transition: 'raised',
      rule: ruleOf(rule),
      prisonId: 'XYI',
      severity: 'LOW',
      outcome: null,
      evidence: [],
      because,
      ...over,
    },
    DAYS,
  );

const counting = (evidence: Partial<Evidence> = {}): Evidence =>
  holding({ of: [holding({ op: 'countWithin', count: 4, cites: SESSIONS, ...evidence })] });

describe('the reason of an alert', () => {
  it.each([
    ['first', 'on {first}', 'on 5 January 2026'],
    ['last', 'on {last}', 'on 9 January 2026'],
    ['count', '{count} times', '4 times'],
    ['days', 'for {days}', 'for 6 days'],
    ['at', 'by {at}', 'by 15 January 2026 at 10:30'],
    [
      'events',
      '{events}',
      'the key worker session on 9 January 2026, the key worker session on 8 January 2026, the key worker session on 7 January 2026 and 1 more',
    ],
  ])('says of what was counted: %s', (_, why, words) => {
    expect(said(counting(), { why })).toBe(words);
  });

  it.each(['first', 'last', 'events', 'count', 'families', 'grounds', 'since', 'due', 'days'])(
    'is the name of the rule where there is nothing to say of: %s',
    (placeholder) => {
      expect(said(holding(), { why: `It is {${placeholder}}.` })).toBe('Not seen.');
      expect(said(holding({ of: [holding({ op: 'countWithin' })] }), { why: `It is {${placeholder}}.` })).toBe(
        'Not seen.',
      );
    },
  );

  it('names up to three events, and no more than there are', () => {
    expect(said(counting({ cites: SESSIONS.slice(0, 1) }), { why: '{events}' })).toBe(
      'the key worker session on 5 January 2026',
    );
    expect(said(counting({ cites: SESSIONS.slice(0, 3) }), { why: '{events}' })).toMatch(
      /8 January 2026, the key worker session on 7 January 2026 and the key worker session on 5 January 2026$/,
    );
  });

  it('counts days from the beginning where no event was counted', () => {
    const because = holding({ of: [holding({ op: 'during', since: at('2026-01-14 23:59') })] });
    expect(said(because, { why: 'since {since}, for {days}' })).toBe('since 14 January 2026, for 1 day');
  });

  it('names kinds of risk, and what the first choice that holds rests on', () => {
    expect(said(counting({ families: ['VIOLENCE', 'LOSS', 'DEBT'] }), { why: '{families}' })).toBe(
      'violence, loss of family or contact and debt',
    );
    const choice = step(
      { ...holding({ op: 'any', cites: SESSIONS.slice(1, 2) }), holds: false },
      holding({ op: 'any', cites: SESSIONS.slice(0, 1) }),
    );
    expect(said(choice, { why: '{grounds}' })).toBe('the key worker session on 5 January 2026');
  });

  it('counts only what holds, cites something, and is counted by its operator', () => {
    const other = (evidence: Partial<Evidence>): Evidence => step(holding(evidence), ...(counting().of ?? []));
    const late = [session('2026-01-14 09:00')];
    expect(said(other({ op: 'seen', cites: [] }), { why: '{last}' })).toBe('9 January 2026');
    expect(said(other({ op: 'seen', holds: 'unknown', cites: late }), { why: '{last}' })).toBe('9 January 2026');
    expect(said(other({ op: 'during', cites: late }), { why: '{last}' })).toBe('9 January 2026');
    expect(said(other({ op: 'seen', cites: late }), { why: '{last}' })).toBe('14 January 2026');
  });

  it('says what fell due by then: by the end of a day, or at an instant, and what an absence made of it', () => {
    const due = (evidence: Partial<Evidence>): string =>
      said(holding({ of: [holding(evidence)] }), { why: 'due by {due}' });
    expect(due({ due: at('2026-01-12 00:00') })).toBe('due by the end of 11 January 2026');
    expect(due({ due: at('2026-01-12 10:00') })).toBe('due by 12 January 2026 at 10:00');
    expect(due({ due: at('2026-01-12 00:00'), dueOnRecord: at('2026-01-10 00:00') })).toBe(
      'due by the end of 9 January 2026 (moved by an absence to the end of 11 January 2026)',
    );
    expect(due({ due: NOW })).toBe('due by 15 January 2026 at 10:30');
    expect(due({ due: NOW + 1 })).toBe('Not seen.');
    expect(due({ due: at('2026-01-12 00:00'), holds: false })).toBe('Not seen.');
  });

  it('has the time of day where the rule counts hours', () => {
    const steps = [
      { level: 'LOW' as const, when: conditionOf('absentFor: { event: session, within: stay, then: PT2H }') },
    ];
    expect(said(counting(), { why: '{last}', steps })).toBe('9 January 2026 at 09:00');
  });

  it('is the name of the rule where its words are not known to be true', () => {
    const closesWhen = conditionOf('acct-open');
    expect(said({ ...counting(), holds: false }, { why: 'Else.' })).toBe('Not seen.');
    expect(said({ ...counting(), holds: 'unknown' }, { closesWhen, why: 'Else.' })).toBe('Not seen.');
    expect(said(counting(), { closesWhen, why: 'Else.' })).toBe('Else.');
  });

  it('names who should act, with the staff id of whoever has the task', () => {
    const tells = ['key-worker', 'safer-custody'];
    const held = (evidence: Partial<Evidence>): Partial<Transition> => ({
      holders: new Map([['key-worker', holding(evidence)]]),
    });
    expect(said(holding(), { tells })).toBe('Not seen. To act: key worker, safer custody team.');
    expect(
      said(
        holding(),
        { tells },
        held({ cites: [happens('KeyWorkerAllocated', '2026-01-05 09:00', { staffId: 'S1' })] }),
      ),
    ).toBe('Not seen. To act: key worker S1, safer custody team.');
    for (const nobody of [
      { cites: [] },
      { cites: [happens('KeyWorkerAllocated', '2026-01-05 09:00', { staffId: 7 })] },
      { holds: false, cites: [happens('KeyWorkerAllocated', '2026-01-05 09:00', { staffId: 'S1' })] },
    ])
      expect(said(holding(), { tells }, held(nobody))).toBe(
        'Not seen. To act: key worker (none is allocated), safer custody team.',
      );
  });
});

describe('the reason of a further ask', () => {
  const repeated = (repeats: Rule['repeats']): string =>
    said(holding(), { repeats }, { transition: 'repeated', evidence: SESSIONS.slice(0, 1) });

  it('is that it waits, or that it is a sign of risk', () => {
    expect(repeated([])).toBe('Another event waits for an answer: the key worker session on 5 January 2026.');
    expect(repeated([conditionOf('stay'), conditionOf('familiesWithin: { atLeast: 1, window: P28D }')])).toBe(
      'A further sign of risk: the key worker session on 5 January 2026.',
    );
  });
});

describe('the reason of a close', () => {
  it.each([
    ['met', 'resolved', 'Closed by the key worker session on 5 January 2026.'],
    [
      'recorded-late',
      'resolved',
      'Closed by the key worker session on 5 January 2026, in time but known only since 15 January 2026 at 10:30.',
    ],
    ['withdrawn', 'resolved', 'An event that it rested on was withdrawn or quashed.'],
    [
      'merged',
      'expired',
      'The records were merged with those of another prison number; what is still true is open under that number.',
    ],
    ['left', 'expired', 'The stay had ended by 15 January 2026 at 10:30.'],
    ['ended', 'resolved', 'What it was about had ended by 15 January 2026 at 10:30.'],
  ] as const)('%s', (outcome, transition, words) => {
    expect(said(holding(), {}, { transition, outcome, evidence: SESSIONS.slice(0, 1) })).toBe(words);
  });
});
