import { describe, expect, it } from '@jest/globals';
import { InMemoryEventStore } from '../../test/in-memory-event-store.js';
import { StoreUnavailable } from '../store/errors.js';
import { lagOf, numberOf, type LogConsumer } from './log-consumer.js';

const NINE = Date.parse('2026-11-22T09:00:00Z');
const at = (time: string) => `2026-11-22T${time}Z`;

const storeWith = async (...metadata: object[]): Promise<InMemoryEventStore> => {
  const store = new InMemoryEventStore();
  const events = metadata.map((of) => ({ id: crypto.randomUUID(), type: 'Any', data: {}, metadata: { ...of } }));
  await store.append('person-A0001AA', 'no-stream', events);
  return store;
};

const standsAt = (position: string, more: Partial<LogConsumer> = {}): LogConsumer => ({
  name: 'any',
  position: () => position,
  isAtTheEnd: () => false,
  ...more,
});

describe('the lag of a projection', () => {
  it('is the time that the first event it has not passed has been in the log', async () => {
    const store = await storeWith(
      { knownAt: at('08:00:00') },
      { knownAt: at('08:58:30') },
      { knownAt: at('08:59:59') },
    );
    expect(await lagOf(standsAt('1'), store, NINE)).toEqual([90]);
  });

  it('counts from when an alert was written, not from the deadline that it carries', async () => {
    const store = await storeWith({ knownAt: at('00:00:00'), recordedAt: at('08:59:58') });
    expect(await lagOf(standsAt('0'), store, NINE)).toEqual([2]);
  });

  it('is 0 at the end, whatever others wrote since', async () => {
    const store = await storeWith({ knownAt: at('08:00:00') });
    expect(await lagOf(standsAt('1'), store, NINE)).toEqual([0]);
    expect(await lagOf(standsAt('0', { isAtTheEnd: () => true }), store, NINE)).toEqual([0]);
  });

  it('is not told while the log cannot be read', async () => {
    const isAtTheEnd = () => Promise.reject(new StoreUnavailable('The log is away.'));
    expect(await lagOf(standsAt('0', { isAtTheEnd }), new InMemoryEventStore(), NINE)).toEqual([]);
  });
});

describe('a position as a number', () => {
  it('grows with the position, in whichever way the store writes it', () => {
    expect(numberOf('42')).toBe(42);
    expect(numberOf('1042/1040')).toBe(1042);
  });
});
