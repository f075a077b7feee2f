import { describe, expect, it } from '@jest/globals';
import { arrives, DAYS, goesToCourt, returns, session, transfers } from '../../../test/kernel-kit.js';
import type { Occurrence } from '../../kernel/occurrence.js';
import { gapsOf, longest } from './gaps.js';
import { staysOf } from '../../custody/whereabouts/stays.js';
import { daysToBeSeen } from './time-in-prison.js';

const MARCH = { from: DAYS.named('2026-03-01'), to: DAYS.named('2026-03-31') };

const gaps = (...events: Occurrence[]) => {
  const sessions = events.filter(({ type }) => type === 'KeyWorkerSessionHeld').map(({ at: instant }) => instant);
  return gapsOf(sessions, staysOf(events), MARCH, DAYS);
};

describe('the gaps between sessions', () => {
  it('are counted in local days, from the arrival to the end of the period', () => {
    expect(
      gaps(arrives('2026-03-05 15:00'), session('2026-03-06 23:30'), session('2026-03-29 03:30')).map(
        ({ days, begins, ends }) => [days, begins, ends],
      ),
    ).toEqual([
      [1, 'arrival', 'session'],
      [23, 'session', 'session'],
      [2, 'session', 'end of the period'],
    ]);
  });

  it('begin with the period for whom was there before it', () => {
    expect(gaps(arrives('2026-02-05 15:00'), session('2026-02-20 10:00'))).toEqual([
      { days: 30, from: '2026-03-01', begins: 'start of the period', to: '2026-03-31', ends: 'end of the period' },
    ]);
  });

  it('do not run through a time in which the person was in no prison', () => {
    const left = transfers('2026-03-10 09:00', '2026-03-20 09:00');
    expect(gaps(arrives('2026-03-01 15:00'), ...left).map(({ days, ends }) => [days, ends])).toEqual([
      [9, 'departure'],
      [11, 'end of the period'],
    ]);
  });

  it('are not ended by a visit to court', () => {
    const court = [goesToCourt('2026-03-10 08:00'), returns('2026-03-12 17:00')];
    expect(gaps(arrives('2026-03-01 15:00'), ...court).map(({ days }) => days)).toEqual([30]);
  });

  it('have the latest as the longest where two are as long', () => {
    const found = gaps(arrives('2026-03-01 15:00'), session('2026-03-16 10:00'));
    expect(longest(found)).toMatchObject({ days: 15, from: '2026-03-16' });
  });

  it('are none for whom was not there', () => {
    expect(gaps(arrives('2026-04-01 15:00'))).toEqual([]);
    expect(longest([])).toBeUndefined();
  });
});

describe('the days on which a person was to be seen', () => {
  it('leave out those that ended at court, or before they came', () => {
    const events = [arrives('2026-03-05 15:00'), goesToCourt('2026-03-10 08:00'), returns('2026-03-12 17:00')];
    expect(daysToBeSeen(events, MARCH, DAYS)).toBe(27 - 2);
  });
});
