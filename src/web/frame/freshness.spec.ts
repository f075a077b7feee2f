import { beforeEach, describe, expect, it } from '@jest/globals';
import { VirtualClock } from '../../../test/virtual-clock.js';
import type { People } from '../../custody/people/people.js';
import type { PeopleProjection } from '../../custody/people/people-projection.js';
import type { Health } from '../../oversight/health.js';
import type { Watch } from '../../watch/watch.js';
import { Freshness } from './freshness.js';

const HOUR = 3_600_000;
const NINE = Date.parse('2026-11-20T09:00:00Z');

let clock: VirtualClock;
let status: 'UP' | 'DOWN';
let watch: { isAtTheEnd: boolean; parked: { count: number }; silentFeeds: object[] };
let names: { isAtTheEnd: boolean };
let freshness: Freshness;

beforeEach(() => {
  clock = new VirtualClock(NINE);
  status = 'UP';
  watch = { isAtTheEnd: true, parked: { count: 0 }, silentFeeds: [] };
  names = { isAtTheEnd: true };
  const health = {
    get isFollowed() {
      return status === 'UP';
    },
    ready: () => ({ status: 'UP', components: {} }),
  };
  freshness = new Freshness(
    health as Health,
    watch as unknown as Watch,
    { lastHeard: undefined, prisonName: (prisonId) => prisonId } as People,
    names as PeopleProjection,
    clock,
  );
});

/** Time goes on, and nobody looks. */
const pass = (milliseconds: number): void => {
  freshness.tick(clock.pass(milliseconds));
};

describe('what pages show', () => {
  it('is as of the last moment at which all was well, though nobody had looked for an hour', () => {
    pass(HOUR);
    status = 'DOWN';
    pass(HOUR);
    expect(freshness.asOf).toBe(NINE + HOUR);
    expect(freshness.banners()[0]?.text).toContain('20 November 2026, 10:00');
  });

  it.each(['watch', 'people'])('is not fresh while the log is read again after a break: %s', (reader) => {
    const reading = reader === 'watch' ? watch : names;
    reading.isAtTheEnd = false;
    pass(2 * HOUR);
    expect(freshness.asOf).toBe(NINE);
    expect(freshness.banners()).toHaveLength(1);
    reading.isAtTheEnd = true;
    expect(freshness.asOf).toBe(NINE + 2 * HOUR);
    expect(freshness.banners()).toEqual([]);
  });

  it('says which source of the reader’s prisons is silent, since when, and how many rules wait', () => {
    const completeUntil = NINE - 16 * HOUR;
    const feed = { prisonId: 'XYI', feed: 'case-notes', completeUntil, rules: ['KW-01', 'KW-02'], held: 0 };
    watch.silentFeeds = [feed, { ...feed, prisonId: 'XYO' }];
    const texts = (prisons: string[]) => freshness.banners(prisons).map(({ text }) => text.split('.')[0]);
    expect(texts(['XYI'])).toEqual(['Case notes have not come since Thursday 17:00: 2 rules wait']);
    expect(texts(['XYI', 'XYM'])).toEqual(['XYI: Case notes have not come since Thursday 17:00: 2 rules wait']);
    expect(texts([])).toEqual([]);
  });

  it('says how many records have come of it since, and do not count yet', () => {
    const feed = { prisonId: 'XYI', feed: 'case-notes', completeUntil: NINE, rules: [], held: 3 };
    watch.silentFeeds = [feed];
    const [banner] = freshness.banners(['XYI']);
    expect(banner?.text).toContain('3 records that have come since then count once all of them have.');
    watch.silentFeeds = [{ ...feed, held: 1 }];
    expect(freshness.banners(['XYI'])[0]?.text).toContain(
      '1 record that has come since then counts once all of them have.',
    );
  });

  it('needs no banner in the moment in which an event comes in', () => {
    pass(1_000);
    watch.isAtTheEnd = false;
    clock.pass(500);
    expect(freshness.banners()).toEqual([]);
    expect(freshness.line()).toBe('Up to date at 09:00.');
  });
});
