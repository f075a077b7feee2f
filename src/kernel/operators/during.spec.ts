import { describe, expect, it } from '@jest/globals';
import { arrives, given, happens, transfers } from '../../../test/kernel-kit.js';

const started = (when: string) => happens('SegregationStarted', when);
const ended = (when: string) => happens('SegregationEnded', when);

describe('during', () => {
  const segregated = given('during: { from: SegregationStarted, until: SegregationEnded }');
  const arrival = arrives('2026-01-05 09:00');

  it('holds from the start until the end', () => {
    const told = segregated.when(arrival, started('2026-01-10 10:00'));
    expect(told.at('2026-01-10 10:00')).toBe(true);
    expect(
      segregated.when(arrival, started('2026-01-10 10:00'), ended('2026-01-11 10:00')).at('2026-01-11 10:00'),
    ).toBe(false);
  });

  it('counts from the first start: a second changes nothing', () => {
    const told = segregated.when(arrival, started('2026-01-10 10:00'), started('2026-01-12 10:00'));
    expect(told.explain('2026-01-13 00:00').cites).toMatchObject([{ id: 'SegregationStarted 2026-01-10 10:00' }]);
  });

  it('an end while nothing has started changes nothing', () => {
    expect(segregated.when(arrival, ended('2026-01-10 10:00')).at('2026-01-11 00:00')).toBe(false);
  });

  it('goes on in the next stay, unless it belongs to one', () => {
    const moved = [arrival, started('2026-01-10 10:00'), ...transfers('2026-01-11 09:00', '2026-01-11 12:00')];
    const inStay = given('during: { from: SegregationStarted, until: SegregationEnded, within: stay }');
    expect(segregated.when(...moved).at('2026-01-12 00:00')).toBe(true);
    expect(inStay.when(...moved).at('2026-01-12 00:00')).toBe(false);
  });

  describe('inferred', () => {
    const unit = (when: string, segregationUnit: boolean) => happens('CellMoved', when, { segregationUnit });
    const state = given(
      [
        'during:',
        '  from: SegregationStarted',
        '  until: SegregationEnded',
        '  inferred:',
        '    from: { event: CellMoved, where: { segregationUnit: true }, here: true }',
        '    until: { event: CellMoved, where: { segregationUnit: false }, here: true }',
        '  within: stay',
      ].join('\n'),
    );

    it('begins and ends where nobody says so', () => {
      const moved = [arrival, unit('2026-01-10 10:00', true)];
      expect(state.when(...moved).at('2026-01-10 10:00')).toBe(true);
      expect(state.when(...moved, unit('2026-01-11 10:00', false)).at('2026-01-11 10:00')).toBe(false);
    });

    it('ends only by its own end once somebody has said so', () => {
      const said = [
        arrival,
        unit('2026-01-10 10:00', true),
        started('2026-01-10 12:00'),
        unit('2026-01-11 10:00', false),
      ];
      expect(state.when(...said).explain('2026-01-12 00:00')).toMatchObject({
        holds: true,
        cites: [{ type: 'CellMoved' }, { type: 'SegregationStarted' }],
      });
      expect(state.when(...said, ended('2026-01-12 10:00')).at('2026-01-12 10:00')).toBe(false);
    });

    it('is not begun by what names another prison', () => {
      const elsewhere = { ...unit('2026-01-10 10:00', true), prisonId: 'ABC' };
      expect(state.when(arrival, elsewhere).at('2026-01-11 00:00')).toBe(false);
    });
  });

  it('is on for each value by itself, and ended for all by an end without one', () => {
    const marked = given('during: { from: RiskMarkerAdded, until: RiskMarkerRemoved, each: markerId }');
    const added = (when: string, markerId: string) => happens('RiskMarkerAdded', when, { markerId });
    const two = [arrival, added('2026-01-06 10:00', 'a'), added('2026-01-07 10:00', 'b')];
    const one = happens('RiskMarkerRemoved', '2026-01-08 10:00', { markerId: 'a' });
    const all = happens('RiskMarkerRemoved', '2026-01-09 10:00');
    expect(marked.when(...two, one).at('2026-01-08 10:00')).toBe(true);
    expect(marked.when(...two, all).at('2026-01-09 10:00')).toBe(false);
  });
});
