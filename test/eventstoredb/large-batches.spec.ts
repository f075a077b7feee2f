import { describe, expect, it } from '@jest/globals';
import { asSent } from '../../src/custody/custody-event.js';
import { CustodyLog } from '../../src/custody/custody-log.js';
import { importHistory } from '../../src/custody/import-history.js';
import { intoTheLog, OneTelling } from '../../src/custody/tellings/telling-port.js';
import { Tellings } from '../../src/custody/tellings/tellings.js';
import { InMemoryKeyRing } from '../in-memory-key-ring.js';
import { Seals } from '../../src/personal-data/seals.js';
import { session } from '../any-custody-event.js';
import { onServers } from './stores.js';
import { SENDER } from '../sender.js';

const PREFIX = 'test_';
const KNOWN_AT = Date.parse('2026-01-08T00:00:00Z');
/** The largest that the catalogue allows, in the characters that take most room. */
const wordy = (number: number) => {
  const texts = Array.from({ length: 10 }, () => `x${'\u0001'.repeat(2_999)}`);
  return session(number, { data: { staffId: '1001', topics: texts, targetsSet: texts } });
};
const events = [wordy(1), wordy(2), ...Array.from({ length: 700 }, (_, index) => session(index + 3))];

describe('more about one person than an event server takes in one piece', () => {
  const { server, store } = onServers(PREFIX);
  const seals = new Seals(new InMemoryKeyRing());

  it('is recorded in several, in its order', async () => {
    const node = await server();
    const { results } = await new CustodyLog(store(node.url), PREFIX, seals).recordAll(events, {
      knownAt: () => KNOWN_AT,
      sender: SENDER,
    });
    expect(new Set(results.map(({ status }) => status))).toEqual(new Set(['accepted']));
    expect(node.log.stream(`${PREFIX}person-A1234BC`)).toHaveLength(events.length);
    expect(node.calls.append).toBe(4);
  });

  it('is imported as history in several', async () => {
    const node = await server();
    const lines = events.map((value, index) => ({ line: index + 1, value: asSent(value) }));
    const log = new CustodyLog(store(node.url), PREFIX, seals);
    const clock = { now: () => KNOWN_AT };
    const tellings = new Tellings(store(node.url), PREFIX, clock);
    const telling = new OneTelling(intoTheLog(log, tellings, clock, SENDER), 'history', 'told');
    const totals = await importHistory(inOneBatch(lines), telling, { ...clock, onRefused: () => undefined });
    expect(totals).toEqual({ accepted: events.length, duplicate: 0, refused: 0 });
    expect(node.calls.append).toBe(5);
  });
});

async function* inOneBatch<T>(things: T): AsyncGenerator<T> {
  await Promise.resolve();
  yield things;
}
