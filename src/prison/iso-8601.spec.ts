import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { instantOf, isDate } from './iso-8601.js';

describe('an instant with its offset', () => {
  it('is the instant that it names, whatever the offset', () => {
    const offset = fc.integer({ min: -14 * 60, max: 14 * 60 });
    fc.assert(
      fc.property(
        fc.date({ min: new Date('1901-01-01'), max: new Date('2198-12-31'), noInvalidDate: true }),
        offset,
        (at, minutes) => {
          const local = new Date(at.getTime() + minutes * 60_000).toISOString().slice(0, -1);
          const [hour, minute] = [Math.floor(Math.abs(minutes) / 60), Math.abs(minutes) % 60].map((n) =>
            String(n).padStart(2, '0'),
          );
          expect(instantOf(`${local}${minutes < 0 ? '-' : '+'}${hour}:${minute}`)).toBe(at.getTime());
        },
      ),
    );
  });

  it.each(['2024-02-29T00:00:00Z', '2000-02-29T23:59Z', '2026-12-31T23:59:59.123456789+00:00'])('takes %s', (text) => {
    expect(instantOf(text)).toBeDefined();
  });

  it.each([
    '2026-02-29T00:00:00Z',
    '1900-02-29T00:00:00Z',
    '2026-04-31T00:00:00Z',
    '2026-01-01T24:00:00Z',
    '2026-01-01T00:60:00Z',
    '2026-01-01T00:00:00',
    '2026-01-01 00:00:00Z',
    '2026-01-01T00:00:00+15:00',
    '0026-01-01T00:00:00Z',
    ' 2026-01-01T00:00:00Z',
    '2026-01-01T00:00:00Z\n',
  ])('refuses %j', (text) => {
    expect(instantOf(text)).toBeUndefined();
  });
});

describe('a date', () => {
  it('exists in the calendar', () => {
    expect(['2026-01-31', '2024-02-29'].every(isDate)).toBe(true);
    expect(['2026-02-29', '2026-1-31', '31/01/2026', '2026-01-31T00:00:00Z', 20260131].some(isDate)).toBe(false);
  });
});
