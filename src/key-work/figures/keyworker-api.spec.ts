import { describe, expect, it } from '@jest/globals';
import { accounts } from './accounts.js';
import { asKeyworkerApi } from './keyworker-api.js';
import { LocalDays } from '../../prison/local-days.js';
import { Frequency } from './frequency.js';
import { Ledger } from './ledger.js';

/** Of 32 people for a week, each to be seen once. */
const complianceOf = (sessionsHeld: number): number | null => {
  const ledger = new Ledger();
  ledger.post({ account: accounts.eligible('XYI'), day: 1, amount: 32 });
  ledger.post({ account: accounts.held('XYI'), day: 3, amount: sessionsHeld });
  const told = asKeyworkerApi({ ledger, frequency: new Frequency([], new LocalDays()) }, 'XYI', { from: 1, to: 7 });
  expect(told.projectedSessions.value).toBe(32);
  return told.complianceRate.value;
};

describe('the figures that keyworker-api publishes', () => {
  it.each([
    [1, 3.12],
    [2, 6.25],
    [3, 9.38],
    [5, 15.62],
    [32, 100],
    [0, null],
  ])('round %i of 32 to two decimals, a half to the even one: %p', (held, rate) => {
    expect(complianceOf(held)).toBe(rate);
  });
});
