import { describe, expect, it } from '@jest/globals';
import { VOCABULARY } from '../../../test/kernel-kit.js';
import { checkTogether } from './check-together.js';
import { sayProblem } from './problems.js';
import { readRuleFile, type RuleFile } from './read-rule-file.js';

const rule = (file: string, id: string, when: string): RuleFile =>
  readRuleFile(file, `id: ${id}\nwhen: ${when}\nseverity:\n  - { level: LOW }\n`, VOCABULARY).read;

const problemsOf = (...files: RuleFile[]): string[] => checkTogether(files).map(sayProblem);

describe('rules together', () => {
  it('may refer to one another, in any order', () => {
    expect(problemsOf(rule('A.yml', 'A-01', '{ rule: B-01 }'), rule('B.yml', 'B-01', 'stay'))).toEqual([]);
  });

  it('must each have an id of their own', () => {
    expect(problemsOf(rule('A.yml', 'A-01', 'stay'), rule('B.yml', 'A-01', 'stay'))).toEqual([
      'B.yml:1:5  There is a rule A-01 already, at A.yml:1:5.',
    ]);
  });

  it('must not refer to a rule that is not there', () => {
    expect(problemsOf(rule('A.yml', 'A-01', '{ rule: A-02 }'))).toEqual([
      'A.yml:2:15  A-01: There is no rule "A-02". Did you mean "A-01"?',
    ]);
  });

  it('must not refer in a circle, however long', () => {
    const circle = [
      rule('A.yml', 'A-01', '{ rule: B-01 }'),
      rule('B.yml', 'B-01', '{ not: { rule: C-01 } }'),
      rule('C.yml', 'C-01', '{ rule: A-01 }'),
    ];
    expect(problemsOf(...circle)).toEqual([
      'A.yml:2:15  A-01: B-01 refers back to A-01. Rules must not refer in a circle.',
      'B.yml:2:22  B-01: C-01 refers back to B-01. Rules must not refer in a circle.',
      'C.yml:2:15  C-01: A-01 refers back to C-01. Rules must not refer in a circle.',
    ]);
    expect(problemsOf(rule('A.yml', 'A-01', '{ rule: A-01 }'))).toEqual([
      'A.yml:2:15  A-01: It refers back to A-01. Rules must not refer in a circle.',
    ]);
  });
});
