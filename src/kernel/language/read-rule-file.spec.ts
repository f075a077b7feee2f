import { describe, expect, it } from '@jest/globals';
import { VOCABULARY } from '../../../test/kernel-kit.js';
import { sayProblem } from './problems.js';
import type { Rule } from '../rule.js';
import { readRuleFile } from './read-rule-file.js';

/** A rule without mistakes; every test makes one. */
const RULE = `id: TEST-01
version: 1
name: Not seen
effective: { from: 2026-01-01 }
source:
  - { ref: PPO, says: people should be seen }
owner: head of safety
subject: person
pauses: true
when:
  absentFor: { event: session, within: stay, then: $at }
severity:
  - { level: LOW, at: P7D }
  - { level: HIGH, at: P14D }
met: session
closes: a session
why: Not seen since {last}.
timelines:
  - name: not seen
    story:
      - 2026-01-05 09:00 PrisonerReceived reason=NEW_ADMISSION
      - 2026-01-07 10:00 KeyWorkerSessionHeld staffId=S1
      - 2026-01-15 00:00 => raised LOW
      - 2026-01-16 00:00 end
  - name: seen
    story:
      - 2026-01-07 10:00 KeyWorkerSessionHeld staffId=S1
      - 2026-01-10 00:00 end
because: The number is ours.
`;

/** The rule after one change. */
const ruleAfter = (from: string, to: string): Rule => {
  const { read, problems } = readRuleFile('TEST-01.yml', RULE.replace(from, to), VOCABULARY);
  expect(problems).toEqual([]);
  return read.rule;
};

/** The problems of the rule after one change, as `rules check` prints them. */
const problemsAfter = (from: string, to: string): string[] => {
  if (!RULE.includes(from)) throw new Error(`The rule does not say "${from}".`);
  return readRuleFile('TEST-01.yml', RULE.replace(from, to), VOCABULARY).problems.map(sayProblem);
};

const given = (mistakes: readonly (readonly [what: string, from: string, to: string, problem: string])[]): void => {
  it.each(mistakes)('%s', (_, from, to, problem) => {
    expect(problemsAfter(from, to)).toEqual([`TEST-01.yml:${problem}`]);
  });
};

describe('a rule file', () => {
  it('without mistakes has no problems', () => {
    const { read, problems } = readRuleFile('TEST-01.yml', RULE, VOCABULARY);
    expect(problems).toEqual([]);
    expect(read.rule).toMatchObject({ id: 'TEST-01', pauses: true, steps: [{ level: 'LOW' }, { level: 'HIGH' }] });
    expect(read.timelines).toHaveLength(2);
  });

  it('says of its rule what stands in it, without the spaces around a text', () => {
    const session = [{ type: 'KeyWorkerSessionHeld', where: [] }];
    const absent = { op: 'absentFor', event: session, within: { op: 'stay' } };
    expect(ruleAfter('because: The number is ours.', 'because: " The number is ours. "')).toEqual({
      id: 'TEST-01',
      version: 1,
      name: 'Not seen',
      effectiveFrom: '2026-01-01',
      source: [{ ref: 'PPO', says: 'people should be seen' }],
      because: 'The number is ours.',
      owner: 'head of safety',
      pauses: true,
      steps: [
        { level: 'LOW', when: { ...absent, then: { kind: 'days', days: 7, text: 'P7D' } } },
        { level: 'HIGH', when: { ...absent, then: { kind: 'days', days: 14, text: 'P14D' } } },
      ],
      repeats: [],
      safeguard: session,
      closesOn: 'a session',
      tells: [],
      holders: {},
      why: 'Not seen since {last}.',
    });
    expect(ruleAfter('why: Not seen since {last}.', 'why: " Not seen. "').why).toBe('Not seen.');
    expect(ruleAfter('pauses: true\n', '').pauses).toBe(false);
  });

  it('names the case that a source is about', () => {
    expect(ruleAfter('{ ref: PPO,', '{ ref: PPO, case: Mr A,').source).toEqual([
      { ref: 'PPO', case: 'Mr A', says: 'people should be seen' },
    ]);
  });

  it('tells roles, and with a task that the definitions know whoever holds it', () => {
    const { tells, holders } = ruleAfter(
      'subject: person',
      'subject: person\ntells: [governor, key-worker, acct-open]',
    );
    expect(tells).toEqual(['governor', 'key-worker', 'acct-open']);
    expect(holders).toEqual({ 'key-worker': VOCABULARY.conditions.get('key-worker') });
  });

  it('tells others where a step says so, whoever holds a task among them', () => {
    const { steps, tells, holders } = ruleAfter('level: HIGH,', 'level: HIGH, tells: [safer-custody, key-worker],');
    expect(tells).toEqual([]);
    expect(steps.map((step) => step.tells)).toEqual([undefined, ['safer-custody', 'key-worker']]);
    expect(holders).toEqual({ 'key-worker': VOCABULARY.conditions.get('key-worker') });
  });

  it('looks in the last few of several events for what one of them can carry', () => {
    const last = (where: string): string =>
      `lastOf: { event: [session, RiskMarkerAdded], last: 3, atLeast: 3, where: ${where}, within: stay }`;
    const steps = RULE.replace(', at: P7D', '').replace('  - { level: HIGH, at: P14D }\n', '');
    const problems = (where: string): string[] =>
      readRuleFile(
        'TEST-01.yml',
        steps.replace('absentFor: { event: session, within: stay, then: $at }', last(where)),
        VOCABULARY,
      ).problems.map(({ message }) => message);
    expect(problems('{ code: HA }')).toEqual([]);
    expect(problems('{ coed: HA }')).toEqual([
      expect.stringContaining('KeyWorkerSessionHeld carries no "coed".'),
      expect.stringContaining('RiskMarkerAdded carries no "coed". It carries: code, markerId.'),
    ]);
  });

  it('is about a key worker, and asks whom they have', () => {
    const rule = ruleAfter(
      'subject: person\npauses: true\nwhen:\n  absentFor: { event: session, within: stay, then: $at }\nseverity:\n  - { level: LOW, at: P7D }\n  - { level: HIGH, at: P14D }',
      'subject: key-worker\nwhen: { caseload: { atLeast: $most } }\nseverity:\n  - { level: LOW, most: 7 }',
    );
    expect(rule).toMatchObject({ subject: 'key-worker', steps: [{ when: { op: 'caseload', atLeast: 7 } }] });
  });

  it('asks for more people than a key worker may have, by the word for it and nothing else', () => {
    const from =
      'subject: person\npauses: true\nwhen:\n  absentFor: { event: session, within: stay, then: $at }\nseverity:\n  - { level: LOW, at: P7D }\n  - { level: HIGH, at: P14D }';
    const asking = (caseload: string) =>
      `subject: key-worker\nwhen: { caseload: ${caseload} }\nseverity:\n  - { level: LOW }`;
    expect(ruleAfter(from, asking('{ above: capacity }')).steps).toMatchObject([
      { when: { op: 'caseload', atLeast: 7, overCapacity: true } },
    ]);
    expect(problemsAfter(from, asking('{ above: 6 }'))).toEqual([expect.stringContaining('6 is not one of capacity.')]);
    expect(problemsAfter(from, asking('{ above: capacity, atLeast: 7 }'))).toEqual([
      expect.stringContaining('Give "atLeast" or "above", not both.'),
    ]);
  });

  it('asks about no more weeks of a prison than are told apart', () => {
    const from =
      'subject: person\npauses: true\nwhen:\n  absentFor: { event: session, within: stay, then: $at }\nseverity:\n  - { level: LOW, at: P7D }\n  - { level: HIGH, at: P14D }';
    const rising = (weeks: number) =>
      `subject: prison\nwhen: { neverSeenRising: { weeks: ${weeks} } }\nseverity:\n  - { level: LOW }`;
    expect(ruleAfter(from, rising(4)).steps).toMatchObject([{ when: { op: 'neverSeenRising', weeks: 4 } }]);
    expect(problemsAfter(from, rising(5))).toEqual([expect.stringContaining('4 weeks at most, not at 5.')]);
  });

  it.each([
    ['subject: person', 'subject: key-worker', '"pauses"'],
    ['subject: person\npauses: true', 'subject: key-worker\nlatched: { closesWhen: acct-open }', '"latched"'],
    ['absentFor: { event: session, within: stay, then: $at }', 'any: [stay, caseload: { atLeast: 1 }]', '"caseload"'],
    [
      'KeyWorkerSessionHeld staffId=S1\n      - 2026-01-15',
      'KeyWorkerSessionHeld staffId=S1 [of another]\n      - 2026-01-15',
      'of one person only',
    ],
  ])('says what goes with another subject only, such as %s', (from, to, named) => {
    expect(problemsAfter(from, to).some((problem) => problem.includes(named))).toBe(true);
  });

  it('is about some people, by the name of a condition', () => {
    expect(ruleAfter('subject: person', 'subject: person\nappliesTo: acct-open').appliesTo).toEqual({
      name: 'acct-open',
      condition: VOCABULARY.conditions.get('acct-open'),
    });
  });

  it('stays open until what it is latched to', () => {
    expect(ruleAfter('subject: person', 'subject: person\nlatched: { closesWhen: acct-open }').closesWhen).toEqual(
      VOCABULARY.conditions.get('acct-open'),
    );
  });

  it('repeats on further events of any risk family that lie up to four weeks back', () => {
    expect(ruleAfter('subject: person', 'subject: person\nrepeats: risks').repeats).toEqual([
      { op: 'familiesWithin', families: Object.fromEntries(VOCABULARY.families), atLeast: 1, window: 28 },
    ]);
  });

  it.each(['all', 'any'])('repeats on further asks, also on those within "%s"', (junction) => {
    const ask = '{ unansweredFor: { ask: SelfHarmReported, answer: session } }';
    const { repeats } = ruleAfter(
      '{ level: HIGH, at: P14D }',
      `{ level: HIGH, at: P14D, when: { ${junction}: [stay, ${ask}, { absentFor: { event: session, within: stay, then: $at } }] } }\nrepeats: asks`,
    );
    expect(repeats).toMatchObject([
      { op: 'unansweredFor', atLeast: 1, asks: [{ event: [{ type: 'SelfHarmReported' }] }] },
    ]);
  });

  it('with several mistakes reports each of them', () => {
    const text = RULE.replace('version: 1', 'version: one').replace('owner: head of safety', 'owner: ""');
    expect(readRuleFile('TEST-01.yml', text, VOCABULARY).problems.map(({ line }) => line)).toEqual([2, 7]);
  });

  it('tells each of several mistakes at one place, and one mistake at each of its places', () => {
    const problemsOf = (text: string): string[] =>
      readRuleFile('TEST-01.yml', text, VOCABULARY).problems.map(sayProblem);
    expect(problemsOf(RULE.replace('owner: head of safety\n', '').replace('closes: a session\n', ''))).toEqual([
      'TEST-01.yml:1:1  TEST-01: "owner" is missing.',
      'TEST-01.yml:1:1  TEST-01: "closes" is missing.',
    ]);
    const unknown = '  TEST-01: "LOWW" is not one of LOW, MEDIUM, HIGH, CRITICAL. Did you mean "LOW"?';
    expect(problemsOf(RULE.replace('level: LOW', 'level: LOWW').replace('level: HIGH', 'level: LOWW'))).toEqual([
      `TEST-01.yml:13:14${unknown}`,
      `TEST-01.yml:14:14${unknown}`,
    ]);
  });

  it('reads what a condition may leave out, where it is given', () => {
    const whenIs = (condition: string): unknown =>
      ruleAfter(
        'absentFor: { event: session, within: stay, then: $at }',
        `any: [${condition}, { heldFor: { condition: stay, for: $at } }]`,
      ).steps[0]?.when;
    expect(whenIs('{ absentFor: { event: session, within: stay, first: P1D, strictly: true } }')).toMatchObject({
      of: [{ strictly: true }, {}],
    });
    expect(whenIs('{ absentFor: { event: session, within: stay, first: P1D, strictly: false } }')).not.toMatchObject({
      of: [{ strictly: true }, {}],
    });
    expect(
      whenIs('{ latest: { event: ComplexityOfNeedChanged, field: level, is: HIGH, within: custody } }'),
    ).toMatchObject({
      of: [{ is: ['HIGH'], within: { op: 'custody' } }, {}],
    });
    expect(
      whenIs(
        '{ seen: { event: { event: session, where: { minutes: { recorded: false }, staffId: { not: [S1, S2] } } }, within: stay } }',
      ),
    ).toMatchObject({
      of: [
        {
          event: [
            {
              where: [
                { field: 'minutes', recorded: false },
                { field: 'staffId', not: ['S1', 'S2'] },
              ],
            },
          ],
        },
        {},
      ],
    });
    expect(whenIs('{ familiesWithin: { atLeast: 2, window: P7D, except: HARM } }')).toMatchObject({
      of: [{ families: { DISCIPLINE: expect.anything(), SUBSTANCE: expect.anything() } }, {}],
    });
    expect(whenIs('{ familiesWithin: { atLeast: 2, window: P7D, except: HARM } }')).not.toHaveProperty(
      'of.0.families.HARM',
    );
  });

  it('needs a condition, of the rule or of each step', () => {
    const when = 'when:\n  absentFor: { event: session, within: stay, then: $at }\n';
    const text = RULE.replace(when, '')
      .replace('{ level: LOW, at: P7D }', '{ level: LOW }')
      .replace('{ level: HIGH, at: P14D }', '{ level: HIGH, when: acct-open }');
    expect(readRuleFile('TEST-01.yml', text, VOCABULARY).problems.map(sayProblem)).toEqual([
      'TEST-01.yml:11:5  TEST-01: Neither the rule nor this step has a "when".',
    ]);
  });

  it('that is empty says so once', () => {
    const { problems } = readRuleFile('TEST-01.yml', '', VOCABULARY);
    expect(problems.map(sayProblem)).toEqual(['TEST-01.yml:1:1  A map (name: value) is expected here.']);
  });
});

describe('a mistake in the YAML itself is the only one reported', () => {
  given([
    [
      'a key twice',
      'version: 1',
      'version: 1\nversion: 2',
      '3:1  "version" stands here a second time. Keep one of them.',
    ],
    [
      'a colon in a text',
      'name: Not seen',
      'name: Not: seen',
      '3:7  This is no YAML: Nested mappings are not allowed in compact mappings.',
    ],
    ['an open quote', 'closes: a session', 'closes: "a session', '30:1  This is no YAML: Missing closing "quote.'],
  ]);
});

describe('a mistake in what a rule says of itself', () => {
  given([
    ['a missing field', 'owner: head of safety\n', '', '1:1  TEST-01: "owner" is missing.'],
    ['nothing that meets it', 'met: session\n', '', '1:1  TEST-01: "met" is missing.'],
    [
      'an unknown field',
      'closes:',
      'closess:',
      '16:1  TEST-01: "closess" is not known here. Did you mean "closes"? Known: id, version, name, effective, source, because, owner, subject, severity, closes, why, timelines, met, appliesTo, keyWork, onlyWhere, pauses, when, latched, repeats, tells, expected.',
    ],
    [
      'a wrong type: version',
      'version: 1',
      'version: one',
      '2:10  TEST-01: A whole number above 0 is expected here, not "one".',
    ],
    ['a wrong type: pauses', 'pauses: true', 'pauses: yes', '9:9  TEST-01: true or false is expected here, not "yes".'],
    ['a wrong type: a list for a text', 'name: Not seen', 'name: [Not, seen]', '3:7  TEST-01: Text is expected here.'],
    [
      'a day there is none of',
      '2026-01-01',
      '2026-02-30',
      '4:20  TEST-01: "2026-02-30" is not a date. Write it as 2026-01-31.',
    ],
    [
      'a day in another form',
      '2026-01-01',
      '1 January 2026',
      '4:20  TEST-01: "1 January 2026" is not a date. Write it as 2026-01-31.',
    ],
    [
      'what it is latched to left out',
      'pauses: true',
      'latched: { closeswhen: stay }',
      '9:12  TEST-01: "closeswhen" is not known here. Did you mean "closesWhen"? Known: closesWhen.',
    ],
    [
      'a repeat of asks where nothing asks',
      'pauses: true',
      'repeats: asks',
      '9:10  TEST-01: "repeats: asks" needs a step with "unansweredFor": none of these steps asks for anything.',
    ],
    [
      'a member of a source that there is none of',
      'says: people',
      'sais: people',
      '6:17  TEST-01: "sais" is not known here. Did you mean "says"? Known: ref, says, case.',
    ],
    ['no source', '\n  - { ref: PPO, says: people should be seen }', ' []', '5:9  TEST-01: Give at least one source.'],
    [
      'a subject of another kind',
      'subject: person',
      'subject: prisons',
      '8:10  TEST-01: "prisons" is not one of person, key-worker, feed, prison. Did you mean "prison"?',
    ],
    [
      'an alias',
      'owner: head of safety',
      'owner: *head',
      '7:8  TEST-01: Anchors and aliases (& and *) are not read. Name what is shared in definitions.yml.',
    ],
    [
      'an unknown placeholder',
      '{last}',
      '{lst}',
      '17:21  TEST-01: There is no placeholder "{lst}". Did you mean "last"? There are: last, first, events, count, expected, capacity, families, grounds, missing, left, since, due, days, at.',
    ],
  ]);
});

describe('a mistake in a severity step', () => {
  given([
    [
      'an unknown level',
      'level: LOW',
      'level: LOWW',
      '13:14  TEST-01: "LOWW" is not one of LOW, MEDIUM, HIGH, CRITICAL. Did you mean "LOW"?',
    ],
    ['no level', 'level: LOW, ', '', '13:5  TEST-01: "level" is missing.'],
    [
      'a bad limit',
      'at: P7D',
      'at: 7 days',
      '13:23  TEST-01: "7 days" is not a limit. Use days (P7D), days up to a time of the last one (P1D by 10:00), or hours and minutes (PT72H, PT30M).',
    ],
    [
      'a $parameter that is not given',
      '{ level: HIGH, at: P14D }',
      '{ level: HIGH }',
      '11:52  TEST-01: "$at" stands for nothing here. Give "at" in each severity step.',
    ],
    [
      'a parameter that nothing asks for',
      'at: P14D',
      'at: P14D, whn: stay',
      '14:30  TEST-01: Nothing asks for "$whn". Did you mean "when"? A step has level, when, and, early, tells, and $parameters.',
    ],
    [
      'no steps',
      '\n  - { level: LOW, at: P7D }\n  - { level: HIGH, at: P14D }',
      ' []',
      '12:11  TEST-01: Give at least one step: "- { level: MEDIUM }".',
    ],
    [
      'a closing operator in an opening condition',
      'absentFor: { event: session, within: stay, then: $at }',
      'any: [sinceRaised: { event: session }, absentFor: { event: session, within: stay, then: $at }]',
      '11:3  TEST-01: "sinceRaised" belongs in "latched: { closesWhen: … }": nothing has been raised before the alert.',
    ],
  ]);
});

describe('a mistake in a condition', () => {
  given([
    [
      'an unknown operator',
      'absentFor:',
      'absntFor:',
      '11:3  TEST-01: unknown operator "absntFor". Did you mean "absentFor"? Operators: docs/operators.md',
    ],
    [
      'an unknown argument',
      'within: stay',
      'wihin: stay',
      '11:32  TEST-01: "wihin" is not known here. Did you mean "within"? Known: event, within, for, first, then, strictly.',
    ],
    [
      'an unknown event',
      'event: session',
      'event: sesion',
      '11:23  TEST-01: There is no event "sesion". Did you mean "session"?',
    ],
    [
      'an unknown event type',
      'event: session',
      'event: KeyWorkerSesionHeld',
      '11:23  TEST-01: There is no event "KeyWorkerSesionHeld". Did you mean "KeyWorkerSessionHeld"?',
    ],
    [
      'an unknown member of an event',
      'event: session',
      'event: { event: session, where: { minuts: 45 } }',
      '11:50  TEST-01: KeyWorkerSessionHeld carries no "minuts". Did you mean "minutes"? It carries: staffId, minutes, interpreterUsed.',
    ],
    [
      'a "where" that asks for nothing',
      'event: session',
      'event: { event: session, where: { minutes: {} } }',
      '11:59  TEST-01: Give either "not" or "recorded".',
    ],
    [
      'an unknown condition',
      'within: stay',
      'within: act-open',
      '11:40  TEST-01: There is no condition "act-open". Did you mean "acct-open"?',
    ],
    [
      'a scope without a beginning',
      'within: stay',
      'within: { not: acct-open }',
      '11:40  TEST-01: Nothing can be counted from this: it has no beginning. Use stay, custody, arrival, during, assigned or running.',
    ],
    [
      'two operators at once',
      'absentFor: { event: session, within: stay, then: $at }',
      'absentFor: { event: session, within: stay, then: $at }\n  not: stay',
      '12:3  TEST-01: One operator at a time: combine several with "all" or "any".',
    ],
    ['no limit at all', ', then: $at', '', '11:14  TEST-01: Give "for", "first" or "then": how long may it be absent?'],
    [
      'an empty "all"',
      'absentFor: { event: session, within: stay, then: $at }',
      'all: []',
      '11:8  TEST-01: Give at least one condition.',
    ],
    [
      'a window in hours',
      'absentFor: { event: session, within: stay, then: $at }',
      'countWithin: { event: session, atLeast: 1, window: PT24H }',
      '11:54  TEST-01: A window is at least one whole local day (P28D), not PT24H.',
    ],
    [
      'a member that is not counted by',
      'absentFor: { event: session, within: stay, then: $at }',
      'countWithin: { event: session, atLeast: 1, window: P7D, distinctBy: stafId }',
      '11:71  TEST-01: KeyWorkerSessionHeld carries no "stafId". Did you mean "staffId"? It carries: staffId, minutes, interpreterUsed.',
    ],
    [
      'an assignment by an unknown type',
      'absentFor: { event: session, within: stay, then: $at }',
      'assigned: { by: KeyWorkerAlocated, until: KeyWorkerDeallocated, field: staffId }',
      '11:19  TEST-01: There is no event type "KeyWorkerAlocated". Did you mean "KeyWorkerAllocated"?',
    ],
    [
      'the end of something that is no state',
      'absentFor: { event: session, within: stay, then: $at }',
      'endedWithin: { condition: stay, window: P7D }',
      '11:29  TEST-01: "condition" needs a "during" condition with "within: custody".',
    ],
    [
      'the end of a state that goes on from custody to custody',
      'absentFor: { event: session, within: stay, then: $at }',
      'endedWithin: { condition: { during: { from: AcctOpened, until: AcctClosed } }, window: P7D }',
      '11:29  TEST-01: "condition" needs a "during" condition with "within: custody".',
    ],
    [
      'the beginning of something that is no state',
      'event: session',
      'event: { starts: stay }',
      '11:23  TEST-01: "starts" needs a "during" condition, or "arrival".',
    ],
    [
      'the end of an arrival',
      'event: session',
      'event: { ends: arrival }',
      '11:23  TEST-01: "ends" needs a "during" condition.',
    ],
    [
      'an unknown risk family',
      'event: session',
      'event: { family: HARMS }',
      '11:33  TEST-01: There is no risk family "HARMS". Did you mean "HARM"?',
    ],
    [
      'an unknown risk family to leave out',
      'absentFor: { event: session, within: stay, then: $at }',
      'familiesWithin: { atLeast: 2, window: P7D, except: [HARM, HARMS] }',
      '11:61  TEST-01: There is no risk family "HARMS".',
    ],
    [
      'an unknown member of an event that carries nothing',
      'event: session',
      'event: { event: SegregationEnded, where: { minutes: 45 } }',
      '11:59  TEST-01: SegregationEnded carries no "minutes". It carries nothing.',
    ],
    [
      'a "where" that asks for two things',
      'event: session',
      'event: { event: session, where: { minutes: { not: 1, recorded: true } } }',
      '11:59  TEST-01: Give either "not" or "recorded".',
    ],
    [
      'a "where" without a value',
      'event: session',
      'event: { event: session, where: { minutes: [1, null] } }',
      '11:63  TEST-01: A value is expected here: a text, a number, true or false.',
    ],
    [
      'a "where" with a list for a value',
      'event: session',
      'event: { event: session, where: { minutes: [1, [2]] } }',
      '11:63  TEST-01: A value is expected here: a text, a number, true or false.',
    ],
    [
      'a count of nothing',
      'absentFor: { event: session, within: stay, then: $at }',
      'countWithin: { event: session, atLeast: 0, window: P7D }',
      '11:43  TEST-01: A whole number above 0 is expected here, not 0.',
    ],
    [
      'half a count',
      'absentFor: { event: session, within: stay, then: $at }',
      'countWithin: { event: session, atLeast: 1.5, window: P7D }',
      '11:43  TEST-01: A whole number above 0 is expected here, not 1.5.',
    ],
    [
      'a count in words',
      'absentFor: { event: session, within: stay, then: $at }',
      'countWithin: { event: session, atLeast: "2", window: P7D }',
      '11:43  TEST-01: A whole number above 0 is expected here, not "2".',
    ],
    [
      'a window of no day',
      'absentFor: { event: session, within: stay, then: $at }',
      'countWithin: { event: session, atLeast: 1, window: P0D }',
      '11:54  TEST-01: A window is at least one whole local day (P28D), not P0D.',
    ],
    [
      'a holder who is not assigned',
      'absentFor: { event: session, within: stay, then: $at }',
      'neverMet: { holder: stay, event: session, for: P7D }',
      '11:13  TEST-01: "holder" needs an "assigned" condition.',
    ],
    [
      'a count but for those of something that does not run',
      'absentFor: { event: session, within: stay, then: $at }',
      'countWithin: { event: session, atLeast: 1, window: P7D, otherThan: { field: staffId, of: stay } }',
      '11:70  TEST-01: "of" needs a "running" condition.',
    ],
    [
      'no ask',
      'absentFor: { event: session, within: stay, then: $at }',
      'unansweredFor: { answer: session }',
      '11:18  TEST-01: Give "ask", or "asks": what waits for an answer?',
    ],
    [
      'a state within neither a stay nor custody',
      'absentFor: { event: session, within: stay, then: $at }',
      'during: { from: AcctOpened, until: AcctClosed, within: arrival }',
      '11:58  TEST-01: "arrival" is not one of stay, custody.',
    ],
    [
      'an unknown member that tells states apart',
      'absentFor: { event: session, within: stay, then: $at }',
      'during: { from: RiskMarkerAdded, until: RiskMarkerRemoved, each: codes }',
      '11:68  TEST-01: RiskMarkerAdded carries no "codes". Did you mean "code"? It carries: code, markerId.',
    ],
    [
      'an unknown member that a latest change is looked at for',
      'absentFor: { event: session, within: stay, then: $at }',
      'latest: { event: ComplexityOfNeedChanged, field: levels, is: HIGH }',
      '11:52  TEST-01: ComplexityOfNeedChanged carries no "levels". Did you mean "level"? It carries: level.',
    ],
    [
      'an unknown member that an assignment is told by',
      'absentFor: { event: session, within: stay, then: $at }',
      'assigned: { by: KeyWorkerAllocated, until: AcctCaseReviewHeld, field: staffId }',
      '11:73  TEST-01: AcctCaseReviewHeld carries no "staffId". It carries: nextReviewDue.',
    ],
    [
      'an unknown member that a running measure ends by',
      'absentFor: { event: session, within: stay, then: $at }',
      'running: { from: CellularConfinementAwarded, until: SegregationEnded, days: days, match: chargeNumber }',
      '11:92  TEST-01: SegregationEnded carries no "chargeNumber". It carries nothing.',
    ],
  ]);
});
