import { describe, expect, it } from '@jest/globals';
import type { Lodging } from '../custody/people/lodging.js';
import { differencesBetween, isUnlike, type LodgedPeople, type Roll } from './comparison.js';

const HOUR = 3_600_000;
const AS_AT = Date.parse('2026-12-01T06:00:00Z');
const BEFORE = AS_AT - 48 * HOUR;
const AFTER = AS_AT + HOUR;

const stay = (prisonId: string, since = BEFORE, arrival = true) => ({ prisonId, since, arrival });
const lodged = (prisonNumber: string, more: Partial<Lodging> = {}): Lodging => ({
  prisonNumber,
  away: false,
  foundOnRoll: false,
  ...more,
});

const people = (...lodgings: Lodging[]): LodgedPeople => ({
  lodgingOf: (number) => lodgings.find(({ prisonNumber }) => prisonNumber === number),
  lodgedIn: (prisonId) => lodgings.filter((one) => one.stay?.prisonId === prisonId),
});
const roll = (...entries: readonly (readonly [string, string?])[]): Roll => ({
  prisonId: 'XYI',
  asAt: AS_AT,
  entries: entries.map(([prisonNumber, location]) => ({
    prisonNumber,
    prisonId: 'XYI',
    ...(location !== undefined && { location }),
  })),
});
const kinds = (one: Roll, all: LodgedPeople) =>
  differencesBetween(one, all)
    .filter(({ later }) => !later)
    .map(({ prisonNumber, kind }) => [prisonNumber, kind]);

describe('somebody on the roll', () => {
  const onRoll = roll(['A1234BC', 'A-1-001']);

  it.each([
    ['NEVER_HEARD_OF', 'of whom nothing was told', undefined],
    ['NEVER_HEARD_OF', 'of whom nothing was told but a name', {}],
    ['NEVER_HEARD_OF', 'whom only a roll has', { stay: stay('XYI', BEFORE, false), foundOnRoll: true }],
    [
      'NEVER_HEARD_OF',
      'whom only the roll of another prison has',
      { stay: stay('XYM', BEFORE, false), foundOnRoll: true },
    ],
    ['NOT_IN_CUSTODY', 'who has left', { leftAt: BEFORE, lastLeft: 'RELEASED' }],
    ['DIED', 'who has died', { leftAt: BEFORE, lastLeft: 'DIED' }],
    ['OTHER_PRISON', 'whom another prison holds', { stay: stay('XYM') }],
    [
      'OTHER_CELL',
      'in another cell',
      { stay: stay('XYI'), cell: { location: 'A-1-002', prisonId: 'XYI', since: BEFORE } },
    ],
  ] as const)('is %s: %s', (kind, _, more) => {
    expect(kinds(onRoll, people(...(more ? [lodged('A1234BC', more)] : [])))).toEqual([['A1234BC', kind]]);
  });

  it.each([
    ['is there', { stay: stay('XYI') }],
    ['is there, away at court', { stay: stay('XYI'), away: true }],
    ['is in that cell', { stay: stay('XYI'), cell: { location: 'xyi-a-1-001', prisonId: 'XYI', since: BEFORE } }],
    ['has left since', { leftAt: AFTER }],
    ['went to another prison since', { stay: stay('XYM', AFTER) }],
    ['was found on the roll of another prison since', { stay: stay('XYM', AFTER, false), foundOnRoll: true }],
    ['was moved since', { stay: stay('XYI'), cell: { location: 'A-1-002', prisonId: 'XYI', since: AFTER } }],
    ['came without an arrival that was told', { stay: stay('XYI', BEFORE, false) }],
  ] as const)('is no difference who %s', (_, more) => {
    expect(kinds(onRoll, people(lodged('A1234BC', more)))).toEqual([]);
  });
});

describe('whom another prison has or let go later than the roll', () => {
  it.each([
    ['is there', { heldBy: 'XYM', stay: stay('XYM', AFTER) }],
    ['has left there', { heldBy: 'XYM', leftAt: AFTER }],
  ] as const)('is found as later who %s', (_, more) => {
    const found = differencesBetween(roll(['A1234BC']), people(lodged('A1234BC', more)));
    expect(found).toMatchObject([{ prisonNumber: 'A1234BC', heldBy: 'XYM', later: true }]);
  });

  it('is not who has left the prison of the roll', () => {
    expect(differencesBetween(roll(['A1234BC']), people(lodged('A1234BC', { heldBy: 'XYI', leftAt: AFTER })))).toEqual(
      [],
    );
  });
});

describe('somebody who is in the prison by the log, and not on the roll', () => {
  it('is ONLY_HERE, unless they are away or came since', () => {
    const all = people(
      lodged('A0001AA', { stay: stay('XYI') }),
      lodged('A0002AA', { stay: stay('XYI'), away: true }),
      lodged('A0003AA', { stay: stay('XYI', AFTER) }),
      lodged('A0004AA', { stay: stay('XYM') }),
    );
    expect(kinds(roll(), all)).toEqual([['A0001AA', 'ONLY_HERE']]);
  });
});

describe('a roll', () => {
  const number = (at: number) => `A${String(at).padStart(4, '0')}AA`;
  const many = (count: number, from = 0) => Array.from({ length: count }, (_, at) => number(from + at));
  const here = (count: number) => people(...many(count).map((one) => lodged(one, { stay: stay('XYI') })));
  const unlike = (one: Roll, all: LodgedPeople) =>
    isUnlike(one, differencesBetween(one, all), [...all.lodgedIn('XYI')].length);
  const of = (...numbers: string[]) => roll(...numbers.map((one) => [one] as const));

  it('is unlike the prison where it is half of one', () => {
    expect(unlike(of(...many(50)), here(100))).toBe(true);
  });

  it('is unlike the prison where it is of another', () => {
    expect(unlike(of(...many(100, 500)), here(0))).toBe(true);
  });

  it('is like the prison where some differ', () => {
    expect(unlike(of(...many(95), ...many(5, 500)), here(100))).toBe(false);
    expect(unlike(of(...many(3, 500)), here(4))).toBe(false);
  });
});
