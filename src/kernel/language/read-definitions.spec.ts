import { describe, expect, it } from '@jest/globals';
import { KNOWN } from '../../../test/kernel-kit.js';
import { sayProblem } from './problems.js';
import { readDefinitions } from './read-definitions.js';

const problemsIn = (text: string): string[] => readDefinitions('definitions.yml', text, KNOWN).problems.map(sayProblem);

describe('definitions', () => {
  it('name events, conditions and families, each with those before it', () => {
    const { vocabulary, problems } = readDefinitions(
      'definitions.yml',
      [
        'events:',
        '  session: KeyWorkerSessionHeld',
        'conditions:',
        '  acct-open: { during: { from: AcctOpened, until: AcctClosed } }',
        '  talked: { seen: { event: session, within: acct-open } }',
        'families:',
        '  HARM: [SelfHarmReported, AcctOpened]',
      ].join('\n'),
      KNOWN,
    );
    expect(problems).toEqual([]);
    expect(vocabulary.conditions.get('talked')).toMatchObject({
      op: 'seen',
      event: [{ type: 'KeyWorkerSessionHeld' }],
      within: { op: 'during' },
    });
    expect(vocabulary.families.get('HARM')).toHaveLength(2);
  });

  it.each([
    ['event: {}', '1:1  "event" is not known here. Did you mean "events"? Known: events, conditions, families.'],
    [
      'events:\n  session: KeyWorkerSession',
      '2:12  There is no event "KeyWorkerSession". Did you mean "KeyWorkerSessionHeld"?',
    ],
    ['conditions:\n  b: { not: a }\n  a: stay', '2:13  There is no condition "a".'],
    [
      'conditions:\n  a: { rule: KW-01 }',
      '2:14  A definition cannot refer to a rule (KW-01). Say it in the rule that needs it.',
    ],
    ['events:\n  a: { starts: stay }', '2:6  "starts" needs a "during" condition, or "arrival".'],
  ])('with a mistake point at it: %s', (text, problem) => {
    expect(problemsIn(text)).toEqual([`definitions.yml:${problem}`]);
  });
});
