import { describe, expect, it } from '@jest/globals';
import { StoreUnavailable } from '../store/errors.js';
import { Outage } from './outage.js';

const AWAY = new StoreUnavailable('The event server (host:2113) cannot be reached (unavailable). Try again.');

const watched = (): { outage: Outage; said: string[] } => {
  const said: string[] = [];
  const say = (message: string): number => said.push(message);
  return { outage: new Outage({ warn: say, log: say }), said };
};

describe('an outage of the event server', () => {
  it('is told at once, again every ten seconds, and when it is over', () => {
    const { outage, said } = watched();
    for (let second = 0; second <= 25; second += 1) outage.sees(AWAY, second * 1_000);
    outage.sees(undefined, 26_000);
    expect(said).toEqual([
      `${AWAY.message} For 0 s by now; trying again and again.`,
      `${AWAY.message} For 10 s by now; trying again and again.`,
      `${AWAY.message} For 20 s by now; trying again and again.`,
      'The event server is back after 26 s.',
    ]);
  });

  it('is not told while there is none', () => {
    const { outage, said } = watched();
    outage.sees(undefined, 0);
    expect(said).toEqual([]);
  });

  it('is told at once the next time', () => {
    const { outage, said } = watched();
    outage.sees(AWAY, 0);
    outage.sees(undefined, 1_000);
    outage.sees(AWAY, 2_000);
    expect(said).toHaveLength(3);
  });
});
