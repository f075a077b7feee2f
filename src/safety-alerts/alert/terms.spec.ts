import { describe, expect, it } from '@jest/globals';
import { Lapses } from './terms.js';

const lapses = new Lapses();
const ms = (instant: string): number => Date.parse(instant);
const lapseOf = (
  severity: 'LOW' | 'MEDIUM' | 'HIGH' | 'CRITICAL',
  at: string,
  putOffAt?: string,
  ...sessions: string[]
) => new Date(lapses.of({ by: 'ASMITH_GEN', at, putOffAt }, severity, sessions.map(ms))).toISOString();

describe('an acknowledgement lapses', () => {
  it.each([
    ['CRITICAL', '2026-11-20T22:30:00.000Z', '2026-11-21T00:30:00.000Z'],
    ['HIGH', '2026-11-20T00:00:00.000Z', '2026-11-22T00:00:00.000Z'],
    ['HIGH', '2026-11-20T23:59:00.000Z', '2026-11-22T00:00:00.000Z'],
    ['MEDIUM', '2026-11-20T10:00:00.000Z', '2026-11-27T10:00:00.000Z'],
    ['LOW', '2026-11-20T10:00:00.000Z', '2026-11-27T10:00:00.000Z'],
  ] as const)('%s of %s at %s', (severity, at, lapse) => {
    expect(lapseOf(severity, at)).toBe(lapse);
  });

  it('at the end of a day by the clock on the wall, where the clocks change', () => {
    expect(lapseOf('HIGH', '2026-03-28T10:00:00.000Z')).toBe('2026-03-29T23:00:00.000Z');
    expect(lapseOf('HIGH', '2026-10-24T10:00:00.000Z')).toBe('2026-10-26T00:00:00.000Z');
  });

  it('one day later for a note, whenever that was written before', () => {
    for (const note of ['2026-11-20T10:00:00.000Z', '2026-11-20T11:00:00.000Z', '2026-11-21T23:00:00.000Z'])
      expect(lapseOf('HIGH', '2026-11-20T10:00:00.000Z', note)).toBe('2026-11-23T00:00:00.000Z');
  });

  it('counted anew from each session that came in time, and the note puts off the last', () => {
    const at = '2026-11-20T10:00:00.000Z';
    const [eleven, twelve, three] = ['11', '12', '15'].map((hour) => `2026-11-20T${hour}:00:00.000Z`);
    expect(lapseOf('CRITICAL', at, undefined, twelve ?? '', eleven ?? '')).toBe('2026-11-20T14:00:00.000Z');
    expect(lapseOf('CRITICAL', at, eleven, twelve ?? '')).toBe('2026-11-20T16:00:00.000Z');
    expect(lapseOf('CRITICAL', at, eleven, three ?? '')).toBe('2026-11-20T14:00:00.000Z');
  });

  it('by what the settings say', () => {
    const strict = new Lapses({ CRITICAL: { hours: 1 }, HIGH: { hours: 2 }, MEDIUM: { days: 1 }, LOW: { days: 3 } });
    expect(strict.of({ by: 'A', at: '2026-11-20T10:00:00.000Z' }, 'LOW')).toBe(ms('2026-11-24T00:00:00.000Z'));
    expect(strict.version).not.toBe(lapses.version);
  });
});
