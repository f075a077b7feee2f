import { describe, expect, it } from '@jest/globals';
import { arrives, given, happens, transfers } from '../../../test/kernel-kit.js';

const awarded = (when: string, chargeNumber: string, days: number) =>
  happens('CellularConfinementAwarded', when, { chargeNumber, days });
const ended = (when: string, chargeNumber: string) => happens('CellularConfinementEnded', when, { chargeNumber });

describe('running', () => {
  const confined = given(
    'running: { from: CellularConfinementAwarded, until: CellularConfinementEnded, days: days, match: chargeNumber }',
  );
  const arrival = arrives('2026-01-05 09:00');

  it('runs to the end of the last day that the event carries', () => {
    const told = confined.when(arrival, awarded('2026-01-10 10:00', 'A', 7));
    expect(told.at('2026-01-17 23:59')).toBe(true);
    expect(told.nextFlip('2026-01-10 10:00')).toBe('2026-01-18 00:00 +00:00');
    expect(told.at('2026-01-18 00:00')).toBe(false);
  });

  it('is ended only for its own charge', () => {
    const two = [awarded('2026-01-10 10:00', 'A', 7), awarded('2026-01-11 10:00', 'B', 7)];
    const told = confined.when(arrival, ...two, ended('2026-01-12 10:00', 'B'));
    expect(told.at('2026-01-13 00:00')).toBe(true);
    expect(told.explain('2026-01-13 00:00').cites).toMatchObject([{ data: { chargeNumber: 'A' } }]);
  });

  it('of several counts from the latest', () => {
    const seen = given(
      'seen: { event: session, within: { running: { from: CellularConfinementAwarded, until: CellularConfinementEnded, days: days, match: chargeNumber } } }',
    );
    const first = awarded('2026-01-10 10:00', 'A', 7);
    const talked = happens('KeyWorkerSessionHeld', '2026-01-11 10:00');
    expect(seen.when(arrival, first, talked).at('2026-01-12 00:00')).toBe(true);
    expect(seen.when(arrival, first, talked, awarded('2026-01-12 10:00', 'B', 7)).at('2026-01-12 10:00')).toBe(false);
  });

  it('ends with the stay', () => {
    const moved = transfers('2026-01-11 09:00', '2026-01-11 12:00');
    expect(confined.when(arrival, awarded('2026-01-10 10:00', 'A', 7), ...moved).at('2026-01-12 00:00')).toBe(false);
  });

  describe('from a date that the event carries', () => {
    const later = given(
      'running: { from: CellularConfinementAwarded, until: CellularConfinementEnded, days: days, match: chargeNumber, startsOn: startsOn }',
    );
    const award = happens('CellularConfinementAwarded', '2026-01-10 10:00', {
      chargeNumber: 'A',
      days: 3,
      startsOn: '2026-01-14',
    });

    it('begins at its 00:00 and runs for its days from there', () => {
      const told = later.when(arrival, award);
      expect(told.nextFlip('2026-01-10 10:00')).toBe('2026-01-14 00:00 +00:00');
      expect(told.at('2026-01-13 23:59')).toBe(false);
      expect(told.at('2026-01-17 23:59')).toBe(true);
      expect(told.at('2026-01-18 00:00')).toBe(false);
    });

    it('is not ended before it has begun', () => {
      expect(later.when(arrival, award, ended('2026-01-12 10:00', 'A')).at('2026-01-14 00:00')).toBe(true);
    });
  });

  it('is ended, and covers, at the instant at which it begins', () => {
    const when = '2026-01-10 10:00';
    const [award, end] = [awarded(when, 'A', 7), ended(when, 'A')];
    expect(confined.when(arrival, award, end).at(when)).toBe(false);
    expect(confined.when(arrival, end, award).at(when)).toBe(false);
    expect(confined.when(arrival, ended(when, 'B'), award).at(when)).toBe(true);
  });

  it('of two that began at one instant counts from the last in order', () => {
    const two = [awarded('2026-01-10 10:00', 'A', 7), { ...awarded('2026-01-10 10:00', 'B', 2), id: 'later' }];
    const others = given(
      'countWithin: { event: AdjudicationReported, atLeast: 1, window: P28D, otherThan: { field: chargeNumber, of: { running: { from: CellularConfinementAwarded, until: CellularConfinementEnded, days: days, match: chargeNumber } } } }',
    );
    const charged = (chargeNumber: string) => happens('AdjudicationReported', '2026-01-09 10:00', { chargeNumber });
    expect(others.when(arrival, charged('A'), ...two).at('2026-01-11 00:00')).toBe(true);
    expect(others.when(arrival, charged('B'), ...two).at('2026-01-11 00:00')).toBe(false);
    expect(others.when(arrival, charged('A'), ...two).nextFlip('2026-01-10 10:00')).toBe('2026-01-13 00:00 +00:00');
  });

  it('does not run for somebody who is in no stay', () => {
    const gone = happens('PrisonerReleased', '2026-01-09 09:00', { reason: 'RELEASED' });
    expect(confined.when(arrival, gone, awarded('2026-01-10 10:00', 'A', 7)).at('2026-01-11 00:00')).toBe(false);
  });

  it('is not ended by what ended its charge before', () => {
    const told = confined.when(arrival, ended('2026-01-09 10:00', 'A'), awarded('2026-01-10 10:00', 'A', 7));
    expect(told.at('2026-01-11 00:00')).toBe(true);
  });

  it('that begins later is not ended at the instant of its award', () => {
    const later = given(
      'running: { from: CellularConfinementAwarded, until: CellularConfinementEnded, days: days, match: chargeNumber, startsOn: startsOn }',
    );
    const when = '2026-01-10 10:00';
    const award = happens('CellularConfinementAwarded', when, { chargeNumber: 'A', days: 3, startsOn: '2026-01-14' });
    expect(later.when(arrival, ended(when, 'A'), award).at('2026-01-14 00:00')).toBe(true);
  });
});
