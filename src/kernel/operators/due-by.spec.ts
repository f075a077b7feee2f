import { describe, expect, it } from '@jest/globals';
import { arrives, at, given, goesToCourt, happens, returns } from '../../../test/kernel-kit.js';

const reviewed = (when: string, nextReviewDue?: string) =>
  happens('AcctCaseReviewHeld', when, nextReviewDue === undefined ? {} : { nextReviewDue });

describe('dueBy', () => {
  const yaml = 'dueBy: { event: AcctCaseReviewHeld, field: nextReviewDue, otherwise: P14D, within: acct-open }';
  const next = given(yaml);
  const open = [arrives('2026-01-05 09:00'), happens('AcctOpened', '2026-01-10 14:00')];

  it.each([
    ['a date: the end of that local day', '2026-01-18', '2026-01-19 00:00 +00:00'],
    ['a date in summer', '2026-06-18', '2026-06-19 00:00 +01:00'],
    ['an instant: that instant', '2026-01-18T10:30:00+00:00', '2026-01-18 10:30 +00:00'],
    ['nothing: the limit given', undefined, '2026-01-26 00:00 +00:00'],
  ])('falls due by what the event carries, %s', (_, carried, due) => {
    const told = next.when(...open, reviewed('2026-01-11 10:00', carried));
    expect(told.nextFlip('2026-01-11 10:00')).toBe(due);
  });

  it('goes by the last event, even where that sets an earlier day', () => {
    const told = next.when(
      ...open,
      reviewed('2026-01-11 10:00', '2026-02-28'),
      reviewed('2026-01-12 10:00', '2026-01-15'),
    );
    expect(told.at('2026-01-16 00:00')).toBe(true);
  });

  it('does not look at events from before the scope', () => {
    const told = next.when(
      ...open,
      reviewed('2026-01-11 10:00', '2026-01-18'),
      happens('AcctClosed', '2026-01-12 10:00'),
      happens('AcctOpened', '2026-01-14 10:00'),
    );
    expect(told.at('2026-03-01 00:00')).toBe(false);
  });

  it('pauses as a limit in days does', () => {
    const told = given(yaml, { pauses: true }).when(
      ...open,
      reviewed('2026-01-11 10:00', '2026-01-18T10:00:00+00:00'),
      goesToCourt('2026-01-18 08:00'),
      returns('2026-01-18 18:00'),
    );
    expect(told.nextFlip('2026-01-18 18:00')).toBe('2026-01-19 00:00 +00:00');
  });

  it('takes a date later than the most for the most', () => {
    const capped = given(
      'dueBy: { event: AcctCaseReviewHeld, field: nextReviewDue, otherwise: P14D, atMost: P28D, within: acct-open }',
    );
    const review = happens('AcctCaseReviewHeld', '2026-01-11 09:00', { nextReviewDue: '2026-04-30' });
    const told = capped.when(arrives('2026-01-05 09:00'), happens('AcctOpened', '2026-01-10 14:00'), review);
    expect(told.at('2026-02-08 23:59')).toBe(false);
    expect(told.at('2026-02-09 00:00')).toBe(true);
  });

  it('before the first event is due from the beginning of the scope', () => {
    const first = given(
      'dueBy: { event: AcctCaseReviewHeld, field: nextReviewDue, first: PT24H, otherwise: P14D, within: acct-open }',
    );
    const told = first.when(arrives('2026-01-05 09:00'), happens('AcctOpened', '2026-01-10 14:00'));
    expect(told.nextFlip('2026-01-10 14:00')).toBe('2026-01-11 14:00 +00:00');
  });

  it('says when it falls due, and what the record says where an absence moved that', () => {
    const pausing = given(
      'dueBy: { event: AcctCaseReviewHeld, field: nextReviewDue, first: P1D, otherwise: P14D, atMost: P28D, within: acct-open }',
      { pauses: true },
    );
    const away = [goesToCourt('2026-01-18 08:00'), returns('2026-01-19 17:00')];
    const review = reviewed('2026-01-11 10:00', '2026-01-18');
    expect(pausing.when(...open, review, ...away).explain('2026-01-19 17:00')).toMatchObject({
      cites: [review],
      due: at('2026-01-20 00:00'),
      dueOnRecord: at('2026-01-19 00:00'),
      of: [{ op: 'during', holds: true }],
    });
    const [first, otherwise] = [pausing.when(...open), pausing.when(...open, reviewed('2026-01-11 10:00'))];
    expect(first.explain('2026-01-10 14:00')).toMatchObject({ cites: [], due: at('2026-01-12 00:00') });
    expect(otherwise.explain('2026-01-11 10:00')).toMatchObject({ due: at('2026-01-26 00:00') });
    expect(first.explain('2026-01-10 14:00').dueOnRecord).toBeUndefined();
  });

  it('outside its scope nothing is due', () => {
    const first = given(
      'dueBy: { event: AcctCaseReviewHeld, field: nextReviewDue, first: PT24H, otherwise: P14D, within: acct-open }',
    );
    const none = first.when(arrives('2026-01-05 09:00'), reviewed('2026-01-06 10:00', '2026-01-07'));
    expect(none.at('2026-03-01 00:00')).toBe(false);
  });

  it('before the first event says what the record says, too, where an absence moved it', () => {
    const first = given(
      'dueBy: { event: AcctCaseReviewHeld, field: nextReviewDue, first: P1D, otherwise: P14D, within: acct-open }',
      { pauses: true },
    );
    const away = [goesToCourt('2026-01-11 20:00'), returns('2026-01-12 06:00')];
    expect(first.when(...open, ...away).explain('2026-01-12 06:00')).toMatchObject({
      due: at('2026-01-13 00:00'),
      dueOnRecord: at('2026-01-12 00:00'),
    });
  });
});
