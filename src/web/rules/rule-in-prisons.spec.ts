import { describe, expect, it } from '@jest/globals';
import { join } from 'node:path';
import { type KeyWorkTerms, type RuleTerms, WEEKLY } from '../../kernel/prison-settings.js';
import { Rulebook } from '../../kernel/rulebook.js';
import { LocalDays } from '../../prison/local-days.js';
import { rulesIn } from '../../watch/rule-folder.js';
import { ruleInPrisons } from './rule-in-prisons.js';

const RULES = rulesIn(join(import.meta.dirname, '../../../config/rules')).map(({ rule }) => rule);
const NOW = Date.parse('2027-01-05T09:00:00Z');

const prison = (prisonId: string, keyWork: Partial<KeyWorkTerms>, ...rules: RuleTerms[]) => ({
  prisonId,
  keyWork: [{ ...WEEKLY, ...keyWork }],
  rules,
});
const rulebook = new Rulebook(RULES, new LocalDays(), [
  prison('XYI', { everyWeeks: 2 }, { rule: 'SEG-06', because: 'the unit is rebuilt', until: '2027-02-01' }),
  prison(
    'XYM',
    { scheme: false, because: 'an open prison' },
    { rule: 'KW-01', because: 'nobody tells us of key worker sessions' },
  ),
  prison('XYN', { scheme: false, because: 'an open prison' }),
  prison('XYO', {}, { rule: 'KW-05', because: 'nobody tells us of absences' }),
]);

const here = (id: string, isWatched = true) => {
  const rule = RULES.find((one) => one.id === id);
  if (!rule) throw new Error(id);
  const prisons = ['XYI', 'XYM', 'XYN', 'XYO', 'XYP'].map((prisonId) => ({
    prisonId,
    inForce: rulebook.inForceWith(rule, prisonId, NOW),
    isWatched,
  }));
  return ruleInPrisons(rule, prisons, (prisonId) => `Prison ${prisonId}`);
};

describe('a rule in the prisons of the reader', () => {
  it('is said to be off until when, and why', () => {
    expect(here('SEG-06')).toEqual([
      {
        prisons: 'Prison XYI',
        how: ['It is off until 1 February 2027.'],
        because: 'The unit is rebuilt.',
        coverage: '',
      },
    ]);
  });

  it('is said with what is other there, and once for prisons that have it alike', () => {
    const [fortnightly, open, ...more] = here('KW-01');
    expect(fortnightly?.how).toEqual([
      expect.stringMatching(/^Severity: Low after 14 days; Medium after 28 days/),
      expect.stringMatching(/^What it watches: .* none for 14 days since the last one\.$/),
    ]);
    expect(fortnightly?.because).toBe('People are to be seen every 14 days.');
    expect(open).toEqual({
      prisons: 'Prison XYM, Prison XYN',
      how: ['It does not apply, because it needs a key work scheme.'],
      because: 'An open prison.',
      coverage: '',
    });
    expect(more).toEqual([]);
  });

  it('leads to what the prison is told where it is not watched, also one about key workers', () => {
    expect(here('KW-05', false)).toContainEqual({
      prisons: 'Prison XYO',
      how: ['It is not watched, so it raises no safety alert.'],
      because: 'Nobody tells us of absences.',
      coverage: '/prisons/XYO/watched',
    });
  });

  it('is nothing to speak of where it is as everywhere', () => {
    expect(here('ACCT-02')).toEqual([]);
  });
});
