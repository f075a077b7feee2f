import { Logger } from '@nestjs/common';
import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { EventLoop } from './event-loop.js';

const MILLISECOND = 1e6;

let said: jest.SpiedFunction<Logger['warn']>;

beforeEach(() => {
  said = jest.spyOn(Logger.prototype, 'warn').mockImplementation(() => undefined);
});

afterEach(() => {
  jest.restoreAllMocks();
});

/** Was held for so many milliseconds in each second, as the monitor measures it. */
const heldFor = (...milliseconds: number[]): EventLoop => {
  const monitor = {
    max: 0,
    reset: () => {
      monitor.max = 0;
    },
    disable: () => true,
  };
  const loop = new EventLoop(monitor);
  milliseconds.forEach((held, second) => {
    monitor.max = (held + 10) * MILLISECOND;
    loop.tick(second * 1000);
  });
  return loop;
};

describe('the time for which nobody is heard', () => {
  it('is counted, the longest of each second', () => {
    const { held } = heldFor(3, 49, 60, 2_000);
    expect([held.count, held.atMost[0], held.atMost[1]]).toEqual([4, 2, 3]);
  });

  it('is told in the log when it is longer than 50 milliseconds, and not when it is not', () => {
    heldFor(3, 50);
    expect(said).not.toHaveBeenCalled();
    heldFor(51);
    expect(said.mock.calls).toEqual([[expect.stringContaining('for 51 ms')]]);
  });

  it('is told once a minute at most, and then the longest', () => {
    heldFor(60, ...Array.from({ length: 59 }, (_, n) => 100 + n), 70, ...Array.from({ length: 40 }, () => 80));
    expect(said.mock.calls).toEqual([[expect.stringContaining('for 60 ms')], [expect.stringContaining('for 158 ms')]]);
  });
});
