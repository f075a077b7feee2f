import { describe, expect, it } from '@jest/globals';
import { usefulnessOf } from './usefulness.js';

const RULES = [
  { id: 'KW-01', name: 'No key worker session in seven days' },
  { id: 'FAM-02', name: 'Bereavement' },
];

describe('what those who closed safety alerts said of their use', () => {
  it('is told by rule, the least useful first, with its share', () => {
    const rows = usefulnessOf(
      [
        { rule: 'FAM-02', useful: 'yes', count: 1200 },
        { rule: 'KW-01', useful: 'no', count: 2 },
        { rule: 'KW-01', useful: 'yes', count: 1 },
        { rule: 'KW-01', useful: 'unsure', count: 1 },
      ],
      RULES,
    );
    expect(rows).toEqual([
      { rule: 'KW-01 No key worker session in seven days', href: '/rules/KW-01', cells: ['1', '2', '1', '25.0%'] },
      { rule: 'FAM-02 Bereavement', href: '/rules/FAM-02', cells: ['1,200', '0', '0', '100.0%'] },
    ]);
  });

  it('is told of a rule that is no longer there by its id', () => {
    expect(usefulnessOf([{ rule: 'KW-99', useful: 'no', count: 1 }], RULES)).toMatchObject([{ rule: 'KW-99' }]);
  });
});
