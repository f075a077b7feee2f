import { describe, expect, it } from '@jest/globals';
import { ageFactOf, comesToAge } from './age.js';

const TOLD = Date.parse('2026-12-05T18:40:00Z');

describe('what rules may know of a date of birth', () => {
  it.each([
    ['of a child, the end of the month in which they come to 18', '2009-03-02', '2027-03-31'],
    ['of who comes to 18 on that day, the end of that month', '2008-12-05', '2026-12-31'],
    ['of who came to 18 in that month, the same: it errs to the longer protection', '2008-12-01', '2026-12-31'],
    ['of who was born on 29 February, the end of March', '2012-02-29', '2030-03-31'],
    ['of everybody else, nothing', '2008-11-30', undefined],
    ['of a day that has not come, nothing', '2027-01-01', undefined],
    ['of what is sealed, nothing', '(personal)', undefined],
    ['of what was erased, nothing', '(erased)', undefined],
    ['of nothing, nothing', undefined, undefined],
  ])('is, %s', (_, dateOfBirth, until) => {
    expect(ageFactOf(dateOfBirth, TOLD)).toEqual(until === undefined ? {} : { under18Until: until });
  });

  it('is nowhere the birthday itself', () => {
    expect(JSON.stringify(ageFactOf('2009-03-02', TOLD))).not.toContain('-02');
    expect(comesToAge('2009-03-02', 18)).toBe('2027-03-02');
  });
});
