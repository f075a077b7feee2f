import { describe, expect, it } from '@jest/globals';
import { StoreAccessDenied, StoreUnavailable } from '../store/errors.js';
import { onceThere, Outage } from './outage.js';

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

describe('a start that needs the event server', () => {
  /** Something that fails so many times before it is done; and how often it was waited for. */
  const start = async (failures: number, error: Error, mayWait: boolean) => {
    let [waited, tried] = [0, 0];
    const wait = (): Promise<void> => Promise.resolve(void (waited += 1));
    const work = () => (tried++ < failures ? Promise.reject(error) : Promise.resolve('served'));
    return { became: await onceThere(wait, work, mayWait).catch((thrown: unknown) => thrown), waited };
  };

  it('waits for it whenever it goes away, also after it was there once, and begins again', async () => {
    expect(await start(0, AWAY, true)).toEqual({ became: 'served', waited: 1 });
    expect(await start(3, AWAY, true)).toEqual({ became: 'served', waited: 4 });
  });

  it('ends where it is told not to wait, and on what no waiting mends', async () => {
    const denied = new StoreAccessDenied('Not for you.');
    expect(await start(1, AWAY, false)).toEqual({ became: AWAY, waited: 1 });
    expect(await start(1, denied, true)).toEqual({ became: denied, waited: 1 });
  });
});
