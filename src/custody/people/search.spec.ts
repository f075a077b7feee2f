import { describe, expect, it } from '@jest/globals';
import { searchFor, spell } from './search.js';

describe('a search', () => {
  const john = spell({ firstName: 'John', lastName: 'Smith' });

  it('of a name is carried out', () => {
    expect(searchFor('smith, jo')?.('A1234BC', john)).toBe(true);
  });

  it.each([
    ['lukasz', 'Łukasz', 'Wałęsa'],
    ['walesa', 'Łukasz', 'Wałęsa'],
    ['duric', 'Milan', 'Đurić'],
    ['sorensen', 'Søren', 'Sørensen'],
    ['gross', 'Jan', 'Groß'],
    ['GROSS', 'Jan', 'GROẞ'],
    ['Đurić', 'Milan', 'Duric'],
    ['thor', 'Þór', 'Æneasson'],
    ['aeneas', 'Þór', 'Æneasson'],
  ])('of %s finds %s %s, whatever letters either is written in', (typed, firstName, lastName) => {
    expect(searchFor(typed)?.('A1234BC', spell({ firstName, lastName }))).toBe(true);
  });

  it('of more than anybody is called is not: it would be compared with everybody, while all others wait', () => {
    expect(searchFor('smith '.repeat(10_000))).toBeUndefined();
  });
});
