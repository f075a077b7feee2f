import { describe, expect, it } from '@jest/globals';
import { sayRule } from '../../src/kernel/say/say-rule.js';
import { configRules } from './config-rules.js';

const { files } = configRules();

const explained = (id: string): string => {
  const file = files.find(({ rule }) => rule.id === id);
  if (!file) throw new Error(`There is no rule ${id}.`);
  return sayRule(file.rule);
};

describe('a rule in plain English', () => {
  it('says its steps by their limits, whom it is about, and that it waits', () => {
    expect(explained('KW-01').split('\n')).toEqual([
      'KW-01  No key worker session in seven days',
      '',
      'Watches   There has been a key worker session since this stay began, and none for 7 days since the',
      '          last one.',
      'Severity  LOW after 7 days; MEDIUM after 14 days; HIGH after 28 days.',
      'About     Everyone in a stay, except where complexity of need is high. Limits wait while the person',
      '          is away from the prison.',
      'Closes    A key worker session.',
      'Tells     key worker, key work manager.',
      'Owner     head of offender management delivery.',
      'Source    PPO, article on the key worker scheme: governors must see that time is made available for',
      '          an average of 45 minutes per prisoner per week for delivery of the key worker role, which',
      '          includes individual time.',
      'Source    HMPPS, key worker posts: 45 minutes are timetabled each week.',
      'Our view  An average of a week is not a session every seven days. We watch the week because a gap is',
      '          seen first there, at LOW, for the worklist; the later steps are ours.',
      'Version   2, in force since 1 January 2018.',
    ]);
  });

  it('shows which "and" belongs to which "or"', () => {
    expect(explained('SEG-02').split('\n')).toEqual([
      'SEG-02  Segregated with known risk',
      '',
      'Watches   All of these:',
      '          - The person is segregated.',
      '          - Either an ACCT is open, or an ACCT was closed in the last 28 days, or there has been a',
      '            self-harm incident in the last 90 days, or the person has risk marker HC (self-harm in',
      '            custody), or the person has risk marker HS (self-harm in the community).',
      '          - Any of these:',
      '            - There has been no recorded ACCT segregation decision or start of segregation with its',
      '              exceptional circumstances recorded since segregation began and since the last',
      '              self-harm incident.',
      '            - There has been no key worker session since segregation began and since the last',
      '              self-harm incident, and there has been no ACCT case review since segregation began and',
      '              since the last self-harm incident.',
      'Severity  MEDIUM; HIGH if either an ACCT is open, or an ACCT was closed in the last 28 days, or',
      '          there has been a self-harm incident in the last 90 days; CRITICAL if an ACCT is open, and',
      '          there has been no recorded ACCT segregation decision or start of segregation with its',
      '          exceptional circumstances recorded since segregation began and since the last self-harm',
      '          incident.',
      'About     Everyone in a stay.',
      'Closes    A recorded decision and a session or ACCT review, or the end of segregation.',
      'Tells     safer custody team, duty governor, ACCT Case Co-ordinator, key worker.',
      'Owner     head of safety.',
      'Source    PPO, article on the key worker scheme (Mr A): he had a history of self-harm; he was found',
      '          hanging a few hours after his segregation began.',
      'Source    PPO, bulletin 8: people on an open ACCT should be segregated only in exceptional',
      '          circumstances.',
      'Our view  Segregation of somebody with a known risk needs a recorded decision, and somebody who',
      '          talks with them. A later self-harm undoes both: what was decided in the morning did not',
      '          know of the afternoon. A marker alone, which is seldom removed, is MEDIUM.',
      'Version   2, in force since 1 January 2018.',
    ]);
  });

  it('says what keeps a latched alert open', () => {
    expect(explained('SUB-01').split('\n')).toEqual([
      'SUB-01  Repeated substance misuse',
      '',
      'Watches   There have been 2 or more indications of substance misuse in the last 14 days.',
      'Severity  MEDIUM; HIGH if rule KW-01 holds.',
      'About     Everyone in a stay.',
      'Closes    A session and a referral, or 28 days without misuse. It stays open, whatever else changes,',
      '          until this is so:',
      '          - Any of these:',
      '            - There has been no indication of substance misuse in the last 28 days.',
      '            - There has been a key worker session since the alert was raised, and there has been a',
      '              substance misuse referral since the alert was raised.',
      'Tells     key worker, safer custody team, substance misuse service.',
      'Owner     head of safety.',
      'Source    PPO, article on the key worker scheme (Mr A): substance misuse; he was referred to a',
      '          substance misuse recovery worker.',
      'Source    PPO, article on the key worker scheme (Mr B): under the influence a number of times; there',
      '          were care plans for substance misuse, including cognitive behavioural therapy.',
      'Our view  In both cases there was help against the substances. That the key worker should know and',
      '          come as well is our inference, and so are the numbers.',
      'Version   2, in force since 1 January 2018.',
    ]);
  });

  it.each(files.map(({ rule }) => rule.id))('%s leaves nothing unsaid', (id) => {
    const said = explained(id);
    expect(said).not.toMatch(/undefined|\[object|NaN|\$/);
    expect(said).not.toMatch(/[a-z][A-Z]|it is not so that/);
  });
});
