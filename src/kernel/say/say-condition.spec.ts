import { describe, expect, it } from '@jest/globals';
import { conditionOf } from '../../../test/kernel-kit.js';
import { sayCondition } from './say-condition.js';

const SEGREGATED = '{ during: { from: SegregationStarted, until: SegregationEnded } }';
const SEEN = '{ seen: { event: session, within: acct-open } }';
const NO_KEY_WORKER = '{ unassigned: { by: KeyWorkerAllocated, until: KeyWorkerDeallocated, field: staffId } }';
const CONFINED =
  '{ running: { from: CellularConfinementAwarded, until: CellularConfinementEnded, days: days, match: chargeNumber } }';

/** A change to high where the last change said something else. */
const highAfter = (last: string): string =>
  `{ event: ComplexityOfNeedChanged, where: { level: HIGH }, when: { not: { latest: { event: ComplexityOfNeedChanged, field: level, is: ${last} } } } }`;

const said = (yaml: string): string => sayCondition(conditionOf(yaml));

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
  ])('%s', (yaml, expected) => {
    expect(said(yaml)).toBe(expected);
  });

  it.each([
    ['stay', 'the person is in the prison', 'the person is not in the prison', 'this stay began'],
    ['custody', 'the person is in custody', 'the person is not in custody', 'this custody began'],
    ['arrival', 'this stay began with an arrival', 'this stay did not begin with an arrival', 'the arrival'],
    [
      'presence',
      'something that can only be done in the prison shows that the person is there, and no movement is recorded since',
      'every return is on record',
      'it was seen that the person was there',
    ],
    [
      '{ away: { reasons: [SENT_TO_COURT, TAKEN_TO_HOSPITAL, ESCAPED] } }',
      'the person is away (at court, in hospital or ESCAPED)',
      'the person is not away (at court, in hospital or ESCAPED)',
      'the person left',
    ],
    ['key-worker', 'the person has a key worker', 'the person has no key worker', 'the key worker was allocated'],
    [
      NO_KEY_WORKER,
      'the person has no key worker',
      'the person has a key worker',
      'the stay began or the last key worker was taken away',
    ],
    [CONFINED, 'cellular confinement is running', 'no cellular confinement is running', 'the confinement began'],
    [SEGREGATED, 'the person is segregated', 'the person is not segregated', 'segregation began'],
    ['acct-open', 'an ACCT is open', 'no ACCT is open', 'the ACCT was opened'],
    [
      '{ during: { from: AcctClosed, until: AcctOpened } }',
      'an ACCT was closed and not reopened',
      'no ACCT stands closed',
      'the ACCT was closed',
    ],
    [
      '{ during: { from: { event: RiskMarkerAdded, where: { code: [HC, ZZ] } }, until: RiskMarkerRemoved } }',
      'the person has risk marker HC (self-harm in custody) or ZZ',
      'the person does not have risk marker HC (self-harm in custody) or ZZ',
      'risk marker HC (self-harm in custody) or ZZ was added',
    ],
    [
      '{ during: { from: { event: RiskMarkerAdded, where: { markerId: HC } }, until: RiskMarkerRemoved } }',
      'there has been a risk marker (marker id HC) and no removal of a risk marker since',
      'it is not between a risk marker (marker id HC) and a removal of a risk marker',
      'a risk marker (marker id HC)',
    ],
    [
      '{ during: { from: { event: RiskMarkerRemoved, where: { code: HC } }, until: session } }',
      'there has been a removal of a risk marker (code HC) and no key worker session since',
      'it is not between a removal of a risk marker (code HC) and a key worker session',
      'a removal of a risk marker (code HC)',
    ],
    [
      '{ during: { from: { starts: arrival }, until: SelfHarmReported } }',
      'this stay began with an arrival',
      'this stay did not begin with an arrival',
      'the arrival',
    ],
    [
      '{ during: { from: { event: { starts: arrival }, when: key-worker }, until: SelfHarmReported } }',
      'this stay began with an arrival at a time when the person has a key worker',
      'this stay did not begin with an arrival at a time when the person has a key worker',
      'the arrival at a time when the person has a key worker',
    ],
    [
      '{ during: { from: { event: { starts: arrival }, when: acct-open }, until: AcctClosed } }',
      'the person arrived with an ACCT open that is still open',
      'the person did not arrive with an ACCT open',
      'the arrival with an ACCT open',
    ],
  ])('a state that is so, is not, and began: %s', (scope, is, isNot, began) => {
    expect(said(scope)).toBe(is);
    expect(said(`not: ${scope}`)).toBe(isNot);
    expect(said(`heldFor: { condition: ${scope}, for: P2D }`)).toBe(`${is}, 2 days after ${began}`);
  });

  it.each([
    ['acct-open', 'an ACCT was closed'],
    ['{ during: { from: SegregationStarted, until: SegregationEnded, within: custody } }', 'segregation ended'],
    ['{ during: { from: AcctClosed, until: AcctOpened, within: custody } }', 'an ACCT was opened again'],
    [
      '{ during: { from: IncentiveLevelChanged, until: SelfHarmReported, within: custody } }',
      'the person was moved off Basic',
    ],
    [
      '{ during: { from: { event: RiskMarkerAdded, where: { code: HA } }, until: RiskMarkerRemoved, within: custody } }',
      'risk marker HA (ACCT open) was removed',
    ],
    ['{ during: { from: SelfHarmReported, until: session, within: custody } }', 'there was a key worker session'],
    ['{ during: { from: { starts: arrival }, until: SelfHarmReported, within: custody } }', 'it ended'],
  ])('a state that ended: %s', (scope, ended) => {
    expect(said(`endedWithin: { condition: ${scope}, window: P28D }`)).toBe(`${ended} in the last 28 days`);
  });

  it.each([
    ['custody: { days: 28 }', 'this custody began at least 28 days before'],
    ['not: { custody: { days: 28 } }', 'this custody began less than 28 days before'],
    ['during: { from: SelfHarmReported, until: [] }', 'there has been a self-harm incident'],
    ['heldFor: { condition: acct-open, for: PT0H }', 'an ACCT is open'],
    ['noneWithin: { event: session, window: P7D }', 'there has been no key worker session in the last 7 days'],
    [
      'not: { noneWithin: { event: [session, AcctOpened], window: P7D } }',
      'there has been a key worker session or an opening of an ACCT in the last 7 days',
    ],
    [
      'latest: { event: ComplexityOfNeedChanged, field: level, is: [HIGH, MEDIUM] }',
      'level in the last change of complexity of need is HIGH or MEDIUM',
    ],
    [
      'not: { latest: { event: ComplexityOfNeedChanged, field: level, is: [HIGH, MEDIUM] } }',
      'level in the last change of complexity of need is not HIGH or MEDIUM',
    ],
    [
      'seen: { event: [session, SelfHarmReported], within: stay, sinceLast: AcctOpened }',
      'there has been a key worker session or a self-harm incident since this stay began and since the last opening of an ACCT',
    ],
    [
      'not: { seen: { event: [session, SelfHarmReported], within: stay, sinceLast: AcctOpened } }',
      'there has been no key worker session or self-harm incident since this stay began and since the last opening of an ACCT',
    ],
    [
      'neverMet: { holder: key-worker, event: session, for: P14D }',
      'the present key worker, 14 days after being allocated, has held no key worker session with the person in this stay',
    ],
    [
      'not: { neverMet: { holder: key-worker, event: session, for: P14D } }',
      'it is not so that the present key worker, 14 days after being allocated, has held no key worker session with the person in this stay',
    ],
    [
      'absentFor: { event: session, within: stay, for: P7D }',
      'there has been no key worker session for 7 days since this stay began, or for 7 days since the last one',
    ],
    [
      'dueBy: { event: AcctCaseReviewHeld, field: nextReviewDue, otherwise: P7D, within: acct-open }',
      'the date of the next review, as the last ACCT case review since the ACCT was opened set it, has passed (where it set none: 7 days after it)',
    ],
    [
      'dueBy: { event: SegregationStarted, field: authority, otherwise: P7D, first: PT24H, atMost: P28D, within: stay }',
      'there has been no start of segregation for 24 hours since this stay began, or the authority, as the last start of segregation since this stay began set it (28 days after it at most), has passed (where it set none: 7 days after it)',
    ],
    [
      'unansweredFor: { asks: [{ event: SelfHarmReported, for: P2D, while: acct-open }, { event: AcctOpened, for: PT0H }, { event: AcctClosed }], answer: session, elsewhere: P28D }',
      'there has been no key worker session for 2 days or more after a self-harm incident while an ACCT is open, or after an opening of an ACCT, or after a closing of an ACCT (one of an earlier stay asks for 28 days)',
    ],
  ])('%s', (yaml, expected) => {
    expect(said(yaml)).toBe(expected);
  });

  it.each([
    ['event: session, atLeast: 1, window: P7D', 'there has been a key worker session in the last 7 days'],
    ['event: session, atLeast: 2, window: P1D', 'there have been 2 or more key worker sessions in the last 1 day'],
    [
      'event: session, atLeast: 2, window: P7D, within: stay',
      'there have been 2 or more key worker sessions in the last 7 days of this stay',
    ],
    [
      'event: session, atLeast: 1, window: P7D, within: custody',
      'there has been a key worker session in the last 7 days of this custody',
    ],
    [
      'event: [session, SelfHarmReported], atLeast: 2, window: P7D, within: acct-open',
      'there have been 2 or more of these in the last 7 days, since the ACCT was opened: key worker sessions or self-harm incidents',
    ],
    [
      `event: [AdjudicationReported, CellularConfinementAwarded], atLeast: 2, window: P7D, otherThan: { field: chargeNumber, of: ${CONFINED} }`,
      'there have been 2 or more of these in the last 7 days: reported charges or awards of cellular confinement, but for those of the charge number that it is about',
    ],
    [
      `event: AdjudicationReported, atLeast: 1, window: P7D, otherThan: { field: chargeNumber, of: ${CONFINED} }`,
      'there has been a reported charge in the last 7 days, but for those of the charge number that it is about',
    ],
  ])('counts what it counts, and where: %s', (counted, expected) => {
    expect(said(`countWithin: { ${counted} }`)).toBe(expected);
  });

  it('keeps the stay, and what is left out of the count, where there must be none', () => {
    expect(
      said(
        `not: { countWithin: { event: AdjudicationReported, atLeast: 1, window: P7D, within: stay, otherThan: { field: chargeNumber, of: ${CONFINED} } } }`,
      ),
    ).toBe(
      'there has been no reported charge in the last 7 days of this stay, but for those of the charge number that it is about',
    );
    expect(said('not: { countWithin: { event: session, atLeast: 2, window: P7D } }')).toBe(
      'it is not so that there have been 2 or more key worker sessions in the last 7 days',
    );
  });

  it.each([
    [
      'familiesWithin: { atLeast: 2, window: P14D }',
      'there have been 2 or more kinds of risk event (discipline, substance or harm) in the last 14 days',
    ],
    [
      'countUpToLast: { event: session, atLeast: 2, window: P14D, within: stay }',
      'there were 2 or more key worker sessions in the 14 days up to the last one',
    ],
    [
      'lastOf: { event: session, last: 1, atLeast: 1, where: { minutes: 0, staffId: { recorded: false } }, within: stay }',
      'the last key worker session since this stay began was with minutes 0 and with staff id not recorded',
    ],
    [
      'lastOf: { event: session, last: 3, atLeast: 2, where: { staffId: { recorded: true } }, within: stay }',
      '2 or more of the last 3 key worker sessions since this stay began were with staff id recorded',
    ],
    ['sinceRaised: { event: session }', 'there has been a key worker session since the alert was raised'],
    ['any: [acct-open]', 'an ACCT is open'],
    ['any: [{ any: [acct-open] }]', 'an ACCT is open'],
    [
      'any: [acct-open, { any: [key-worker, stay] }]',
      'either an ACCT is open, or the person has a key worker, or the person is in the prison',
    ],
    [
      'not: { any: [{ all: [acct-open, key-worker] }, stay] }',
      'either no ACCT is open, or the person has no key worker, and the person is not in the prison',
    ],
  ])('%s', (yaml, expected) => {
    expect(said(yaml)).toBe(expected);
  });

  it.each([
    [
      '{ event: SelfHarmReported, when: { all: [acct-open, stay] } }',
      'self-harm incidents at a time when an ACCT is open and the person is in the prison',
    ],
    [
      '[{ event: SelfHarmReported, when: stay }, { event: AcctOpened, when: stay }]',
      'self-harm incidents or openings of an ACCT, at a time when the person is in the prison',
    ],
    [
      '[{ event: SelfHarmReported, when: { all: [acct-open, stay] } }, { event: AcctOpened, when: stay }]',
      'self-harm incidents (where an ACCT is open) or openings of an ACCT, at a time when the person is in the prison',
    ],
    [
      '[AcctOpened, { event: SelfHarmReported, when: stay }]',
      'openings of an ACCT or self-harm incidents (where the person is in the prison)',
    ],
    ['{ starts: acct-open }', 'openings of an ACCT'],
    ['{ event: AcctOpened, when: { not: acct-open } }', 'openings of an ACCT'],
    ['{ event: AcctClosed, when: acct-open }', 'closings of an ACCT'],
    ['{ event: AcctOpened, when: acct-open }', 'openings of an ACCT at a time when an ACCT is open'],
    ['{ event: AcctClosed, when: { not: acct-open } }', 'closings of an ACCT at a time when no ACCT is open'],
    ['{ event: AcctOpened, when: key-worker }', 'openings of an ACCT at a time when the person has a key worker'],
    [highAfter('HIGH'), 'changes of complexity of need (level HIGH) not known already'],
    [
      highAfter('MEDIUM'),
      'changes of complexity of need (level HIGH) at a time when level in the last change of complexity of need is not MEDIUM',
    ],
    [
      '{ event: ComplexityOfNeedChanged, where: { level: { not: HIGH } }, when: { not: { latest: { event: ComplexityOfNeedChanged, field: level, is: HIGH } } } }',
      'changes of complexity of need (level not HIGH) at a time when level in the last change of complexity of need is not HIGH',
    ],
    [
      '{ event: SubstanceMisuseIndicated, where: { kind: HIGH }, when: { not: { latest: { event: ComplexityOfNeedChanged, field: level, is: HIGH } } } }',
      'substance misuse records (kind HIGH) at a time when level in the last change of complexity of need is not HIGH',
    ],
    ['{ starts: arrival }', 'arrivals'],
    [
      '{ event: SubstanceMisuseIndicated, where: { kind: { not: [POSSESSION, REFERRAL] } } }',
      'substance misuse records (kind not POSSESSION or REFERRAL)',
    ],
  ])('names events by what they carry and when they count: %s', (event, named) => {
    expect(said(`countUpToLast: { event: ${event}, atLeast: 2, window: P7D, within: stay }`)).toBe(
      `there were 2 or more ${named} in the 7 days up to the last one`,
    );
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
