import { describe, expect, it } from '@jest/globals';
import { arrives, given, happens, released } from '../../test/kernel-kit.js';
import { carries } from './matcher.js';

const event = happens('SubstanceMisuseIndicated', '2026-01-06 10:00', { kind: 'POSSESSION', note: '' });

describe('an event carries', () => {
  it.each([
    [{ field: 'kind', is: ['FINDING', 'POSSESSION'] }, true],
    [{ field: 'kind', is: ['FINDING'] }, false],
    [{ field: 'place', is: ['CELL'] }, false],
    [{ field: 'kind', not: ['FINDING'] }, true],
    [{ field: 'kind', not: ['POSSESSION'] }, false],
    [{ field: 'place', not: ['CELL'] }, true],
    [{ field: 'kind', recorded: true }, true],
    [{ field: 'kind', recorded: false }, false],
    [{ field: 'place', recorded: true }, false],
    [{ field: 'place', recorded: false }, true],
    [{ field: 'note', recorded: true }, false],
    [{ field: 'note', recorded: false }, true],
  ])('what is asked, where a missing member is no value: %j %s', (where, expected) => {
    expect(carries(event, [where])).toBe(expected);
  });

  it('all that is asked, and always what is not', () => {
    const kind = { field: 'kind', is: ['POSSESSION'] };
    expect(carries(event, [kind, { field: 'place', is: ['CELL'] }])).toBe(false);
    expect(carries(event, [kind, { field: 'kind', not: ['FINDING'] }])).toBe(true);
    expect(carries(event, [])).toBe(true);
  });
});

describe('what is meant "here"', () => {
  const here = given('countWithin: { event: { event: CellMoved, here: true }, atLeast: 1, window: P7D }');
  const arrival = arrives('2026-01-05 09:00');
  const moved = (prisonId: string) => happens('CellMoved', '2026-01-06 10:00', {}, prisonId);

  it('names the prison that holds the person in a stay', () => {
    expect(here.when(arrival, moved('XYI')).at('2026-01-06 10:00')).toBe(true);
    expect(here.when(arrival, moved('XYM')).at('2026-01-06 10:00')).toBe(false);
    const gone = released('2026-01-06 09:00', 'RELEASED');
    expect(here.when(arrival, gone, moved('XYI')).at('2026-01-06 10:00')).toBe(false);
  });
});

describe('what begins or ends a state', () => {
  const arrival = arrives('2026-01-05 09:00');
  const opened = (when: string) => happens('AcctOpened', when);
  const closed = (when: string) => happens('AcctClosed', when);
  const counts = (event: string, atLeast: number) =>
    given(`countWithin: { event: { ${event}: acct-open }, atLeast: ${atLeast}, window: P7D }`);

  it('is its first start, and its end while it is on', () => {
    const once = [arrival, opened('2026-01-06 10:00'), opened('2026-01-06 11:00')];
    const twice = [...once, closed('2026-01-06 12:00'), closed('2026-01-06 13:00'), opened('2026-01-06 14:00')];
    expect(
      counts('starts', 1)
        .when(...once)
        .at('2026-01-06 11:00'),
    ).toBe(true);
    expect(
      counts('starts', 2)
        .when(...once)
        .at('2026-01-06 11:00'),
    ).toBe(false);
    expect(
      counts('starts', 2)
        .when(...twice)
        .at('2026-01-06 14:00'),
    ).toBe(true);
    expect(
      counts('ends', 1)
        .when(...once)
        .at('2026-01-06 11:00'),
    ).toBe(false);
    expect(
      counts('ends', 1)
        .when(...twice)
        .at('2026-01-06 14:00'),
    ).toBe(true);
    expect(
      counts('ends', 2)
        .when(...twice)
        .at('2026-01-06 14:00'),
    ).toBe(false);
  });
});
