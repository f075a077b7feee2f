import { describe, expect, it } from '@jest/globals';
import { LocalDays } from '../../src/prison/local-days.js';
import { Rulebook } from '../../src/kernel/rulebook.js';
import { playTimeline } from '../../src/kernel/language/run-timelines.js';
import { sayWhy } from '../../src/kernel/say/say-why.js';
import type { Transition } from '../../src/kernel/transition.js';
import { configRules } from './config-rules.js';

const days = new LocalDays();
const { files } = configRules();
const rulebook = new Rulebook(
  files.map(({ rule }) => rule),
  days,
);

/** The changes of a rule's alert in one of its stories, or in its first. */
const transitionsIn = (id: string, story?: string): Transition[] => {
  const timelines = files.find(({ rule }) => rule.id === id)?.timelines ?? [];
  const timeline = story === undefined ? timelines[0] : timelines.find(({ name }) => name === story);
  if (!timeline) throw new Error(`${id} has no story "${story ?? ''}".`);
  return playTimeline(rulebook, days, timeline, id);
};

/** What is said at each of them: `raised LOW: …`. */
const saidIn = (id: string, story?: string): string[] =>
  transitionsIn(id, story).map((change) => `${change.transition} ${change.severity}: ${sayWhy(change, days)}`);

const FIRST = {
  'ACCT-01': [
    'raised MEDIUM: ACCT opened on 10 January 2026 at 14:00; the immediate action plan due by 10 January 2026 at 15:00 is not recorded. To act: duty governor, safer custody team.',
    'resolved MEDIUM: Closed by the immediate action plan on 10 January 2026.',
  ],
  'ACCT-02': [
    'raised MEDIUM: ACCT opened on 10 January 2026 at 14:00; the assessment due within 24 hours, by 11 January 2026 at 14:00, is not recorded. To act: safer custody team, duty governor.',
    'escalated HIGH: ACCT opened on 10 January 2026 at 14:00; the assessment due within 24 hours, by 11 January 2026 at 14:00, is not recorded. To act: safer custody team, duty governor.',
    'resolved HIGH: Closed by the ACCT assessment on 11 January 2026.',
  ],
  'ACCT-03': [
    'raised MEDIUM: ACCT opened on 10 January 2026 at 14:00; the first case review due within 24 hours, by 11 January 2026 at 14:00, is not recorded. To act: ACCT Case Co-ordinator, safer custody team, duty governor.',
    'escalated HIGH: ACCT opened on 10 January 2026 at 14:00; the first case review due within 24 hours, by 11 January 2026 at 14:00, is not recorded. To act: ACCT Case Co-ordinator, safer custody team, duty governor.',
    'resolved HIGH: Closed by the ACCT case review on 11 January 2026.',
  ],
  'ACCT-04': [
    'raised HIGH: The last ACCT case review was on 11 January 2026; the next, due by the end of 18 January 2026, is not recorded. To act: ACCT Case Co-ordinator, safer custody team.',
    'resolved HIGH: Closed by the ACCT case review on 19 January 2026.',
    'raised HIGH: The last ACCT case review was on 19 January 2026; the next, due by 25 January 2026 at 10:00, is not recorded. To act: ACCT Case Co-ordinator, safer custody team.',
    'resolved HIGH: What it was about had ended by 26 January 2026 at 09:00.',
  ],
  'ACCT-05': [
    'raised MEDIUM: At the last ACCT case review, on 11 January 2026, the key worker is not recorded as present or as contributing. To act: ACCT Case Co-ordinator, key worker (none is allocated).',
    'resolved MEDIUM: Closed by the ACCT case review on 18 January 2026.',
  ],
  'ACCT-06': [
    'raised HIGH: ACCT closed on 20 January 2026; the post-closure review due by the end of 27 January 2026 is not recorded. To act: ACCT Case Co-ordinator, safer custody team.',
    'resolved HIGH: Closed by the ACCT post-closure review on 28 January 2026.',
  ],
  'ACCT-07': [
    'raised HIGH: Arrived on 15 January 2026 at 13:00 with an ACCT open; the case review due here by 16 January 2026 at 13:00 is not recorded. To act: ACCT Case Co-ordinator, safer custody team.',
    'resolved HIGH: Closed by the ACCT case review on 16 January 2026.',
  ],
  'ACCT-08': [
    'raised HIGH: An ACCT is open, and no case review is recorded since the self-harm incident on 11 January 2026 at 10:00; one was expected by 11 January 2026 at 12:00. To act: ACCT Case Co-ordinator, safer custody team, duty governor.',
    'repeated HIGH: Another event waits for an answer: the self-harm incident on 11 January 2026 at 13:00.',
    'escalated CRITICAL: An ACCT is open, and no case review is recorded since the self-harm incident on 11 January 2026 at 13:00 and the self-harm incident on 11 January 2026 at 10:00; one was expected by 11 January 2026 at 12:00. To act: ACCT Case Co-ordinator, safer custody team, duty governor.',
    'resolved CRITICAL: Closed by the ACCT case review on 11 January 2026.',
  ],
  'ADJ-01': [
    'raised MEDIUM: 3 different charges were reported within 28 days, the last on 20 January 2026. To act: key worker (none is allocated), safer custody team.',
    'resolved MEDIUM: Closed by the key worker session on 22 January 2026.',
  ],
  'DATA-01': [
    'raised MEDIUM: The feed has been silent since 5 January 2027: it last said on 4 January 2027 how far it is complete. What it delivers is not known, and the rules that need it wait. To act: people who run this service.',
    'resolved MEDIUM: Closed by the report of the feed on 5 January 2027.',
  ],
  'DATA-02': [
    'raised LOW: Sent to court on 10 January 2026 at 08:00; no return or arrival is on record since then, but the cell move on 10 January 2026 at 18:00 shows the person in the prison. To act: people who run this service.',
    'escalated MEDIUM: Sent to court on 10 January 2026 at 08:00; no return or arrival is on record since then, but the cell move on 10 January 2026 at 18:00 shows the person in the prison. To act: people who run this service.',
    'resolved MEDIUM: Closed by the return from court on 14 January 2026.',
  ],
  'DATA-03': [
    'raised MEDIUM: Away since 10 January 2026; a return was expected by the end of 11 January 2026, and none is on record. To act: people who run this service.',
    'resolved MEDIUM: Closed by the return from court on 12 January 2026.',
  ],
  'DATA-04': [
    'raised HIGH: The roll of the prison has this person, and no arrival is on record. To act: people who run this service.',
    'resolved HIGH: Closed by the arrival on 5 December 2026.',
  ],
  'FAM-01': [
    'raised HIGH: No key worker session is recorded since the family contact change for the worse on 20 January 2026 at 10:00. To act: key worker (none is allocated), safer custody team.',
    'resolved HIGH: Closed by the key worker session on 21 January 2026.',
  ],
  'FAM-02': [
    'raised MEDIUM: No key worker session or chaplaincy contact is recorded since the notice of bereavement or serious illness on 20 January 2026 at 10:00. To act: key worker (none is allocated), safer custody team, chaplaincy.',
    'escalated HIGH: No key worker session or chaplaincy contact is recorded since the notice of bereavement or serious illness on 20 January 2026 at 10:00. To act: key worker (none is allocated), safer custody team, chaplaincy.',
    'resolved HIGH: Closed by the chaplaincy contact on 24 January 2026.',
  ],
  'INC-01': [
    'raised MEDIUM: On Basic since 10 January 2026; the review due by the end of 17 January 2026 is not recorded. To act: key work manager, safer custody team.',
    'escalated HIGH: On Basic since 10 January 2026; the review due by the end of 17 January 2026 is not recorded. To act: key work manager, safer custody team.',
    'resolved HIGH: Closed by the incentive review on 20 January 2026.',
    'raised HIGH: On Basic since 10 January 2026; the review due by the end of 3 February 2026 is not recorded. To act: key work manager, safer custody team.',
    'resolved HIGH: What it was about had ended by 5 February 2026 at 10:00.',
  ],
  'INC-02': [
    'raised MEDIUM: Moved to Basic on 15 January 2026, and no key worker session is recorded in the seven days up to then, or since. To act: key worker (none is allocated), key work manager.',
    'resolved MEDIUM: Closed by the key worker session on 16 January 2026.',
  ],
  'KW-01': [
    'raised LOW: It is 8 days since the last recorded key worker session, on 7 January 2026; the next was expected by the end of 14 January 2026. To act: key worker S1, key work manager.',
    'escalated MEDIUM: It is 15 days since the last recorded key worker session, on 7 January 2026; the next was expected by the end of 14 January 2026. To act: key worker S1, key work manager.',
    'escalated HIGH: It is 29 days since the last recorded key worker session, on 7 January 2026; the next was expected by the end of 14 January 2026. To act: key worker S1, key work manager.',
    'resolved HIGH: Closed by the key worker session on 6 February 2026.',
  ],
  'KW-02': [
    'raised MEDIUM: 6 days after the arrival on 5 January 2026 no key worker session is recorded; one was expected by the end of 10 January 2026. To act: key worker (none is allocated), key work manager, safer custody team.',
    'escalated HIGH: 11 days after the arrival on 5 January 2026 no key worker session is recorded; one was expected by the end of 10 January 2026. To act: key worker (none is allocated), key work manager, safer custody team.',
    'resolved HIGH: Closed by the key worker session on 17 January 2026.',
  ],
  'KW-03': [
    'raised LOW: There has been no key worker since 5 January 2026; one was to be allocated by the end of 7 January 2026. To act: key work manager.',
    'resolved LOW: Closed by the key worker allocation on 8 January 2026.',
  ],
  'KW-04': [
    'raised MEDIUM: 15 days after being allocated, on 6 January 2026, the present key worker has no recorded session with the person in this stay; one was expected by the end of 20 January 2026. To act: key worker S1, key work manager.',
    'escalated HIGH: 29 days after being allocated, on 6 January 2026, the present key worker has no recorded session with the person in this stay; one was expected by the end of 20 January 2026. To act: key worker S1, key work manager.',
    'resolved HIGH: Closed by the key worker session on 5 February 2026.',
  ],
  'KW-05': [
    'raised MEDIUM: The key worker has been recorded as unavailable since 11 January 2027; people who are still theirs: 1. To act: key work manager.',
    'resolved MEDIUM: Closed by the return of the key worker on 21 January 2027.',
  ],
  'KW-06': [
    'raised LOW: The last three key worker sessions offered were missed: the key worker session for which no staff were available on 28 January 2027, the key worker session lost to a curtailed regime on 21 January 2027 and the key worker session for which no staff were available on 14 January 2027. To act: key work manager.',
    'escalated MEDIUM: The last three key worker sessions offered were missed: the declined key worker session on 11 February 2027, the declined key worker session on 4 February 2027 and the key worker session for which no staff were available on 28 January 2027. To act: safer custody team, key worker S1.',
    'resolved MEDIUM: Closed by the key worker session on 18 February 2027.',
  ],
  'KW-07': [
    'raised MEDIUM: No key worker session is recorded since the self-harm incident on 6 January 2026 at 10:00; one was expected by 9 January 2026 at 10:00. To act: key worker (none is allocated), key work manager, safer custody team.',
    'escalated HIGH: No key worker session is recorded since the self-harm incident on 6 January 2026 at 10:00 and the assault on 7 January 2026 at 09:00; one was expected by 9 January 2026 at 10:00. To act: key worker (none is allocated), key work manager, safer custody team.',
    'resolved HIGH: Closed by the key worker session on 16 January 2026.',
  ],
  'KW-08': [
    'raised HIGH: After 8 key worker sessions in the twelve weeks up to 25 February 2026, none is recorded; one was expected by the end of 18 March 2026. To act: key worker (none is allocated), key work manager, safer custody team.',
    'resolved HIGH: Closed by the key worker session on 18 April 2026.',
  ],
  'KW-09': [
    'raised LOW: The key worker has 7 people, and may have 6; the last was allocated on 5 January 2027. To act: key work manager.',
    'resolved LOW: What it was about had ended by 12 January 2027 at 09:00.',
  ],
  'KW-10': [
    'raised LOW: 3 different key workers were allocated in the 90 days up to 10 February 2026 at 09:00, the last on 10 February 2026. To act: key work manager.',
    'resolved LOW: Too little of what it counted was left in the 90 days by 6 April 2026 at 00:00.',
  ],
  'KW-11': [
    'raised LOW: The person is marked as speaking little English, and the last two key worker sessions, up to 14 January 2026, have no interpreter recorded. To act: key worker (none is allocated), key work manager.',
    'resolved LOW: Closed by the key worker session on 21 January 2026.',
  ],
  'KW-12': [
    'raised LOW: Of the most recent case notes assessed (three at most), the last on 24 January 2026, 2 were found poor. To act: key work manager.',
    'resolved LOW: Closed by the case note assessment on 31 January 2026.',
  ],
  'KW-13': [
    'raised LOW: Entries of this key worker need a second look, and prove nothing: the key worker session on 6 January 2027 at 10:30 and the key worker session on 6 January 2027 at 10:00. To act: key work manager.',
    'resolved LOW: Too little of what it counted was left in the 14 days by 20 January 2027 at 00:00.',
  ],
  'KW-14': [
    'raised HIGH: Moved here on 10 February 2026 after four weeks or more without a recorded key worker session, and none is recorded here; one was expected by the end of 12 February 2026. To act: key worker (none is allocated), key work manager, safer custody team.',
    'resolved HIGH: Closed by the key worker session on 14 February 2026.',
  ],
  'KW-15': [
    'raised LOW: The key worker sessions of the last four weeks in which the person was there come to 80 minutes, where 180 were expected. To act: key worker (none is allocated), key work manager.',
    'resolved LOW: Closed by the key worker session on 2 February 2027.',
    'raised LOW: The key worker sessions of the last four weeks in which the person was there come to 70 minutes, where 180 were expected. To act: key worker (none is allocated), key work manager.',
  ],
  'KW-16': [
    'raised MEDIUM: Came from outside on 7 December 2026, and no first night check is recorded; one was expected by 8 December 2026 at 10:00. To act: duty governor, safer custody team.',
    'escalated HIGH: Came from outside on 7 December 2026, and no first night check is recorded; one was expected by 8 December 2026 at 10:00. To act: duty governor, safer custody team.',
    'resolved HIGH: Closed by the first night check on 9 December 2026.',
  ],
  'PRI-01': [
    'raised MEDIUM: In each of the last four weeks under half of the key worker sessions due were held in this prison: 0 in all, where 4 were due. To act: key work manager, governor.',
    'resolved MEDIUM: What it was about had ended by 8 February 2027 at 00:00.',
  ],
  'PRI-02': [
    'raised MEDIUM: The number of people in this prison who have had no key worker session since they arrived has risen four weeks in a row, to 4. To act: key work manager, governor.',
    'resolved MEDIUM: What it was about had ended by 8 February 2027 at 00:00.',
  ],
  'SEG-01': [
    'raised MEDIUM: Segregated since 10 January 2026 at 14:00; the health screen due by 10 January 2026 at 16:00 is not recorded. To act: segregation manager, duty governor.',
    'resolved MEDIUM: Closed by the segregation health screen on 10 January 2026.',
  ],
  'SEG-02': [
    'raised MEDIUM: Segregated since 10 January 2026 with a known risk of self-harm (the marker of self-harm in custody on 5 January 2026), and since then, or since a later self-harm, there is no recorded ACCT segregation decision and no key worker session or ACCT case review. To act: safer custody team, duty governor, ACCT Case Co-ordinator, key worker (none is allocated).',
    'resolved MEDIUM: Closed by the recorded ACCT segregation decision on 12 January 2026.',
  ],
  'SEG-03': [
    'raised HIGH: Segregated since 10 January 2026 at 14:00; the review due by 13 January 2026 at 14:00 is not recorded. To act: segregation manager, duty governor.',
    'resolved HIGH: Closed by the segregation review on 13 January 2026.',
    'raised HIGH: Segregated since 10 January 2026 at 14:00; the review due by the end of 27 January 2026 is not recorded. To act: segregation manager, duty governor.',
    'resolved HIGH: What it was about had ended by 28 January 2026 at 10:00.',
  ],
  'SEG-04': [
    'raised HIGH: Segregated since 18 January 2026 while key worker contact has lapsed: a session was expected by the end of 14 January 2026, and none is recorded. To act: key worker (none is allocated), key work manager, safer custody team.',
    'resolved HIGH: Closed by the key worker session on 19 January 2026.',
  ],
  'SEG-05': [
    'raised HIGH: In cellular confinement since 10 January 2026 while at risk (the marker of self-harm in custody on 5 January 2026), and no decision is recorded since then and since the last self-harm. To act: duty governor, safer custody team.',
    'resolved HIGH: What it was about had ended by 18 January 2026 at 00:00.',
  ],
  'SEG-06': [
    'raised CRITICAL: Still segregated, although the last health screen, on 10 January 2026, found the person unfit for it. To act: duty governor, segregation manager, safer custody team.',
    'resolved CRITICAL: Closed by the segregation health screen on 10 January 2026.',
  ],
  'SEG-07': [
    'raised MEDIUM: Segregated since 10 January 2026; a review with the authority of the prison group director, due within 42 days, by the end of 21 February 2026, is not recorded. To act: segregation manager, duty governor.',
    'escalated HIGH: Segregated since 10 January 2026; a review with the authority of the prison group director, due within 42 days, by the end of 21 February 2026, is not recorded. To act: segregation manager, duty governor.',
    'resolved HIGH: Closed by the segregation review by the prison group director on 23 February 2026.',
    'raised MEDIUM: Segregated since 10 January 2026; a review with the authority of the prison group director, due within 42 days, by the end of 6 April 2026, is not recorded. To act: segregation manager, duty governor.',
  ],
  'SUB-01': [
    'raised MEDIUM: There were 2 indications of substance misuse within 14 days, the last on 12 January 2026. To act: key worker (none is allocated), safer custody team, substance misuse service.',
    'escalated HIGH: There were 2 indications of substance misuse within 14 days, the last on 12 January 2026. To act: key worker (none is allocated), safer custody team, substance misuse service.',
    'resolved HIGH: Closed by the substance misuse referral on 17 January 2026.',
  ],
  'VUL-01': [
    'raised HIGH: No ACCT was open at the self-harm incident on 10 January 2026 at 14:00; one was to be opened by 10 January 2026 at 15:00, and neither that nor a decision against it is recorded. To act: duty governor, safer custody team.',
    'repeated HIGH: Another event waits for an answer: the self-harm incident on 10 January 2026 at 16:00.',
    'resolved HIGH: Closed by the opening of an ACCT on 10 January 2026.',
  ],
  'VUL-02': [
    'raised HIGH: There were signs of 3 different kinds of risk within 28 days (substance misuse, violence and a move to this prison), the last on 12 January 2026, and no key worker session is recorded in the 14 days up to 12 January 2026 at 10:00. To act: safer custody team, key worker (none is allocated).',
    'resolved HIGH: Closed by the key worker session on 13 January 2026.',
  ],
};

describe('the reason of an alert, in the first story of each rule', () => {
  it.each(Object.entries(FIRST))('%s', (id, said) => {
    expect(saidIn(id)).toEqual(said);
  });

  it('is there for every rule', () => {
    expect(Object.keys(FIRST)).toEqual(files.map(({ rule }) => rule.id));
  });
});

describe('the reason of an alert', () => {
  it('a second alert speaks of the same Basic, and of the review that is missing now', () => {
    expect(saidIn('INC-01', 'reviews of Basic are late, and an ACCT is opened')).toEqual([
      'raised MEDIUM: On Basic since 10 January 2026; the review due by the end of 17 January 2026 is not recorded. To act: key work manager, safer custody team.',
      'escalated HIGH: On Basic since 10 January 2026; the review due by the end of 17 January 2026 is not recorded. To act: key work manager, safer custody team.',
      'resolved HIGH: Closed by the incentive review on 20 January 2026.',
      'raised HIGH: On Basic since 10 January 2026; the review due by the end of 3 February 2026 is not recorded. To act: key work manager, safer custody team.',
      'resolved HIGH: What it was about had ended by 5 February 2026 at 10:00.',
    ]);
  });

  it('names the day to which an absence has moved what was due', () => {
    expect(saidIn('KW-01', 'waits for someone at court')).toEqual([
      'raised LOW: It is 11 days since the last recorded key worker session, on 7 January 2026; the next was expected by the end of 14 January 2026 (moved by an absence to the end of 17 January 2026). To act: key worker (none is allocated), key work manager.',
    ]);
  });

  it('says when a session that was in time became known', () => {
    expect(saidIn('KW-01', 'a session held in time and recorded late')).toEqual([
      'raised LOW: It is 8 days since the last recorded key worker session, on 7 January 2026; the next was expected by the end of 14 January 2026. To act: key worker (none is allocated), key work manager.',
      'resolved LOW: Closed by the key worker session on 14 January 2026, in time but known only since 16 January 2026 at 09:00.',
    ]);
  });

  it('says that the stay ended', () => {
    expect(saidIn('KW-01', 'starts afresh after a transfer')).toEqual([
      'raised LOW: It is 8 days since the last recorded key worker session, on 7 January 2026; the next was expected by the end of 14 January 2026. To act: key worker (none is allocated), key work manager.',
      'expired LOW: The stay had ended by 16 January 2026 at 09:00.',
    ]);
  });

  it('says that an event was withdrawn or quashed', () => {
    expect(saidIn('ADJ-01', 'one of the charges is quashed afterwards')).toEqual([
      'raised MEDIUM: 3 different charges were reported within 28 days, the last on 20 January 2026. To act: key worker (none is allocated), safer custody team.',
      'resolved MEDIUM: An event that it rested on was withdrawn or quashed.',
    ]);
  });

  it('names a further event', () => {
    expect(saidIn('KW-07', 'a further event while it is open is recorded on it')).toEqual([
      'raised MEDIUM: No key worker session is recorded since the self-harm incident on 6 January 2026 at 10:00; one was expected by 9 January 2026 at 10:00. To act: key worker (none is allocated), key work manager, safer custody team.',
      'repeated MEDIUM: Another event waits for an answer: the indication of substance misuse on 10 January 2026 at 08:00.',
    ]);
  });

  it('gives local times where the clocks change', () => {
    expect(saidIn('SEG-01', 'two hours are two hours where the clocks go forward')).toEqual([
      'raised MEDIUM: Segregated since 29 March 2026 at 00:30; the health screen due by 29 March 2026 at 03:30 is not recorded. To act: segregation manager, duty governor.',
      'escalated HIGH: Segregated since 29 March 2026 at 00:30; the health screen due by 29 March 2026 at 03:30 is not recorded. To act: segregation manager, duty governor.',
    ]);
  });

  it('names the day to which a review has moved', () => {
    expect(saidIn('ACCT-04', 'waits for someone at court')).toEqual([
      'raised HIGH: The last ACCT case review was on 11 January 2026; the next, due by the end of 18 January 2026 (moved by an absence to the end of 21 January 2026), is not recorded. To act: ACCT Case Co-ordinator, safer custody team.',
    ]);
  });

  it('says of a further sign of risk that it is one', () => {
    expect(saidIn('SEG-02', 'a further sign of risk is recorded on it')).toContainEqual(
      'repeated MEDIUM: A further sign of risk: the assault on 10 January 2026.',
    );
  });

  it('names the event that asks, not those before it', () => {
    expect(saidIn('FAM-01', 'the second cancelled visit asks')).toEqual([
      'raised HIGH: No key worker session is recorded since the visit cancelled by the visitor on 24 January 2026 at 10:00. To act: key worker (none is allocated), safer custody team.',
    ]);
  });

  it('is the name of the rule where nobody can tell whether it is true', () => {
    const [raised] = transitionsIn('KW-03');
    if (!raised) throw new Error('KW-03 does not fire.');
    const unknown = { ...raised, because: { ...raised.because, holds: 'unknown' as const } };
    expect(sayWhy(unknown, days)).toBe('No key worker allocated. To act: key work manager.');
  });

  it('names the events that make a risk known', () => {
    expect(saidIn('SEG-02', 'an ACCT is opened while segregated')[1]).toContain(
      'a known risk of self-harm (the opening of an ACCT on 11 January 2026 and the marker of self-harm in the community on 5 January 2026)',
    );
  });

  it('carries nothing of what the events say, the key worker’s staff id apart: no codes, names or free text', () => {
    const values = files.flatMap(({ timelines }) =>
      timelines.flatMap(({ events }) => events.flatMap(({ data: { staffId: _, ...rest } }) => Object.values(rest))),
    );
    const texts = values.filter((value) => typeof value === 'string');
    const said = files.flatMap(({ rule, timelines }) => timelines.flatMap(({ name }) => saidIn(rule.id, name)));
    expect(
      said.filter((sentence) => texts.some((text) => sentence.slice(sentence.indexOf(':')).includes(text))),
    ).toEqual([]);
  });
});
