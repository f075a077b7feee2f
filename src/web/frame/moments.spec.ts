import { describe, expect, it } from '@jest/globals';
import { machineMoment, sayDate, sayMoment, sayShortDate, sayTableDate, sayTime } from './moments.js';

describe('moments on a page', () => {
  it.each([
    ['2026-11-20T14:05:00Z', '20 November 2026, 14:05'],
    ['2026-07-01T23:30:00Z', '2 July 2026, 00:30'],
    ['2026-10-25T00:59:59Z', '25 October 2026, 01:59'],
    ['2026-10-25T01:00:00Z', '25 October 2026, 01:00'],
    ['2026-11-20', '20 November 2026'],
    [Date.parse('2026-01-05T09:00:00+01:00'), '5 January 2026, 08:00'],
  ])('%s is told as %s, by the clock on the wall of the prison', (moment, said) => {
    expect(sayMoment(moment)).toBe(said);
  });

  it('can be told as a day, a short day or a time alone', () => {
    expect(sayDate('2026-06-09T12:00:00Z')).toBe('9 June 2026');
    expect(sayShortDate('2026-06-09T12:00:00Z')).toBe('9 Jun');
    expect(sayTime('2026-06-09T07:03:00Z')).toBe('08:03');
    expect(sayTime('2026-12-09T00:03:00Z')).toBe('00:03');
    expect(sayTableDate('2026-09-18T12:00:00Z')).toBe('18 Sept 2026');
  });

  it('are in UTC where programs read them', () => {
    expect(machineMoment('2026-07-01T13:00:00+01:00')).toBe('2026-07-01T12:00:00.000Z');
  });

  it('are shown as they came where they are none, and break no page', () => {
    expect([sayMoment('2026-13-41'), sayTime('soon'), machineMoment('soon')]).toEqual(['2026-13-41', 'soon', 'soon']);
  });
});
