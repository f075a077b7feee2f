import { describe, expect, it } from '@jest/globals';
import { conditionOf } from '../../../test/kernel-kit.js';
import { sayCondition } from './say-condition.js';

const SEGREGATED = '{ during: { from: SegregationStarted, until: SegregationEnded } }';
const SEEN = '{ seen: { event: session, within: acct-open } }';

describe('a condition in plain English', () => {
  it.each([
    ['acct-open', 'an ACCT is open'],
    ['not: acct-open', 'no ACCT is open'],
    ['not: key-worker', 'the person has no key worker'],
    ['not: { not: acct-open }', 'an ACCT is open'],
    [`all: [acct-open, ${SEGREGATED}]`, 'an ACCT is open, and the person is segregated'],
    [
      `not: { all: [acct-open, ${SEEN}] }`,
      'either no ACCT is open, or there has been no key worker session since the ACCT was opened',
    ],
    [`not: { any: [acct-open, ${SEGREGATED}] }`, 'no ACCT is open, and the person is not segregated'],
    ['heldFor: { condition: acct-open, for: P2D }', 'an ACCT is open, 2 days after the ACCT was opened'],
    [
      'absentFor: { event: session, within: stay, first: P5D }',
      'there has been no key worker session for 5 days since this stay began',
    ],
    [
      'absentFor: { event: session, within: stay, then: P7D }',
      'there has been a key worker session since this stay began, and none for 7 days since the last one',
    ],
    [
      'absentFor: { event: AcctCaseReviewHeld, within: acct-open, first: PT24H, then: P14D }',
      'there has been no ACCT case review for 24 hours since the ACCT was opened, or for 14 days since the last one',
    ],
    [
      'unansweredFor: { ask: SelfHarmReported, answer: session, for: PT0H }',
      'there has been no key worker session after a self-harm incident',
    ],
    [
      'unansweredFor: { ask: [SelfHarmReported, AcctOpened], answer: session, for: PT72H, atLeast: 2 }',
      'there has been no key worker session for 72 hours or more after a self-harm incident or an opening of an ACCT, for 2 of them or more',
    ],
    [
      'countWithin: { event: AdjudicationReported, atLeast: 3, window: P28D, distinctBy: chargeNumber }',
      'there have been reported charges with 3 or more different charge numbers in the last 28 days',
    ],
    [
      'not: { countWithin: { event: session, atLeast: 1, window: P7D } }',
      'there has been no key worker session in the last 7 days',
    ],
    [
      'sinceRaised: { event: session, pairWithin: P14D }',
      'there have been two key worker sessions in a row at most 14 days apart since the alert was raised',
    ],
    ['rule: KW-01', 'rule KW-01 holds'],
    [
      'lastOf: { event: session, last: 2, atLeast: 2, where: { interpreterUsed: { not: true } }, within: stay }',
      'the last 2 key worker sessions since this stay began were held with no interpreter recorded',
    ],
  ])('%s', (yaml, said) => {
    expect(sayCondition(conditionOf(yaml))).toBe(said);
  });

  it('says what an event must carry where that has no phrase of its own', () => {
    const condition = conditionOf(
      'countWithin: { event: { event: SubstanceMisuseIndicated, where: { kind: [POSSESSION, REFERRAL] } }, atLeast: 2, window: P7D }',
    );
    expect(sayCondition(condition)).toBe(
      'there have been 2 or more substance misuse records (kind POSSESSION or REFERRAL) in the last 7 days',
    );
  });
});
