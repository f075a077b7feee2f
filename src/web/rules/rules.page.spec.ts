import { describe, expect, it } from '@jest/globals';
import { join } from 'node:path';
import { rulesIn, sourcesIn } from '../../watch/rule-folder.js';
import { bySourcePage, rulePage, rulesPage } from './rules.page.js';

const FOLDER = join(import.meta.dirname, '../../../config/rules');
const RULES = rulesIn(FOLDER).map(({ rule }) => rule);

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
    const { watches, source, because, tells } = rulePage(rule);
    expect(watches.map(({ depth }) => depth)).toEqual([0, 1, 1, 1, 2, 2]);
    expect(watches[1]?.text).toBe('The person is segregated.');
    expect(source).toEqual([
      'PPO, article on the key worker scheme (Mr A): he had a history of self-harm; he was found hanging a few hours after his segregation began.',
      'PPO, bulletin 8: people on an open ACCT should be segregated only in exceptional circumstances.',
    ]);
    expect(because).toMatch(/^Segregation of somebody with a known risk needs a recorded decision/);
    expect(tells).toContain('ACCT Case Co-ordinator');
  });

  it('say who should act otherwise where a step has its own', () => {
    const rule = RULES.find(({ id }) => id === 'KW-06');
    expect(rule && rulePage(rule).tells).toBe('Key work manager; where Medium: safer custody team, key worker.');
  });

  it('say by source which rules answer each of the PPO’s five recommendations, and which points none answers yet', () => {
    const [ppo, viner] = bySourcePage(sourcesIn(FOLDER), RULES).sources;
    expect(ppo?.points.map(({ rules }) => rules.map(({ id }) => id))).toEqual([
      ['KW-01', 'KW-05', 'KW-06', 'KW-08', 'KW-09', 'KW-15', 'PRI-01'],
      ['FAM-01', 'FAM-02', 'KW-03', 'KW-04', 'KW-05', 'KW-06', 'KW-07', 'KW-14', 'PRI-01', 'VUL-02'],
      ['KW-02', 'KW-14', 'PRI-02'],
      ['KW-12'],
      ['ACCT-05'],
    ]);
    const unanswered = viner?.points.filter(({ rules }) => rules.length === 0) ?? [];
    expect(unanswered).not.toEqual([]);
    expect(unanswered.every(({ missing }) => missing !== '')).toBe(true);
  });

  it.each(RULES.map((rule) => [rule.id, rule] as const))('%s names in words whoever should act on it', (_id, rule) => {
    expect(rulePage(rule).tells).not.toMatch(/^[a-z]|\b[a-z]+-[a-z]/);
  });
});
