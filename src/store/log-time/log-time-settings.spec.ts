import { describe, expect, it } from '@jest/globals';
import type { Json, RecordedEvent } from '../event-store.js';
import { type LogTimeSetting, LogTimeSettings } from './log-time-settings.js';

const compare = (a: string, b: string): number => Number(a) - Number(b);
const set = (position: number, to: string, believed: string): LogTimeSetting => ({
  position: String(position),
  to: Date.parse(to),
  believed: Date.parse(believed),
});
const settings = (...all: LogTimeSetting[]) => new LogTimeSettings(all, compare);
const event = (position: number, data: Json, metadata: Json): RecordedEvent => ({
  ...{ id: 'a', type: 'b', stream: 'c', revision: 0, position: String(position) },
  data,
  metadata,
});
const NOON = '2026-12-01T12:00:00.000Z';
const ELEVEN = '2026-12-01T11:00:00.000Z';
const ONE = '2026-12-01T13:00:00.000Z';
const LATER = '2028-12-01T12:00:00.000Z';

describe('log time that was set', () => {
  it('takes what was told before, for a later instant, as known when the clock was right last', () => {
    const told = event(5, {}, { knownAt: LATER, recordedAt: NOON, occurredAt: LATER });
    expect(settings(set(9, NOON, ELEVEN)).straight(told).metadata).toEqual({
      knownAt: ELEVEN,
      recordedAt: NOON,
      occurredAt: LATER,
    });
  });

  it('takes what was decided before, for a later instant, as decided then, and says so', () => {
    const decided = event(5, { at: LATER }, { knownAt: LATER, recordedAt: LATER });
    expect(settings(set(9, NOON, ELEVEN)).straight(decided)).toMatchObject({
      data: { at: ELEVEN, misdated: true },
      metadata: { knownAt: ELEVEN, recordedAt: ELEVEN },
    });
  });

  it('takes what a right clock wrote by a wrong log time as decided when it was written, before and after', () => {
    for (const position of [5, 10]) {
      const decided = event(position, { at: LATER }, { knownAt: LATER, recordedAt: ELEVEN });
      expect(settings(set(9, NOON, ELEVEN)).straight(decided).data).toEqual({ at: ELEVEN, misdated: true });
    }
  });

  it('leaves as it was what bears no later instant, and all that came after', () => {
    const before = event(5, { at: ELEVEN }, { knownAt: ELEVEN, recordedAt: NOON });
    const after = event(10, { at: ONE }, { knownAt: ONE, recordedAt: ONE });
    for (const one of [before, after]) expect(settings(set(9, NOON, ELEVEN)).straight(one)).toEqual(one);
  });

  it('may be set again: each setting holds for what came before it', () => {
    const twice = settings(set(9, ONE, NOON), set(20, NOON, ELEVEN));
    expect(twice.straight(event(5, {}, { knownAt: LATER })).metadata).toEqual({ knownAt: NOON });
    expect(twice.straight(event(5, {}, { knownAt: ONE })).metadata).toEqual({ knownAt: ELEVEN });
    expect(twice.straight(event(15, {}, { knownAt: LATER })).metadata).toEqual({ knownAt: ELEVEN });
  });

  it('is no later for what was noted elsewhere before it', () => {
    const twice = settings(set(9, ONE, NOON), set(20, NOON, ELEVEN));
    expect(twice.noted(Date.parse(LATER), 0)).toBe(Date.parse(NOON));
    expect(twice.noted(Date.parse(LATER), 2)).toBe(Date.parse(LATER));
  });
});
