import { describe, expect, it } from '@jest/globals';
import { VOCABULARY } from '../../../test/kernel-kit.js';
import { sayProblem } from './problems.js';
import { readRuleFile } from './read-rule-file.js';
import { runTimelines, sayFailure } from './run-timelines.js';

/** A rule with this story, beside one that is silent. */
const failuresOf = (...lines: string[]): string[] => {
  const { read, problems } = readRuleFile(
    'TEST-01.yml',
    `id: TEST-01
version: 1
name: Not seen
effective: { from: 2026-01-01 }
source: { ref: PPO, says: people should be seen }
because: The number is ours.
owner: head of safety
subject: person
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
${lines.map((line) => `      - ${line}`).join('\n')}
  - name: nothing happens
    story:
      - 2026-01-10 00:00 end
`,
    VOCABULARY,
  );
  expect(problems.map(sayProblem)).toEqual([]);
  return runTimelines([read]).map(sayFailure);
};

describe('a timeline', () => {
  it('passes where the rule does exactly what it says', () => {
    expect(
      failuresOf(
        '2026-01-15 00:00 => raised LOW',
        '2026-01-22 00:00 => escalated HIGH',
        '2026-01-23 10:00 KeyWorkerSessionHeld staffId=S1',
        '2026-01-23 10:00 => resolved HIGH (met)',
        '2026-01-25 00:00 end',
      ),
    ).toEqual([]);
  });

  it('fails on a change that does not come, and on one that was not expected', () => {
    expect(
      failuresOf('2026-01-14 00:00 => raised LOW', '2026-01-22 00:00 => escalated HIGH', '2026-01-25 00:00 end'),
    ).toEqual([
      [
        'TEST-01.yml:18:5  TEST-01: not seen',
        '    - 2026-01-14 00:00 => raised LOW',
        '    + 2026-01-15 00:00 => raised LOW',
        '      2026-01-22 00:00 => escalated HIGH',
      ].join('\n'),
    ]);
  });

  it('fails on a change after the last one expected, up to its end', () => {
    expect(failuresOf('2026-01-15 00:00 => raised LOW', '2026-01-22 00:00 end')).toHaveLength(1);
    expect(failuresOf('2026-01-15 00:00 => raised LOW', '2026-01-21 23:59 end')).toEqual([]);
  });

  it('fails on another outcome only where it asks for one', () => {
    const story = (change: string) => [
      '2026-01-15 00:00 => raised LOW',
      '2026-01-16 10:00 KeyWorkerSessionHeld staffId=S1',
      change,
      '2026-01-20 00:00 end',
    ];
    expect(failuresOf(...story('2026-01-16 10:00 => resolved LOW'))).toEqual([]);
    expect(failuresOf(...story('2026-01-16 10:00 => resolved LOW (ended)'))[0]).toContain(
      '    - 2026-01-16 10:00 => resolved LOW (ended)\n    + 2026-01-16 10:00 => resolved LOW (met)',
    );
  });
});
