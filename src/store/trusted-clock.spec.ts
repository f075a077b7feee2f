import { beforeEach, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { VirtualClock } from '../../test/virtual-clock.js';
import { ClockNotTrusted, instantToKeep } from './clock.js';
import { TrustedClock } from './trusted-clock.js';

const NINE = Date.parse('2026-11-22T09:00:00Z');
const SECOND = 1_000;
const MINUTE = 60_000;
const HOUR = 3_600_000;

let wall: VirtualClock;
let uptime: VirtualClock;
let clock: TrustedClock;

beforeEach(() => {
  wall = new VirtualClock(NINE);
  uptime = new VirtualClock(5_000);
  clock = new TrustedClock(wall, uptime);
});

/** Time passes, and the clock of the machine with it. */
const pass = (milliseconds: number): void => {
  wall.pass(milliseconds);
  uptime.pass(milliseconds);
};

describe('a trusted clock', () => {
  it('says what the clock of the machine says, as long as that goes on as time passes', () => {
    pass(3 * HOUR);
    expect(clock.now()).toBe(NINE + 3 * HOUR);
    expect(clock.doubt).toBeUndefined();
  });

  it('believes a machine that slept: time passed all the same', () => {
    pass(8 * HOUR);
    expect(clock.now()).toBe(NINE + 8 * HOUR);
    expect(clock.doubt).toBeUndefined();
  });

  it('does not believe a clock that gets ahead by more than a minute, and goes on by the time that passes', () => {
    pass(HOUR);
    clock.now();
    wall.pass(2 * 365 * 24 * HOUR);
    expect(clock.now()).toBe(NINE + HOUR);
    pass(30 * SECOND);
    expect(clock.now()).toBe(NINE + HOUR + 30 * SECOND);
    expect(clock.doubt).toMatchObject({ ahead: 2 * 365 * 24 * HOUR, since: NINE + HOUR });
  });

  it('keeps no instant for the log while the time is in doubt, and says by how much it is', () => {
    expect(instantToKeep(clock)).toBe(NINE);
    wall.pass(HOUR);
    expect(() => instantToKeep(clock)).toThrow(ClockNotTrusted);
    expect(() => instantToKeep(clock)).toThrow(/went ahead by 3600 s/);
  });

  it('believes it again once it is set right', () => {
    wall.pass(HOUR);
    expect(clock.now()).toBe(NINE);
    wall.pass(-HOUR);
    pass(SECOND);
    expect(clock.doubt).toBeUndefined();
    expect(clock.now()).toBe(NINE + SECOND);
  });

  it('believes it once somebody says that it is right', () => {
    wall.pass(HOUR);
    clock.doubt?.dismiss();
    expect(clock.now()).toBe(NINE + HOUR);
    expect(clock.doubt).toBeUndefined();
    pass(SECOND);
    expect(clock.now()).toBe(NINE + HOUR + SECOND);
  });

  it('follows a clock that is set back, and believes it when it comes back to where it was', () => {
    wall.pass(-3 * 24 * HOUR);
    expect(clock.now()).toBe(NINE - 3 * 24 * HOUR);
    expect(clock.doubt).toBeUndefined();
    pass(10 * MINUTE);
    wall.pass(3 * 24 * HOUR);
    expect(clock.now()).toBe(NINE + 10 * MINUTE);
    expect(clock.doubt).toBeUndefined();
  });

  it('puts up for ever with a clock that is a little fast and is put right again and again', () => {
    for (let hour = 0; hour < 24 * 365; hour += 1) {
      pass(HOUR);
      wall.pass(2 * SECOND);
      clock.now();
    }
    expect(clock.doubt).toBeUndefined();
  });

  it('is never ahead of the time that passed by more than a minute, besides a second in each minute, whatever the machine says', () => {
    const steps = fc.array(
      fc.record({ passed: fc.integer({ min: 0, max: HOUR }), ahead: fc.integer({ min: -HOUR, max: HOUR }) }),
      { maxLength: 40 },
    );
    fc.assert(
      fc.property(steps, (all) => {
        const [shown, true_] = [new VirtualClock(NINE), new VirtualClock(0)];
        const trusted = new TrustedClock(shown, true_);
        for (const { passed, ahead } of all) {
          shown.pass(passed + ahead);
          true_.pass(passed);
          expect(trusted.now()).toBeLessThanOrEqual(NINE + true_.now() + MINUTE + true_.now() / 60);
        }
      }),
    );
  });
});
