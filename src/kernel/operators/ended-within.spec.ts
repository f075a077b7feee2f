import { describe, expect, it } from '@jest/globals';
import { arrives, given, happens } from '../../../test/kernel-kit.js';

describe('endedWithin', () => {
  const closed = given(
    'endedWithin: { condition: { during: { from: AcctOpened, until: AcctClosed, within: custody } }, window: P28D }',
  );
  const arrival = arrives('2026-01-05 09:00');
  const opened = (when: string) => happens('AcctOpened', when);
  const ended = (when: string) => happens('AcctClosed', when);
  const released = (when: string) => happens('PrisonerReleased', when, { reason: 'RELEASED' });

  it('holds for the window after the end', () => {
    const told = closed.when(arrival, opened('2026-01-06 10:00'), ended('2026-01-10 10:00'));
    expect(told.at('2026-02-06 23:59')).toBe(true);
    expect(told.nextFlip('2026-01-10 10:00')).toBe('2026-02-07 00:00 +00:00');
    expect(told.at('2026-02-07 00:00')).toBe(false);
  });

  it('takes an end without a known beginning for one, and a second end for none', () => {
    const told = closed.when(arrival, ended('2026-01-10 10:00'), ended('2026-01-20 10:00'));
    expect(told.at('2026-01-10 10:00')).toBe(true);
    expect(told.at('2026-02-07 00:00')).toBe(false);
  });

  it('ends with the leaving that ended a custody in which it was on', () => {
    const told = closed.when(
      arrival,
      opened('2026-01-06 10:00'),
      released('2026-01-10 10:00'),
      arrives('2026-01-20 09:00'),
    );
    expect(told.at('2026-02-06 23:59')).toBe(true);
    expect(told.at('2026-02-07 00:00')).toBe(false);
  });

  it('is silent about one that still goes on', () => {
    expect(closed.when(arrival, opened('2026-01-06 10:00')).at('2026-01-07 00:00')).toBe(false);
  });

  it('an end that comes after the leaving, and before the next custody, is the end', () => {
    const told = closed.when(
      arrival,
      opened('2026-01-06 10:00'),
      released('2026-01-10 10:00'),
      ended('2026-01-12 10:00'),
      arrives('2026-01-20 09:00'),
    );
    expect(told.at('2026-02-08 23:59')).toBe(true);
    expect(told.at('2026-02-09 00:00')).toBe(false);
  });

  it('an end of which the beginning is not known counts in each custody anew', () => {
    const told = closed.when(
      arrival,
      ended('2026-01-06 10:00'),
      released('2026-01-10 10:00'),
      arrives('2026-01-20 09:00'),
      ended('2026-01-22 10:00'),
    );
    expect(told.at('2026-02-18 23:59')).toBe(true);
    expect(told.at('2026-02-19 00:00')).toBe(false);
  });

  it('cites what ended it, with the beginning where that is known', () => {
    const [start, end] = [opened('2026-01-06 10:00'), ended('2026-01-10 10:00')];
    const evidence = { op: 'endedWithin', holds: true, count: 1 };
    expect(closed.when(arrival, start, end).explain('2026-01-11 00:00')).toEqual({ ...evidence, cites: [start, end] });
    expect(closed.when(arrival, end).explain('2026-01-11 00:00')).toEqual({ ...evidence, cites: [end] });
  });

  it('has not ended where it is still on for another value', () => {
    const marked = given(
      'endedWithin: { condition: { during: { from: RiskMarkerAdded, until: RiskMarkerRemoved, each: markerId, within: custody } }, window: P28D }',
    );
    const added = (when: string, markerId: string) => happens('RiskMarkerAdded', when, { markerId });
    const removed = (when: string, markerId: string) => happens('RiskMarkerRemoved', when, { markerId });
    const two = [
      arrival,
      added('2026-01-06 10:00', 'a'),
      added('2026-01-07 10:00', 'b'),
      removed('2026-01-08 10:00', 'a'),
    ];
    expect(marked.when(...two).at('2026-01-08 10:00')).toBe(false);
    expect(marked.when(...two, removed('2026-01-09 10:00', 'b')).at('2026-01-09 10:00')).toBe(true);
  });

  it('that began only after the leaving did not end with it', () => {
    const history = [arrival, released('2026-01-10 10:00'), opened('2026-01-12 10:00'), arrives('2026-01-20 09:00')];
    expect(closed.when(...history).at('2026-01-20 09:00')).toBe(false);
  });
});
