import { describe, expect, it } from '@jest/globals';
import { english } from '../words/english.js';
import { queryOf, readStart, defaultStart } from './start.js';

const words = english.handover.since;
const NOW = Date.parse('2026-07-01T13:00:00Z');
const iso = (instant: number | undefined) => instant !== undefined && new Date(instant).toISOString();

describe('since when a hand-over tells', () => {
  it.each([
    [{ date: '1/7/2026', time: '06:30' }, '2026-07-01T05:30:00.000Z'],
    [{ date: '30 June 2026' }, '2026-06-29T23:00:00.000Z'],
    [{ time: '0630' }, '2026-07-01T05:30:00.000Z'],
  ])('is asked for by the clock on the wall of the prison: %j', (query, instant) => {
    expect(iso(readStart(query, NOW).instant)).toBe(instant);
  });

  it.each([
    [{ date: '31/6/2026' }, words.notADay, '#date'],
    [{ date: '1/7/2026', time: '6 pm' }, words.notATime, '#time'],
    [{ date: '1/7/2026', time: '14:01' }, words.ahead, '#date'],
    [{ date: '1/5/2026' }, words.tooLong, '#date'],
  ])('is not taken where it makes no sense: %j', (query, text, href) => {
    expect(readStart(query, NOW)).toMatchObject({ instant: undefined, typed: query, errors: [{ text, href }] });
  });

  it('goes back by default to when the last signed hand-over was written, or 12 hours', () => {
    expect(iso(defaultStart({ at: '2026-07-01T05:31:20.000Z' }, NOW))).toBe('2026-07-01T05:31:20.000Z');
    expect(iso(defaultStart(undefined, NOW))).toBe('2026-07-01T01:00:00.000Z');
    expect(iso(defaultStart({ at: '2026-05-01T05:31:20.000Z' }, NOW))).toBe('2026-07-01T01:00:00.000Z');
  });

  it('can be asked for again by a link', () => {
    const query = Object.fromEntries(new URLSearchParams(queryOf(NOW)));
    expect(readStart(query, NOW).instant).toBe(NOW);
  });
});
