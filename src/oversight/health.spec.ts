import { describe, expect, it } from '@jest/globals';
import type { ParkedEvent } from '../store/unreadable-event.js';
import { Health } from './health.js';

const NINE = Date.parse('2026-11-22T09:00:00Z');
const working = {
  failure: undefined,
  caughtUp: true,
  parked: { count: 0 },
  openTellings: 0,
  silentFeeds: [],
  heldEvents: 0,
  lastTick: NINE,
};
const reading = { failure: undefined, caughtUp: true, parked: new Map<string, ParkedEvent>() };

const nothingWaits = { waiting: 0, overdue: () => 0 };

type Part = 'watch' | 'alerts' | 'keyWork' | 'people' | 'handovers' | 'pending';

/** Health at nine o'clock, of a service in which something is not as it should be. */
const given = ({ watch, alerts, keyWork, people, handovers, pending }: Partial<Record<Part, object>>) =>
  new Health({
    clock: { now: () => NINE },
    time: { trouble: undefined, details: {} },
    watch: { ...working, ...watch } as never,
    alerts: { ...reading, ...alerts },
    keyWork: { ...reading, ...keyWork },
    people: { ...reading, ...people },
    handovers: { ...reading, ...handovers },
    pending: { ...reading, ...nothingWaits, ...pending },
  });

class StoreGone extends Error {
  readonly code = 'STORE_UNAVAILABLE';
}

describe('health', () => {
  it('is UP while everything works', () => {
    expect(given({}).report().status).toBe('UP');
  });

  it('is DOWN when the watch has failed, with the code of the error and never its message', () => {
    const report = given({ watch: { failure: new StoreGone('person-A1234BC cannot be read') } }).report();
    expect(report).toMatchObject({
      status: 'DOWN',
      components: { watch: { status: 'DOWN', details: { reason: 'STORE_UNAVAILABLE' } }, readModel: { status: 'UP' } },
    });
    expect(JSON.stringify(report)).not.toContain('A1234BC');
  });

  it('is DOWN when the read model has failed', () => {
    expect(given({ alerts: { failure: new TypeError('no stream') } }).report()).toMatchObject({
      status: 'DOWN',
      components: { watch: { status: 'UP' }, readModel: { status: 'DOWN', details: { reason: 'TypeError' } } },
    });
  });

  it('is DOWN when the figures of key work stand still', () => {
    expect(given({ keyWork: { failure: new StoreGone('away') } }).report()).toMatchObject({
      status: 'DOWN',
      components: { keyWork: { status: 'DOWN', details: { reason: 'STORE_UNAVAILABLE' } }, watch: { status: 'UP' } },
    });
  });

  it('is DOWN when names and cells cannot be brought up to date', () => {
    expect(given({ people: { failure: new StoreGone('away'), caughtUp: false } }).report()).toMatchObject({
      status: 'DOWN',
      components: { people: { status: 'DOWN', details: { reason: 'STORE_UNAVAILABLE', caughtUp: false } } },
    });
  });

  it('is DOWN when the hand-overs cannot be read', () => {
    expect(given({ handovers: { failure: new StoreGone('away') } }).report()).toMatchObject({
      status: 'DOWN',
      components: { handovers: { status: 'DOWN', details: { reason: 'STORE_UNAVAILABLE' } }, people: { status: 'UP' } },
    });
  });

  it.each([
    ['readModel', 'alerts'],
    ['keyWork', 'keyWork'],
    ['people', 'people'],
    ['handovers', 'handovers'],
  ] as const)('tells in %s how many events were set aside, and stays UP', (component, part) => {
    const parked = new Map(['7', '9'].map((position) => [position, { stream: 'x', reason: 'UNREADABLE' }]));
    expect(given({ [part]: { parked } }).report()).toMatchObject({
      status: 'UP',
      components: { [component]: { status: 'UP', details: { parked: 2 } } },
    });
  });

  it('gives a watch that was just started a minute for its first look', () => {
    expect(given({ watch: { lastTick: undefined } }).report().status).toBe('UP');
  });

  it('does not depend on having read the log to its end', () => {
    const report = given({ watch: { caughtUp: false } }).report();
    expect(report).toMatchObject({ status: 'UP', components: { watch: { details: { caughtUp: false } } } });
  });
});

describe('readiness', () => {
  it('is DOWN, saying of which, until the watch and the read models have read the log to its end', () => {
    expect(given({ watch: { caughtUp: false } }).ready()).toMatchObject({
      status: 'DOWN',
      components: { watch: { status: 'DOWN' }, readModel: { status: 'UP' }, keyWork: { status: 'UP' } },
    });
  });

  it.each(['watch', 'alerts', 'keyWork'] as const)('waits for %s', (part) => {
    expect(given({}).isReady).toBe(true);
    expect(given({ [part]: { caughtUp: false } }).isReady).toBe(false);
  });

  it('stays UP while the log is away', () => {
    expect(given({ watch: { failure: new StoreGone('away') } }).ready().status).toBe('UP');
  });
});
