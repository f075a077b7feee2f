import { expect, it } from '@jest/globals';
import type { CustodyEvent } from '../../src/custody/custody-event.js';
import { DAY, toIso } from '../../src/prison/instant.js';
import { InMemorySnapshotStore } from '../in-memory-snapshot-store.js';
import { Service } from './service.js';

const ARRIVED = Date.parse('2026-01-05T15:20:00Z');
const SEEN = ARRIVED + 2 * DAY;

let number = 0;
const event = (type: CustodyEvent['type'], at: number, data: CustodyEvent['data']): CustodyEvent => ({
  id: `0d9b4f0c-59f1-4c76-8e52-${String(++number).padStart(12, '0')}`,
  type,
  prisonNumber: 'A0001AA',
  prisonId: 'XYI',
  occurredAt: toIso(at),
  occurredAtMs: at,
  recordedAt: toIso(at),
  recordedAtMs: at,
  data,
});

it('what an alert is about is said as it is now, in full or only remembered, until it is no longer so', async () => {
  const service = await new Service(undefined, undefined, undefined, new InMemorySnapshotStore()).start();
  await service.know(ARRIVED, event('PrisonerReceived', ARRIVED, { reason: 'NEW_ADMISSION' }));
  await service.know(ARRIVED, event('KeyWorkerAllocated', ARRIVED, { staffId: '1001' }));
  await service.know(SEEN, event('KeyWorkerSessionHeld', SEEN, { staffId: '1001' }));
  const now = SEEN + 119 * DAY;
  await service.wait(now);
  const reasonOf = async (rule: string) => (await service.watch.reasonsOf('A0001AA', now)).get(rule);
  const said = (await service.alerts()).find(({ rule }) => rule === 'KW-01')?.reason;
  expect(said).toContain('It is 29 days since');
  expect(said).toContain('To act: key worker 1001, key work manager.');
  await service.know(now, event('KeyWorkerAllocated', now, { staffId: '1002' }));
  await service.wait(now + 10_000);
  expect(await reasonOf('KW-01')).toContain('It is 119 days since');
  expect(await reasonOf('KW-01')).toContain('To act: key worker 1002, key work manager.');
  await service.restart();
  await service.wait(now);
  expect(await reasonOf('KW-01')).toContain('119 days since');
  expect(await reasonOf('KW-99')).toBeUndefined();
  expect((await service.watch.reasonsOf('B0001BB', now)).size).toBe(0);
  await service.know(now, event('KeyWorkerSessionHeld', now, { staffId: '1001' }));
  await service.wait(now + 10_000);
  expect(await reasonOf('KW-01')).toBeUndefined();
});
