import { describe, expect, it } from '@jest/globals';
import { conditionOf } from '../../../test/kernel-kit.js';
import type { Severity } from '../../prison/severity.js';
import type { Rule } from '../rule.js';
import { ruleInWords } from './rule-in-words.js';

/** A rule of these steps, each a level and what it is reached on. */
const ruleOf = (steps: readonly (readonly [level: Severity, when: string])[], over: Partial<Rule> = {}): Rule => ({
  id: 'TEST-01',
  version: 2,
  name: 'Test',
  effectiveFrom: '2018-01-05',
  source: [{ ref: 'PPO', says: 'people should be seen' }],
  owner: 'test',
  tells: [],
  repeats: [],
  because: 'The number is ours.',
  holders: {},
  safeguard: [],
  closesOn: 'a session',
  why: 'Test.',
  pauses: false,
  steps: steps.map(([level, when]) => ({ level, when: conditionOf(when) })),
  ...over,
});

const severity = (...steps: readonly (readonly [Severity, string])[]): string => ruleInWords(ruleOf(steps)).severity;

const absentFor = (limit: string): string => `absentFor: { event: session, within: stay, then: ${limit} }`;
const count = (atLeast: number, window = 'P7D'): string =>
  `countWithin: { event: session, atLeast: ${atLeast}, window: ${window} }`;
const heldFor = (limit: string): string => `heldFor: { condition: acct-open, for: ${limit} }`;

describe('the steps of a rule', () => {
  it('are one level where there is one step, however long it takes', () => {
    expect(severity(['LOW', 'acct-open'])).toBe('LOW.');
    expect(severity(['LOW', absentFor('P7D')])).toBe('LOW.');
  });

  it('are told apart by their limits where nothing else differs', () => {
    expect(severity(['LOW', absentFor('P7D')], ['HIGH', absentFor('P14D')])).toBe(
      'LOW after 7 days; HIGH after 14 days.',
    );
    expect(severity(['LOW', heldFor('PT0H')], ['HIGH', heldFor('PT2H')])).toBe('LOW at once; HIGH after 2 hours.');
  });

  it('are told in whole where a limit is not all that differs', () => {
    const answered = (ask: string, limit: string): string =>
      `unansweredFor: { ask: ${ask}, answer: session, for: ${limit} }`;
    expect(severity(['LOW', answered('AcctOpened', 'P1D')], ['HIGH', answered('AcctClosed', 'P2D')])).toBe(
      'LOW; HIGH if there has been no key worker session for 2 days or more after a closing of an ACCT.',
    );
  });

  it('are told in whole where there is more than one limit', () => {
    const both = (first: string, then: string): string =>
      `absentFor: { event: session, within: stay, first: ${first}, then: ${then} }`;
    expect(severity(['LOW', both('P1D', 'P7D')], ['HIGH', both('P2D', 'P9D')])).toBe(
      'LOW; HIGH if there has been no key worker session for 2 days since this stay began, or for 9 days since the last one.',
    );
    expect(severity(['LOW', both('P1D', 'P1D')], ['HIGH', both('P2D', 'P2D')])).toBe(
      'LOW after 1 day; HIGH after 2 days.',
    );
  });

  it('are told apart by their numbers where nothing else differs', () => {
    expect(severity(['LOW', count(1)], ['MEDIUM', count(2)], ['HIGH', count(4)])).toBe(
      'LOW; MEDIUM with 2 or more; HIGH with 4 or more.',
    );
    expect(severity(['LOW', count(2)], ['HIGH', count(1)])).toBe('LOW; HIGH.');
    expect(
      severity(['LOW', count(1)], ['HIGH', 'countUpToLast: { event: session, atLeast: 4, window: P7D, within: stay }']),
    ).toBe('LOW; HIGH if there were 4 or more key worker sessions in the 7 days up to the last one.');
  });

  it('are told by what they ask for beyond the first', () => {
    expect(severity(['LOW', 'acct-open'], ['HIGH', 'all: [acct-open, key-worker]'])).toBe(
      'LOW; HIGH if the person has a key worker.',
    );
    expect(severity(['LOW', 'acct-open'], ['HIGH', 'all: [key-worker, acct-open]'])).toBe(
      'LOW; HIGH if the person has a key worker, and an ACCT is open.',
    );
    expect(severity(['LOW', 'acct-open'], ['HIGH', 'any: [acct-open, key-worker]'])).toBe(
      'LOW; HIGH if either an ACCT is open, or the person has a key worker.',
    );
    expect(severity(['LOW', 'acct-open'], ['HIGH', 'all: [acct-open, key-worker, stay]'])).toBe(
      'LOW; HIGH if an ACCT is open, and the person has a key worker, and the person is in the prison.',
    );
  });
});

describe('whom a rule is about', () => {
  const about = (over: Partial<Rule>): string => ruleInWords(ruleOf([['LOW', 'acct-open']], over)).about;

  it('is everyone in a stay, some of them, or all but those of high need', () => {
    expect(about({})).toBe('Everyone in a stay.');
    expect(about({ appliesTo: { name: 'acct-open', condition: conditionOf('acct-open') } })).toBe(
      'Everyone in a stay, while an ACCT is open.',
    );
    expect(about({ appliesTo: { name: 'key-work-eligible', condition: conditionOf('key-worker') } })).toBe(
      'Everyone in a stay, except where complexity of need is high.',
    );
  });

  it('says that limits wait during an absence, where they do', () => {
    expect(about({ pauses: true })).toBe('Everyone in a stay. Limits wait while the person is away from the prison.');
  });
});

describe('a rule in words', () => {
  it('watches one sentence, or a list where "and" and "or" stand within each other', () => {
    const watched = (when: string): readonly string[] => ruleInWords(ruleOf([['LOW', when]])).watches;
    expect(watched('all: [acct-open, key-worker]')).toEqual(['An ACCT is open, and the person has a key worker.']);
    expect(watched('not: { any: [acct-open, { all: [key-worker, stay] }] }')).toEqual([
      'All of these:',
      '- No ACCT is open.',
      '- Either the person has no key worker, or the person is not in the prison.',
    ]);
    expect(watched('any: [acct-open, { all: [key-worker, { any: [stay, acct-open] }] }]')).toEqual([
      'Any of these:',
      '- An ACCT is open.',
      '- All of these:',
      '- - The person has a key worker.',
      '- - Either the person is in the prison, or an ACCT is open.',
    ]);
    expect(ruleInWords(ruleOf([])).watches).toEqual([]);
  });

  it('closes on what its safeguard is called, and a latched one on what it waits for', () => {
    expect(ruleInWords(ruleOf([['LOW', 'acct-open']])).closes).toEqual(['A session.']);
    expect(ruleInWords(ruleOf([['LOW', 'acct-open']], { closesWhen: conditionOf('not: acct-open') })).closes).toEqual([
      'A session. It stays open, whatever else changes, until this is so:',
      '- No ACCT is open.',
    ]);
  });

  it('names its sources, their cases, and since when it is in force', () => {
    const { source, because, version } = ruleInWords(
      ruleOf([['LOW', 'acct-open']], {
        source: [
          { ref: 'PPO', says: 'people should be seen' },
          { ref: 'PPO', case: 'Mr A', says: 'he was not seen' },
        ],
      }),
    );
    expect(source).toEqual(['PPO: people should be seen.', 'PPO (Mr A): he was not seen.']);
    expect(because).toBe('The number is ours.');
    expect(version).toBe('2, in force since 5 January 2018.');
  });
});
