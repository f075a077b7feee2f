import { describe, expect, it } from '@jest/globals';
import { at, KNOWN } from '../../../test/kernel-kit.js';
import { Cursor } from './cursor.js';
import { sayProblem } from './problems.js';
import { readTimelines, type Timeline } from './timeline.js';

const SILENT = `- name: silent
  story:
    - 2026-01-10 00:00 end
`;

const read = (yaml: string): { timelines: Timeline[]; problems: string[] } => {
  const cursor = Cursor.open('rule.yml', yaml);
  const timelines = readTimelines(cursor, 'TEST-01', KNOWN);
  return { timelines, problems: cursor.problems.map(sayProblem) };
};

/** A story of these lines, beside one that is silent. */
const told = (...lines: string[]) =>
  read(`- name: told\n  story:\n${lines.map((line) => `    - ${line}\n`).join('')}${SILENT}`);

/** The problems of a story in which one line stands among good ones. */
const problemsOf = (line: string): string[] =>
  told(
    '2026-01-05 09:00 PrisonerReceived reason=NEW_ADMISSION',
    line,
    '2026-03-31 00:00 => raised LOW',
    '2026-04-01 00:00 end',
  ).problems;

describe('a story', () => {
  it('reads what happens, what is expected, and its end', () => {
    const { timelines, problems } = told(
      '2026-01-07 10:05 KeyWorkerSessionHeld staffId=S1 minutes=45 interpreterUsed=false',
      '2026-01-15 00:00 => raised LOW',
      '2026-01-16 09:00 => resolved LOW (recorded-late)',
      '2026-01-20 00:00 end',
    );
    expect(problems).toEqual([]);
    expect(timelines[0]).toMatchObject({
      name: 'told',
      place: { line: 1, column: 3 },
      events: [
        {
          type: 'KeyWorkerSessionHeld',
          at: at('2026-01-07 10:05'),
          data: { staffId: 'S1', minutes: 45, interpreterUsed: false },
        },
      ],
      expected: [
        { at: at('2026-01-15 00:00'), transition: 'raised', severity: 'LOW' },
        { at: at('2026-01-16 09:00'), transition: 'resolved', severity: 'LOW', outcome: 'recorded-late' },
      ],
      until: at('2026-01-20 00:00'),
    });
  });

  it('reads texts with spaces, digits that are a text, records that come late, and names', () => {
    const { timelines, problems } = told(
      '2026-01-07 10:05 KeyWorkerSessionHeld staffId="1001" [as mistake] [recorded 2026-01-09 08:00]',
      '2026-01-10 09:00 EventWithdrawn withdraws=mistake reason="entered for someone else"',
      '2026-01-15 00:00 => raised LOW',
      '2026-01-16 00:00 end',
    );
    expect(problems).toEqual([]);
    expect(timelines[0]?.events).toMatchObject([
      { id: 'mistake', recordedAt: at('2026-01-09 08:00'), data: { staffId: '1001' } },
      { data: { withdraws: 'mistake', reason: 'entered for someone else' } },
    ]);
  });

  it('names events by their number and the prison of the story where a line names neither', () => {
    const { timelines, problems } = told(
      '2026-01-07 10:05 KeyWorkerSessionHeld staffId=12a [at XYM]',
      '2026-01-07 10:05 KeyWorkerSessionHeld interpreterUsed=true staffId="a=b"',
      '2026-01-15 00:00 => raised LOW',
      '2026-01-16 00:00 end',
    );
    expect(problems).toEqual([]);
    expect(timelines[0]?.events).toMatchObject([
      { id: 'event-001', prisonId: 'XYM', recordedAt: at('2026-01-07 10:05'), data: { staffId: '12a' } },
      { id: 'event-002', prisonId: 'XYI', data: { interpreterUsed: true, staffId: 'a=b' } },
    ]);
  });

  it('goes on until the last record is known', () => {
    const { timelines } = told(
      '2026-01-07 10:05 KeyWorkerSessionHeld staffId=S1 [recorded 2026-02-01 08:00]',
      '2026-01-16 00:00 => raised LOW',
      '2026-01-16 00:00 end',
    );
    expect(timelines[0]?.until).toBe(at('2026-02-01 08:00'));
  });

  it.each([
    [
      '2026-01-07 KeyWorkerSessionHeld',
      '4:7  "2026-01-07 KeyWorkerSessionHeld" is not a date and time. Write "2026-01-07 10:05", then an event type, "=> raised LOW", or "end".',
    ],
    [
      '2026-02-30 10:00 SegregationEnded',
      '4:7  "2026-02-30 10:00" is not a date and time. Write "2026-01-07 10:05", then an event type, "=> raised LOW", or "end".',
    ],
    [
      '2026-03-29 01:30 SegregationEnded',
      '4:18  2026-03-29 01:30 does not exist: the clocks go forward that night. Take another time.',
    ],
    [
      '2026-01-07 10:05 SegregationEnd',
      '4:24  There is no event type "SegregationEnd". Did you mean "SegregationEnded"?',
    ],
    [
      '2026-01-07 10:05 KeyWorkerSessionHeld staff=S1',
      '4:45  KeyWorkerSessionHeld carries no "staff". Did you mean "staffId"? It carries: staffId, minutes, interpreterUsed.',
    ],
    [
      '2026-01-07 10:05 KeyWorkerSessionHeld S1',
      '4:45  "S1" is not understood here. An event takes member=value, [recorded 2026-01-09 08:00], [at ABC], [of somebody-else] and [as a-name].',
    ],
    [
      '2026-01-07 10:05 SegregationEnded [recorded yesterday]',
      '4:51  "yesterday " is not a date and time. Write "2026-01-07 10:05", then an event type, "=> raised LOW", or "end".',
    ],
    [
      '2026-01-07 10:05 => rised LOW',
      '4:27  "rised" is not a known change of an alert. Did you mean "raised"? There are: raised, escalated, repeated, resolved, expired.',
    ],
    [
      '2026-01-07 10:05 => raised LO',
      '4:34  "LO" is not a known severity. Did you mean "LOW"? There are: LOW, MEDIUM, HIGH, CRITICAL.',
    ],
    [
      '2026-01-07 10:05 => resolved LOW (mett)',
      '4:41  "mett" is not a known outcome. Did you mean "met"? There are: met, recorded-late, ended, withdrawn, left.',
    ],
    [
      '2026-01-07 10:05 => resolved LOW met',
      '4:40  "met" is not understood. An outcome stands in brackets: "=> resolved LOW (met)".',
    ],
    [
      '2026-03-30 00:00 end of it',
      '4:28  "of" is not understood here. An event takes member=value, [recorded 2026-01-09 08:00], [at ABC], [of somebody-else] and [as a-name].',
    ],
    [
      '2026-01-07 10:05 => resolved LOW (met) early',
      '4:46  "early" is not understood here. An event takes member=value, [recorded 2026-01-09 08:00], [at ABC], [of somebody-else] and [as a-name].',
    ],
    [
      '2026-01-07 10:05 => resolved LOW (met)x',
      '4:40  "(met)x" is not understood. An outcome stands in brackets: "=> resolved LOW (met)".',
    ],
    [
      '2026-01-07 10:05 => resolved LOW x(met)',
      '4:40  "x(met)" is not understood. An outcome stands in brackets: "=> resolved LOW (met)".',
    ],
    ['2026-01-07 10:05 SegregationEnded [at Leeds]', '4:45  "Leeds" is not a prison. Write three letters: [at ABC].'],
    [
      '2026-01-07 10:05 SegregationEnded [as an end]',
      '4:41  "[as an end]" is not understood here. An event takes member=value, [recorded 2026-01-09 08:00], [at ABC], [of somebody-else] and [as a-name].',
    ],
    [
      '2026-01-07 10:05 SegregationEnded [at XYM now]',
      '4:41  "[at XYM now]" is not understood here. An event takes member=value, [recorded 2026-01-09 08:00], [at ABC], [of somebody-else] and [as a-name].',
    ],
    [
      '2026-01-07 10:05 SegregationEnded [by S1]',
      '4:41  "[by S1]" is not understood here. An event takes member=value, [recorded 2026-01-09 08:00], [at ABC], [of somebody-else] and [as a-name].',
    ],
    [
      '2026-01-07 10:05 SegregationEnded [as end]x',
      '4:49  "x" is not understood here. An event takes member=value, [recorded 2026-01-09 08:00], [at ABC], [of somebody-else] and [as a-name].',
    ],
    [
      '2026-01-07 10:05 SegregationEnded =1',
      '4:41  "=1" is not understood here. An event takes member=value, [recorded 2026-01-09 08:00], [at ABC], [of somebody-else] and [as a-name].',
    ],
    ['2026-01-02 10:05 SegregationEnded', '4:7  This line is earlier than the one before it. Keep the lines in order.'],
  ])('with a mistake points at the word: %s', (line, problem) => {
    expect(problemsOf(line)).toEqual([`rule.yml:${problem}`]);
  });

  it('does not guess which of two equal local times is meant', () => {
    const problems = told(
      '2026-10-25 01:30 SegregationEnded',
      '2026-10-26 00:00 => raised LOW',
      '2026-10-27 00:00 end',
    ).problems;
    expect(problems).toEqual([
      'rule.yml:3:18  2026-10-25 01:30 happens twice: the clocks go back that night. Take another time.',
    ]);
  });

  it('must say until when it goes on, and stop there', () => {
    expect(told('2026-01-15 00:00 => raised LOW').problems).toEqual([
      'rule.yml:3:5  Say when the story ends: "2026-05-01 00:00 end" as its last line.',
    ]);
    expect(told('2026-01-15 00:00 end', '2026-01-16 00:00 => raised LOW').problems).toEqual([
      'rule.yml:4:7  The story has ended already. Put "end" last.',
    ]);
  });

  it('points at the wrong change and at the wrong severity of one line', () => {
    expect(problemsOf('2026-01-07 10:05 => rised LO')).toHaveLength(2);
  });

  it('expects nothing of a line with a mistake', () => {
    const { timelines } = told(
      '2026-01-05 09:00 => rised LOW',
      '2026-01-06 09:00 => raised LO',
      '2026-01-07 09:00 => resolved LOW (mett)',
      '2026-01-08 00:00 end',
    );
    expect(timelines[0]?.expected).toEqual([]);
  });

  it('gives each event a name of its own', () => {
    const { problems } = told(
      '2026-01-07 10:05 KeyWorkerSessionHeld staffId=S1 [as first]',
      '2026-01-08 10:05 KeyWorkerSessionHeld staffId=S1 [as first]',
      '2026-01-15 00:00 => raised LOW',
      '2026-01-16 00:00 end',
    );
    expect(problems).toEqual(['rule.yml:3:56  Two events are called "first". Give each its own name.']);
  });

  it('withdraws only what it has named', () => {
    expect(problemsOf('2026-01-07 10:05 EventWithdrawn withdraws=mistake reason=none')).toEqual([
      'rule.yml:4:39  No event of this story is called "mistake". Name the one that is withdrawn: "… [as mistake]".',
    ]);
  });
});

describe('the stories of a rule', () => {
  it('need one that fires', () => {
    expect(read(SILENT).problems).toEqual(['rule.yml:1:1  No timeline fires: add one with "=> raised …".']);
  });

  it('need one that stays silent', () => {
    const yaml = '- name: told\n  story:\n    - 2026-01-15 00:00 => raised LOW\n    - 2026-01-16 00:00 end\n';
    expect(read(yaml).problems).toEqual([
      'rule.yml:1:1  No timeline stays silent: add one in which TEST-01 must not fire.',
    ]);
  });
});
