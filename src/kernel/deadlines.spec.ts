import { describe, expect, it } from '@jest/globals';
import { at, DAYS, goesToCourt, local, returns } from '../../test/kernel-kit.js';
import { NEVER } from '../prison/instant.js';
import { Deadlines } from './deadlines.js';
import { dueOf, movedDays } from './definitional/limits.js';
import { readLimit, type Limit } from './limit.js';
import { Movements } from './movements.js';
import { inOrder, type Occurrence } from './occurrence.js';

const limit = (text: string): Limit => {
  const read = readLimit(text);
  if (!read) throw new Error(`${text} is no limit.`);
  return read;
};

/** When limits fall due for someone who was away; by definition they fall due at the same instants. */
const deadlines = (movements: readonly Occurrence[]): Pick<Deadlines, 'due' | 'carried'> => {
  const known = new Movements();
  for (const movement of [...movements].sort(inOrder)) known.on(movement);
  const kept = new Deadlines(DAYS, known);
  const absences = known.absences.map(({ from, until = NEVER }) => ({ from, until }));
  return {
    due: (start, length, pauses) => {
      const due = kept.due(start, length, pauses);
      expect(dueOf(start, length, { days: DAYS, absences, pauses })).toBe(due);
      return due;
    },
    carried: (date, start, pauses) => {
      const due = kept.carried(date, start, pauses);
      expect(movedDays(date, start, { days: DAYS, absences, pauses })).toBe(due);
      return due;
    },
  };
};

/** When a limit that began on 7 January at 10:00 falls due, for someone who was away. */
const due = (text: string, ...movements: readonly Occurrence[]): string =>
  local(deadlines(movements).due(at('2026-01-07 10:00'), limit(text), true));

const away = (from: string, until: string): Occurrence[] => [goesToCourt(from), returns(until)];

describe('limits of someone who is away', () => {
  it('an absence that is over before the limit falls due changes nothing', () => {
    expect(due('P7D', ...away('2026-01-08 08:00', '2026-01-09 17:00'))).toBe('2026-01-15 00:00 +00:00');
    expect(due('PT72H', ...away('2026-01-08 08:00', '2026-01-09 17:00'))).toBe('2026-01-10 10:00 +00:00');
  });

  it('that is over as the limit begins changes nothing', () => {
    expect(due('PT4H', ...away('2026-01-07 08:00', '2026-01-07 10:00'))).toBe('2026-01-07 14:00 +00:00');
  });

  it('that begins as the limit falls due moves it', () => {
    expect(due('PT72H', ...away('2026-01-10 10:00', '2026-01-10 18:00'))).toBe('2026-01-10 19:00 +00:00');
    expect(due('P7D', ...away('2026-01-15 00:00', '2026-01-15 06:00'))).toBe('2026-01-16 00:00 +00:00');
  });

  it('of a local day, midnight to midnight, is a whole one', () => {
    expect(due('P7D', ...away('2026-01-15 00:00', '2026-01-16 00:00'))).toBe('2026-01-18 00:00 +00:00');
  });

  it('that is over as the limit falls due does not move it', () => {
    expect(due('P7D', ...away('2026-01-14 20:00', '2026-01-15 00:00'))).toBe('2026-01-15 00:00 +00:00');
  });

  it('never falls due before the return', () => {
    expect(due('P7D', goesToCourt('2026-01-14 08:00'))).toBe('never');
    expect(due('PT72H', goesToCourt('2026-01-10 09:00'))).toBe('never');
  });

  it('where the rule does not pause, absences change nothing', () => {
    const known = deadlines(away('2026-01-14 08:00', '2026-01-16 17:00'));
    expect(local(known.due(at('2026-01-07 10:00'), limit('P7D'), false))).toBe('2026-01-15 00:00 +00:00');
  });
});

describe('a limit in hours', () => {
  it('that falls due during the absence has after the return what was left of it', () => {
    expect(due('PT72H', ...away('2026-01-10 07:00', '2026-01-10 18:00'))).toBe('2026-01-10 21:00 +00:00');
  });

  it('has at least an hour', () => {
    expect(due('PT72H', ...away('2026-01-10 09:50', '2026-01-10 18:00'))).toBe('2026-01-10 19:00 +00:00');
  });

  it('that began during the absence has all of it', () => {
    expect(due('PT4H', ...away('2026-01-07 09:00', '2026-01-08 18:00'))).toBe('2026-01-08 22:00 +00:00');
  });

  it('is due at the return if that is when it falls due', () => {
    expect(due('PT72H', ...away('2026-01-10 09:00', '2026-01-10 10:00'))).toBe('2026-01-10 10:00 +00:00');
  });

  it('is moved again by the next absence, by what is left then', () => {
    const days = [...away('2026-01-10 07:00', '2026-01-10 18:00'), ...away('2026-01-10 20:00', '2026-01-11 18:00')];
    expect(due('PT72H', ...days)).toBe('2026-01-11 19:00 +00:00');
  });
});

describe('a limit in days and an absence of a whole day', () => {
  it.each([
    ['during the absence', '2026-01-14 08:00', '2026-01-16 17:00'],
    ['at the instant of leaving', '2026-01-15 00:00', '2026-01-16 17:00'],
  ])('due %s it falls due at the end of the day after the return', (_, out, back) => {
    expect(due('P7D', ...away(out, back))).toBe('2026-01-18 00:00 +00:00');
  });

  it('due on the day after the return it has that day too', () => {
    expect(due('P7D', ...away('2026-01-12 08:00', '2026-01-14 17:00'))).toBe('2026-01-16 00:00 +00:00');
    expect(due('P7D', ...away('2026-01-11 08:00', '2026-01-13 17:00'))).toBe('2026-01-15 00:00 +00:00');
  });

  it('one absence after another moves what the first has moved', () => {
    const first = away('2026-01-14 08:00', '2026-01-16 17:00');
    const second = away('2026-01-17 08:00', '2026-01-19 17:00');
    expect(due('P7D', ...first, ...second)).toBe('2026-01-21 00:00 +00:00');
  });
});

describe('a limit in days and somebody who is out by day', () => {
  const out = (day: string): Occurrence[] => away(`2026-01-${day} 07:00`, `2026-01-${day} 18:30`);

  it('falls due at the end of the day of the return, if it fell due while away', () => {
    expect(due('P7D', ...away('2026-01-14 20:00', '2026-01-15 06:00'))).toBe('2026-01-16 00:00 +00:00');
  });

  it('is not moved by a day release in whose hours it does not fall due', () => {
    expect(due('P7D', ...out('12'), ...out('13'), ...out('14'))).toBe('2026-01-15 00:00 +00:00');
  });

  it('once moved it is moved by later ones until the return only', () => {
    const nights = [...away('2026-01-14 20:00', '2026-01-15 06:00'), ...away('2026-01-15 20:00', '2026-01-16 06:00')];
    expect(due('P7D', ...nights)).toBe('2026-01-16 06:00 +00:00');
  });

  it('a due date that an event carries moves in the same way, by absences that ended after the event', () => {
    const known = deadlines([...out('06'), ...out('10')]);
    const carried = (when: string) => local(known.carried(at(when), at('2026-01-07 10:00'), true));
    expect(carried('2026-01-10 12:00')).toBe('2026-01-11 00:00 +00:00');
    expect(carried('2026-01-06 12:00')).toBe('2026-01-06 12:00 +00:00');
  });

  it('the night in which the clocks change is no whole day by itself', () => {
    const known = deadlines(away('2026-03-29 00:00', '2026-03-29 23:30'));
    expect(local(known.due(at('2026-03-27 10:00'), limit('P1D'), true))).toBe('2026-03-30 00:00 +01:00');
  });
});
