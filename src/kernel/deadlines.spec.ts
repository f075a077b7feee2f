import { describe, expect, it } from '@jest/globals';
import { at, DAYS, goesToCourt, local, returns } from '../../test/kernel-kit.js';
import { Deadlines } from './deadlines.js';
import { readLimit, type Limit } from './limit.js';
import { Movements } from './movements.js';
import type { Occurrence } from './occurrence.js';

const limit = (text: string): Limit => {
  const read = readLimit(text);
  if (!read) throw new Error(`${text} is no limit.`);
  return read;
};

/** When a limit that began on 7 January at 10:00 falls due, for someone who was away. */
const due = (text: string, ...movements: readonly Occurrence[]): string => {
  const known = new Movements();
  for (const movement of movements) known.on(movement);
  return local(new Deadlines(DAYS, known).due(at('2026-01-07 10:00'), limit(text), true));
};

describe('limits of someone who is away', () => {
  it('an absence that is over before the limit falls due changes nothing', () => {
    expect(due('P7D', goesToCourt('2026-01-08 08:00'), returns('2026-01-09 17:00'))).toBe('2026-01-15 00:00 +00:00');
    expect(due('PT72H', goesToCourt('2026-01-08 08:00'), returns('2026-01-09 17:00'))).toBe('2026-01-10 10:00 +00:00');
  });

  it.each([
    ['during the absence', '2026-01-14 08:00', '2026-01-16 17:00'],
    ['at the instant of leaving', '2026-01-15 00:00', '2026-01-16 17:00'],
  ])('a limit in days due %s falls due at the end of the day after the return', (_, out, back) => {
    expect(due('P7D', goesToCourt(out), returns(back))).toBe('2026-01-18 00:00 +00:00');
  });

  it('a limit in days due on the day after the return has that day too', () => {
    expect(due('P7D', goesToCourt('2026-01-13 08:00'), returns('2026-01-14 17:00'))).toBe('2026-01-16 00:00 +00:00');
    expect(due('P7D', goesToCourt('2026-01-12 08:00'), returns('2026-01-13 17:00'))).toBe('2026-01-15 00:00 +00:00');
  });

  it('a limit in hours due during the absence falls due that many hours after the return', () => {
    expect(due('PT72H', goesToCourt('2026-01-10 09:00'), returns('2026-01-10 18:00'))).toBe('2026-01-13 18:00 +00:00');
  });

  it('a limit in hours due at the instant of the return is due then', () => {
    expect(due('PT72H', goesToCourt('2026-01-10 09:00'), returns('2026-01-10 10:00'))).toBe('2026-01-10 10:00 +00:00');
  });

  it('never falls due before the return', () => {
    expect(due('P7D', goesToCourt('2026-01-14 08:00'))).toBe('never');
  });

  it('one absence after another moves what the first has moved', () => {
    const first = [goesToCourt('2026-01-14 08:00'), returns('2026-01-15 17:00')];
    const second = [goesToCourt('2026-01-16 08:00'), returns('2026-01-19 17:00')];
    expect(due('P7D', ...first)).toBe('2026-01-17 00:00 +00:00');
    expect(due('P7D', ...first, ...second)).toBe('2026-01-21 00:00 +00:00');
  });
});
