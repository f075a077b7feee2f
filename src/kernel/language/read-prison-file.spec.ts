import { describe, expect, it } from '@jest/globals';
import { VOCABULARY } from '../../../test/kernel-kit.js';
import type { PrisonFile } from './read-prison-file.js';
import { readPrisonFile } from './read-prison-file.js';
import { readRuleFile, type RuleFile } from './read-rule-file.js';
import { sayProblem } from './problems.js';

const ruleFile = (id: string, rest: string): RuleFile =>
  readRuleFile(
    `${id}.yml`,
    `id: ${id}
version: 1
name: Not seen
effective: { from: 2026-01-01 }
source: [{ ref: PPO, says: people should be seen }]
because: The number is ours.
owner: head of safety
subject: person
met: session
closes: a session
tells: [key-worker, safer-custody]
why: Not seen since {last}.
${rest}`,
    VOCABULARY,
  ).read;

const RULES = [
  ruleFile(
    'KW-01',
    `keyWork: scales
when: { absentFor: { event: session, within: stay, then: $at } }
severity: [{ level: LOW, at: P7D }, { level: MEDIUM, at: P14D }]
`,
  ),
  ruleFile(
    'SEG-07',
    `when: { heldFor: { condition: acct-open, for: $at } }
severity: [{ level: MEDIUM, at: P38D, early: true }, { level: HIGH, at: P42D }]
`,
  ),
  ruleFile(
    'KW-07',
    `repeats: asks
when: { unansweredFor: { asks: [{ event: AdjudicationReported, for: P7D }, { event: SelfHarmReported, for: PT72H }], answer: session } }
severity: [{ level: MEDIUM }]
`,
  ),
];

const PRISON = `prison: XYI
name: Example Hill
region: Wessex
keyWork: { scheme: true, every: P14D }
rules:
  KW-01: { severity: [{ level: LOW, at: P10D }], because: leave }
  KW-07: { off: true, because: until we have staff, until: 2027-02-01 }
wings: '^([A-Z]+)-'
feeds: [case-notes, movements]
recipients: { safer-custody: [safer.custody@example.gov.uk] }
`;

const read = (text: string): { readonly read: PrisonFile; readonly problems: string[] } => {
  const reading = readPrisonFile('XYI.yml', text, 'XYI', RULES);
  return { read: reading.read, problems: reading.problems.map(sayProblem) };
};

const prison = (text: string): PrisonFile => {
  const reading = read(text);
  expect(reading.problems).toEqual([]);
  return reading.read;
};

const stepsOf = ({ settings }: PrisonFile) => settings.rules[0]?.own?.steps;

describe('the settings of a prison', () => {
  it('say what stands in them', () => {
    const { settings, ...rest } = prison(PRISON);
    expect(rest).toMatchObject({
      name: 'Example Hill',
      region: 'Wessex',
      wings: /^([A-Z]+)-/u,
      feeds: ['case-notes', 'movements'],
      recipients: new Map([['safer-custody', ['safer.custody@example.gov.uk']]]),
    });
    expect(settings).toMatchObject({
      prisonId: 'XYI',
      keyWork: [{ scheme: true, everyWeeks: 2, minutes: 45, caseload: 6 }],
      rules: [
        { rule: 'KW-01', because: 'leave', own: { steps: [{ level: 'LOW' }] } },
        { rule: 'KW-07', because: 'until we have staff', until: '2027-02-01' },
      ],
    });
    expect(settings.rules[1]?.own).toBeUndefined();
  });

  it('need no more than a name: nothing is declared, and nothing is other than elsewhere', () => {
    expect(prison('prison: XYI\nname: Example Hill')).toMatchObject({
      settings: { keyWork: [], rules: [] },
      feeds: undefined,
      wings: undefined,
    });
  });

  it('give the steps of a rule other levels and limits, as many as they like where the rule’s have no conditions', () => {
    expect(stepsOf(prison(PRISON))).toEqual([
      {
        level: 'LOW',
        when: expect.objectContaining({ then: { kind: 'days', days: 10, text: 'P10D', local: true } }) as unknown,
      },
    ]);
  });

  it('keep what they do not say of a step as the rule has it: a limit, and that we speak early', () => {
    const text =
      'prison: XYI\nname: Hill\nrules: { SEG-07: { severity: [{ level: LOW }, { level: LOW, at: P40D }], because: x } }';
    expect(stepsOf(prison(text))).toMatchObject([
      { level: 'LOW', early: true, when: { for: { text: 'P38D' } } },
      { level: 'LOW', when: { for: { text: 'P40D', local: true } } },
    ]);
  });

  it('put other limits in the place of a rule’s, also of what is asked again', () => {
    const { settings } = prison('prison: XYI\nname: Hill\nrules: { KW-07: { limits: { P7D: P9D }, because: x } }');
    const asks = [{ for: { text: 'P9D', local: true } }, { for: { text: 'PT72H' } }];
    expect(settings.rules[0]?.own).toMatchObject({ steps: [{ when: { asks } }], repeats: [{ asks }] });
  });

  it('hold for a time, each by itself or all together', () => {
    const text = `prison: XYI
name: Hill
effective: { from: 2026-02-01 }
keyWork:
  - { every: P14D, until: 2026-04-01 }
  - { scheme: false, from: 2026-04-01, because: it became an open prison }
`;
    expect(prison(text).settings.keyWork).toMatchObject([
      { scheme: true, everyWeeks: 2, from: '2026-02-01', until: '2026-04-01' },
      { scheme: false, from: '2026-04-01', because: 'it became an open prison' },
    ]);
  });

  it.each([
    [
      'a name of another prison',
      'prison: XYI',
      'prison: XYM',
      '1:9  XYM: The file is called XYI.yml and speaks of XYM. Call it XYM.yml.',
    ],
    [
      'no prison at all',
      'prison: XYI',
      'prison: OUT',
      '1:9  OUT: "OUT" is no prison id: three capital letters, such as XYI, and neither OUT nor TRN.',
    ],
    [
      'an unknown member',
      'region: Wessex',
      'regoin: Wessex',
      '3:1  XYI: "regoin" is not known here. Did you mean "region"? Known: prison, name, region, effective, keyWork, rules, wings, feeds, recipients.',
    ],
    ['no name', 'name: Example Hill\n', '', '1:1  XYI: "name" is missing.'],
    [
      'another frequency',
      'P14D',
      'P10D',
      '4:33  XYI: "P10D" is not one of P7D, P14D, P21D, P28D. Did you mean "P14D"?',
    ],
    [
      'a frequency without a scheme',
      'scheme: true',
      'scheme: false',
      '4:34  XYI: Where there is no key work scheme there is no "every".',
    ],
    ['an unknown rule', 'KW-01:', 'KW-11:', '6:3  XYI: There is no rule "KW-11". Did you mean "KW-01"?'],
    ['no reason', ', because: leave', '', '6:10  XYI: "because" is missing.'],
    [
      'nothing of a rule',
      'severity: [{ level: LOW, at: P10D }], ',
      '',
      '6:10  XYI: Say what is other here in KW-01: "off", "severity" or "limits".',
    ],
    [
      'a rule off for good',
      ', until: 2027-02-01',
      '',
      '7:10  XYI: Say when it ends: "until: 2027-02-01". No rule is off for good.',
    ],
    [
      'a rule off, and how it is',
      'off: true',
      'off: true, limits: { P7D: P8D }',
      '7:31  XYI: A rule that is off has no limits or severities.',
    ],
    ['a rule that is not off', 'off: true', 'off: false', '7:17  XYI: Leave "off" out where the rule is on.'],
    [
      'an end before the beginning',
      'until: 2027-02-01',
      'until: 2027-02-01, from: 2027-02-01',
      '7:60  XYI: It ends on 2027-02-01, before it begins on 2027-02-01: "until" is the first day without it.',
    ],
    [
      'a date that is none',
      '2027-02-01',
      '2027-02-30',
      '7:60  XYI: "2027-02-30" is not a date. Write it as 2026-01-31.',
    ],
    ['a condition', 'at: P10D', 'at: P10D, when: stay', '6:47  XYI: "when" is not known here. Known: level, at.'],
    [
      'a limit that is none',
      'at: P10D',
      'at: P1W',
      '6:41  XYI: "P1W" is not a limit. Use days (P7D), days up to a time of the last one (P1D by 10:00), or hours and minutes (PT72H, PT30M).',
    ],
    ['a parameter too few', ', at: P10D', '', '6:23  XYI: "at" is missing.'],
    ['no step', '[{ level: LOW, at: P10D }]', '[]', '6:22  XYI: Give at least one step: "- { level: MEDIUM }".'],
    [
      'a step too few of steps that differ',
      'KW-01: { severity: [{ level: LOW, at: P10D }]',
      'SEG-07: { severity: [{ level: LOW, at: P10D }]',
      '6:23  XYI: Its 2 steps differ in more than that: give as many, in the same order.',
    ],
    [
      'a limit that the rule has not',
      'severity: [{ level: LOW, at: P10D }]',
      'limits: { P9D: P10D }',
      '6:22  XYI: KW-01 has no limit P9D. Did you mean "P7D"? It has: P7D, P14D.',
    ],
    [
      'two at once',
      'KW-07: { off: true',
      'KW-07: [{ off: true, because: x, until: 2026-05-01 }, { off: true',
      '7:57  XYI: Another holds from ever until 2026-05-01, at the same time. Give "from" and "until" to both.',
      '2027-02-01 }',
      '2027-02-01 }]',
    ],
    [
      'a pattern without a group',
      "'^([A-Z]+)-'",
      "'^[A-Z]+-'",
      '8:8  XYI: "^[A-Z]+-" is no pattern with one group, such as "^([A-Z]+)-": the group is the wing.',
    ],
    [
      'a pattern that is none',
      "'^([A-Z]+)-'",
      "'^([A-Z]+-'",
      '8:8  XYI: "^([A-Z]+-" is no pattern with one group, such as "^([A-Z]+)-": the group is the wing.',
    ],
    [
      'a feed of another name',
      'movements',
      'Movements!',
      '9:21  XYI: "Movements!" is no name of a feed: use at most 50 lower-case letters, digits, hyphens and dots, such as case-notes.',
    ],
    ['a feed twice', 'movements', 'case-notes', '9:21  XYI: "case-notes" stands here a second time. Keep one of them.'],
    [
      'a role that no rule tells',
      'safer-custody:',
      'safer-custodian:',
      '10:15  XYI: No rule tells "safer-custodian". Did you mean "safer-custody"? They tell: key-worker, safer-custody.',
    ],
    [
      'an address that is none',
      'safer.custody@example.gov.uk',
      'safer custody',
      '10:31  XYI: "safer custody" is no e-mail address.',
    ],
  ])('are refused with %s', (_, from, to, problem, also = '', by = '') => {
    expect(PRISON).toContain(from);
    expect(read(PRISON.replace(from, to).replace(also, by)).problems).toEqual([`XYI.yml:${problem}`]);
  });
});
