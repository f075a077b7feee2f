import { expect, it } from '@jest/globals';
import { InMemoryEventStore } from '../../../test/in-memory-event-store.js';
import { at, DAYS } from '../../../test/kernel-kit.js';
import { CustodyLog } from '../../custody/custody-log.js';
import { isRefusal, readCustodyEvent } from '../../custody/read-custody-event.js';
import { InMemoryKeyRing } from '../../../test/in-memory-key-ring.js';
import { Seals } from '../../personal-data/seals.js';
import { AlertProjection } from '../../safety-alerts/list/alert-projection.js';
import { AlertIndex } from '../../safety-alerts/list/alert-index.js';
import { StoreUnavailable } from '../../store/errors.js';
import { PersonStreams } from '../../custody/person-streams.js';
import { KeyWorkProjection } from './key-work-projection.js';
import { KeyWorkFigures } from './key-work-figures.js';
import { LIMITS } from '../../../test/key-work-limits.js';
import { SENDER } from '../../../test/sender.js';

const PREFIX = 'test_';
const NOW = at('2026-04-30 12:00');

const session = (local: string) => {
  const occurredAt = new Date(at(local)).toISOString();
  const read = readCustodyEvent(
    { type: 'KeyWorkerSessionHeld', prisonNumber: 'A0001AA', prisonId: 'XYI', occurredAt, data: { staffId: 'S1' } },
    { now: NOW, recordedAtDefault: 'now' },
  );
  if (isRefusal(read)) throw new Error(JSON.stringify(read.errors));
  return read;
};

it('counts on, with nothing lost or doubled, after the log went away while a history was read from it', async () => {
  // Given figures that follow a log
  const store = new InMemoryEventStore();
  const seals = new Seals(new InMemoryKeyRing());
  const streams = new PersonStreams(store, PREFIX);
  const compare = store.compare.bind(store);
  let isAway = true;
  const knownOf: PersonStreams['knownOf'] = (...asked) =>
    isAway ? Promise.reject(new StoreUnavailable('The event server is away.')) : streams.knownOf(...asked);
  const figures = new KeyWorkFigures({ streams: { knownOf }, days: DAYS, compare, prefix: PREFIX, limits: LIMITS });
  const own = { store, prefix: PREFIX, clock: { now: () => NOW }, snapshots: undefined };
  const alerts = new AlertProjection({ ...own, alerts: new AlertIndex(PREFIX, compare) });
  const projection = new KeyWorkProjection({ ...own, figures, alerts });
  const standstill = async (): Promise<void> => {
    while (!projection.failure) await new Promise((resolve) => setImmediate(resolve));
  };
  void projection.onModuleInit();
  // When a late event has a history read while the log is away
  const sessions = [session('2026-04-20 10:00'), session('2026-04-03 10:00')];
  const { position } = await new CustodyLog(store, PREFIX, seals).recordAll(sessions, {
    knownAt: () => NOW,
    sender: SENDER,
  });
  await standstill();
  await projection.tick(NOW);
  isAway = false;
  // Then all is counted once the log is back, while time goes on
  while (compare(figures.read.position, position) < 0) {
    await projection.tick(NOW);
    await new Promise((resolve) => setImmediate(resolve));
  }
  expect(projection.failure).toBeUndefined();
  expect(figures.totals.held(['XYI'])).toMatchObject([{ count: 2 }]);
  await projection.onModuleDestroy();
});
