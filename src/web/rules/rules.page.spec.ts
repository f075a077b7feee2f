import { describe, expect, it } from '@jest/globals';
import { join } from 'node:path';
import { rulesIn } from '../../watch/rule-folder.js';
import { rulePage, rulesPage } from './rules.page.js';

const RULES = rulesIn(join(import.meta.dirname, '../../../config/rules')).map(({ rule }) => rule);

describe('the pages of the rules', () => {
  it('list every rule once, under a family with a name', () => {
    const { families, count } = rulesPage(RULES);
    expect(families.flatMap(({ rules }) => rules.map(({ id }) => id)).sort()).toEqual(RULES.map(({ id }) => id).sort());
    expect(families.map(({ name }) => name)).not.toContainEqual(expect.stringMatching(/^(?!ACCT$)[A-Z]+$/));
    expect(count).toBe(RULES.length);
  });

  it('say what a rule watches line by line, as deep as it is nested', () => {
    const rule = RULES.find(({ id }) => id === 'SEG-02');
    if (!rule) throw new Error('SEG-02 is not there');
    const { watches, source, tells } = rulePage(rule);
    expect(watches.map(({ depth }) => depth)).toEqual([0, 1, 1, 1, 2, 2]);
    expect(watches[1]?.text).toBe('The person is segregated.');
    expect(source).toEqual([
      'PPO, article on the key worker scheme (Mr A): segregated although his risk was known; he died within hours.',
    ]);
    expect(tells).toContain('ACCT Case Co-ordinator');
  });

  it.each(RULES.map((rule) => [rule.id, rule] as const))('%s names in words whoever should act on it', (_id, rule) => {
    expect(rulePage(rule).tells).not.toContainEqual(expect.stringMatching(/^[a-z]|^[^ ]+-[^ ]+$/));
  });
});
