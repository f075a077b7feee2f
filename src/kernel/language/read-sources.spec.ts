import { describe, expect, it } from '@jest/globals';
import { sayProblem } from './problems.js';
import { readSources } from './read-sources.js';

const RULES = ['KW-01', 'KW-12'];

describe('what the sources ask for', () => {
  it('is read point by point, with the rules that answer it and what none does', () => {
    const text = [
      '- source: PPO',
      '  points:',
      '    - { says: sufficient time, rules: [KW-01], missing: the rota }',
      '    - { says: high-quality case notes, rules: [KW-12] }',
    ].join('\n');
    expect(readSources('sources.yml', text, RULES)).toEqual({
      sources: [
        {
          source: 'PPO',
          points: [
            { says: 'sufficient time', rules: ['KW-01'], missing: 'the rota' },
            { says: 'high-quality case notes', rules: ['KW-12'] },
          ],
        },
      ],
      problems: [],
    });
  });

  it.each([
    ['{ says: time, rules: [KW-10] }', '3:29  There is no rule "KW-10". Did you mean "KW-12"?'],
    ['{ says: time, rules: [] }', '3:7  No rule answers this. Say in "missing" what is not answered yet.'],
    ['{ says: time }', '3:7  "rules" is missing.'],
  ])('with a mistake point at it: %s', (point, problem) => {
    const text = `- source: PPO\n  points:\n    - ${point}`;
    const { problems } = readSources('sources.yml', text, RULES);
    expect(problems.map(sayProblem)).toContainEqual(`sources.yml:${problem}`);
  });
});
