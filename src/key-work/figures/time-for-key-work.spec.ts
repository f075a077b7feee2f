import { describe, expect, it } from '@jest/globals';
import { at, DAYS } from '../../../test/kernel-kit.js';
import type { Occurrence } from '../../kernel/occurrence.js';
import { Ledger } from './ledger.js';
import { accounts } from './accounts.js';
import { TimeForKeyWork } from './time-for-key-work.js';

const JANUARY = { from: DAYS.named('2027-01-01'), to: DAYS.named('2027-01-31') };

const told = (
  type: string,
  from: string,
  until: string,
  source?: Occurrence['source'],
  when = '2027-01-04 08:00',
): Occurrence => ({
  id: `${type} ${from} ${until} ${source?.revision ?? 0}`,
  type,
  at: at(when),
  recordedAt: at(when),
  prisonId: 'XYI',
  ...(source && { source }),
  data: { staffId: '1001', from: new Date(at(from)).toISOString(), until: new Date(at(until)).toISOString() },
});

/** Minutes scheduled and withdrawn in January, by what was told; each time written down and taken up again. */
const minutes = (...events: readonly Occurrence[]): readonly number[] => {
  const ledger = new Ledger();
  let time = new TimeForKeyWork(DAYS);
  for (const event of events) {
    for (const posting of time.take(event)) ledger.post(posting);
    const { memory } = time;
    time = new TimeForKeyWork(DAYS);
    time.recall(memory);
  }
  return [accounts.scheduled, accounts.withdrawn].map((of) => ledger.total(of('XYI', '1001'), JANUARY));
};

const scheduled = (from: string, until: string, source?: Occurrence['source']) =>
  told('KeyWorkTimeScheduled', from, until, source);

describe('the time for key work', () => {
  it('is what was to be kept free, and what of it was taken, in minutes on the day on which it begins', () => {
    expect(
      minutes(
        scheduled('2027-01-05 09:00', '2027-01-05 12:30'),
        scheduled('2027-01-31 23:00', '2027-02-01 01:00'),
        scheduled('2027-02-01 00:00', '2027-02-01 01:00'),
        told('KeyWorkTimeWithdrawn', '2027-01-05 11:00', '2027-01-05 12:30'),
      ),
    ).toEqual([330, 90]);
  });

  it('is as long as its record was told last, whichever telling comes first', () => {
    const telling = (until: string, revision: number) =>
      scheduled('2027-01-05 09:00', until, { record: 'rota 1', revision });
    const [first, second] = [telling('2027-01-05 10:00', 0), telling('2027-01-05 09:30', 1)];
    expect(minutes(first, second)).toEqual([30, 0]);
    expect(minutes(second, first)).toEqual([30, 0]);
  });

  it('is as its record was told last for four weeks after its day, however long before it was told first', () => {
    const telling = (record: string, until: string, revision: number, when: string) =>
      told('KeyWorkTimeScheduled', '2027-01-20 09:00', until, { record, revision }, when);
    const early = telling('rota 1', '2027-01-20 12:00', 0, '2026-12-01 08:00');
    const another = telling('rota 2', '2027-01-20 10:00', 0, '2027-01-15 08:00');
    const corrected = (when: string) => telling('rota 1', '2027-01-20 10:00', 1, when);
    expect(minutes(early, another, corrected('2027-01-16 08:00'))).toEqual([120, 0]);
    expect(minutes(early, another, corrected('2027-02-17 08:00'))).toEqual([120, 0]);
    expect(minutes(early, another, corrected('2027-02-18 08:00'))).toEqual([240, 0]);
  });

  it('does not count where it is told for the first time more than four weeks after its day', () => {
    const late = (when: string) =>
      told('KeyWorkTimeScheduled', '2027-01-05 09:00', '2027-01-05 10:00', undefined, when);
    expect(minutes(late('2027-02-02 08:00'))).toEqual([60, 0]);
    expect(minutes(late('2027-02-03 08:00'))).toEqual([0, 0]);
  });

  it('is none where it ends before it begins, and other events tell of none', () => {
    expect(minutes(scheduled('2027-01-05 12:00', '2027-01-05 09:00'))).toEqual([0, 0]);
    expect(minutes(told('StaffDetailsChanged', '2027-01-05 09:00', '2027-01-05 12:00'))).toEqual([0, 0]);
  });
});
