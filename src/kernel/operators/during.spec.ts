import { describe, expect, it } from '@jest/globals';
import { arrives, given, happens, received, released, session, transfers } from '../../../test/kernel-kit.js';

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

  it('rests on what began it, or on what ended it last', () => {
    const [start, end] = [started('2026-01-10 10:00'), ended('2026-01-11 10:00')];
    expect(segregated.when(arrival, start).explain('2026-01-10 12:00')).toEqual({
      ...{ op: 'during', holds: true, since: start.at, cites: [start] },
    });
    expect(segregated.when(arrival, start, end).explain('2026-01-12 00:00')).toEqual({
      ...{ op: 'during', holds: false, cites: [end] },
    });
    expect(segregated.when(arrival).explain('2026-01-12 00:00')).toEqual({ op: 'during', holds: false, cites: [] });
  });

  it('within a custody is not known in the next', () => {
    const inCustody = given('during: { from: SegregationStarted, until: SegregationEnded, within: custody }');
    const moved = [arrival, started('2026-01-10 10:00'), ...transfers('2026-01-11 09:00', '2026-01-11 12:00')];
    expect(inCustody.when(...moved).at('2026-01-12 00:00')).toBe(true);
    const recalled = [released('2026-01-11 09:00', 'RELEASED'), received('2026-01-20 09:00', 'RECALL')];
    expect(inCustody.when(arrival, started('2026-01-10 10:00'), ...recalled).at('2026-01-21 00:00')).toBe(false);
  });

  it('covers what happened since it began, its instant included', () => {
    const seen = given(
      'seen: { event: session, within: { during: { from: SegregationStarted, until: SegregationEnded } } }',
    );
    const noon = '2026-01-10 12:00';
    expect(seen.when(arrival, session(noon), started(noon)).at(noon)).toBe(true);
    expect(seen.when(arrival, session('2026-01-10 11:59'), started(noon)).at(noon)).toBe(false);
  });

  it('that begins only with the arrival covers the whole stay, with what was typed before it', () => {
    const yaml = 'during: { from: { starts: arrival }, until: SegregationStarted, within: stay }';
    const seen = given(`seen: { event: session, within: { ${yaml} } }`);
    const gone = released('2026-01-20 09:00', 'TRANSFERRED');
    const early = { ...session('2026-01-20 10:00'), prisonId: 'XYM' };
    const there = received('2026-01-20 11:00', 'TRANSFERRED', 'XYM');
    expect(seen.when(arrival, gone, early, there).at('2026-01-20 11:00')).toBe(true);
    expect(seen.when(arrival, session('2026-01-20 08:00'), gone, there).at('2026-01-20 11:00')).toBe(false);
  });

  it('for each value goes on until all have ended, each once', () => {
    const marked = given('during: { from: RiskMarkerAdded, until: RiskMarkerRemoved, each: markerId }');
    const added = (when: string, markerId: string) => happens('RiskMarkerAdded', when, { markerId });
    const removed = (when: string, markerId: string) => happens('RiskMarkerRemoved', when, { markerId });
    const two = [arrival, added('2026-01-06 10:00', 'a'), added('2026-01-07 10:00', 'b')];
    const [first, last] = [removed('2026-01-08 10:00', 'a'), removed('2026-01-09 10:00', 'b')];
    expect(marked.when(...two, first, last).at('2026-01-09 10:00')).toBe(false);
    expect(marked.when(...two, removed('2026-01-08 10:00', 'c')).at('2026-01-08 10:00')).toBe(true);
    const again = added('2026-01-10 10:00', 'a');
    expect(marked.when(...two, first, last, again).explain('2026-01-10 10:00').since).toBe(again.at);
    expect(marked.when(...two, added('2026-01-07 11:00', 'a'), first, last).at('2026-01-09 10:00')).toBe(false);
  });

  it('rests on what made its beginning one, too', () => {
    const yaml = 'during: { from: { event: SegregationStarted, when: acct-open }, until: SegregationEnded }';
    const opened = happens('AcctOpened', '2026-01-09 10:00');
    const told = given(yaml).when(arrival, opened, started('2026-01-10 10:00'));
    expect(told.explain('2026-01-10 10:00').of).toMatchObject([{ op: 'during', cites: [opened] }]);
    expect(given(yaml).when(arrival, started('2026-01-10 10:00')).at('2026-01-10 10:00')).toBe(false);
  });
});
