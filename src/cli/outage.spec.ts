import { describe, expect, it } from '@jest/globals';
import {
  ServerUnavailable,
  StoreAccessDenied,
  type StoreError,
  StoreUnavailable,
  TooManyConflicts,
} from '../store/errors.js';
import { onceThere, Outage } from './outage.js';

const AWAY = new ServerUnavailable('The event server (host:2113) cannot be reached (unavailable). Try again.');

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
  /** Something that fails so many times before it is done; how often it was waited for, and what was told. */
  const start = async (failures: number, error: Error, mayWait: boolean) => {
    let [waited, tried] = [0, 0];
    const told: StoreError[] = [];
    const wait = (): Promise<void> => Promise.resolve(void (waited += 1));
    const work = () => (tried++ < failures ? Promise.reject(error) : Promise.resolve('served'));
    const goesAway = (trouble: StoreError) => void told.push(trouble);
    const became = await onceThere(wait, work, mayWait ? goesAway : undefined).catch((thrown: unknown) => thrown);
    return { became, waited, told };
  };

  it('waits for it whenever it goes away, also after it was there once, tells it each time, and begins again', async () => {
    expect(await start(0, AWAY, true)).toEqual({ became: 'served', waited: 1, told: [] });
    expect(await start(3, AWAY, true)).toEqual({ became: 'served', waited: 4, told: [AWAY, AWAY, AWAY] });
    const conflicts = new TooManyConflicts(100);
    expect(await start(1, conflicts, true)).toEqual({ became: 'served', waited: 2, told: [conflicts] });
  });

  it('ends where it is told not to wait', async () => {
    expect(await start(1, AWAY, false)).toEqual({ became: AWAY, waited: 1, told: [] });
  });

  it.each([
    new StoreAccessDenied('Not for you.'),
    new StoreUnavailable('/data/local.db cannot grow: the disk is full.'),
  ])('ends on what no waiting for it mends: %s', async (error) => {
    expect(await start(1, error, true)).toEqual({ became: error, waited: 1, told: [] });
  });
});
