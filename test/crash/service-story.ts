import { cpSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { openEstate } from '../../src/app/estate.js';
import type { Settings } from '../../src/app/settings.js';
import { CustodyLog } from '../../src/custody/custody-log.js';
import { Seals } from '../../src/personal-data/seals.js';
import { ALERT_STREAMS } from '../../src/safety-alerts/alert/alert-ids.js';
import { Lapses } from '../../src/safety-alerts/alert/terms.js';
import { AlertIndex } from '../../src/safety-alerts/list/alert-index.js';
import { SafetyAlerts } from '../../src/safety-alerts/alert/safety-alerts.js';
import { SnapshotFiles } from '../../src/store/embedded/snapshot-files.js';
import type { EventStore, Json, RecordedEvent } from '../../src/store/event-store.js';
import { Watch } from '../../src/watch/watch.js';
import { readOrFail } from '../any-custody-event.js';
import { VirtualClock } from '../virtual-clock.js';
import type { Fate } from './service-fate.js';
import { SENDER } from '../sender.js';

const happened = (occurredAt: string, prisonNumber: string, type: string, data: Json = {}, more: Json = {}): Json => ({
  type,
  prisonNumber,
  prisonId: 'XYI',
  occurredAt,
  data,
  ...more,
});
const MISTAKE = '0d9b4f0c-59f1-4c76-8e52-2f6f5d7f0a01';

/** Alerts that events and deadlines raise, of two people at one instant too; escalated, resolved, withdrawn, expired. */
const HISTORY: readonly Json[] = [
  happened('2026-01-05T15:20:00Z', 'A0001AA', 'PrisonerReceived', { reason: 'NEW_ADMISSION' }),
  happened('2026-01-05T15:20:00Z', 'A0002AA', 'PrisonerReceived', { reason: 'RECALL' }),
  happened('2026-01-12T09:00:00Z', 'A0001AA', 'SelfHarmReported', {}, { id: MISTAKE }),
  happened('2026-01-12T11:30:00Z', 'A0001AA', 'EventWithdrawn', { withdraws: MISTAKE, reason: 'another person' }),
  happened('2026-01-12T11:30:00Z', 'A0002AA', 'PrisonerReleased', { reason: 'RELEASED' }),
  happened('2026-01-17T10:00:00Z', 'A0001AA', 'KeyWorkerSessionHeld', { staffId: '1001', minutes: 45 }),
];
const END = Date.parse('2026-01-18T00:00:00Z');
/** After this, in milliseconds, the tick has decided on what became known. */
const SETTLED = 5_000;
const PREFIX = 'test_';
/** The few that the history is about: every life reads them. */
const RULES = ['definitions', 'KW-02', 'KW-03', 'VUL-01'];

/** Lays the rules beside the data folders of lives to come. */
export const layRules = (folder: string): void => {
  const rules = join(import.meta.dirname, '../../config/rules');
  for (const name of RULES) cpSync(join(rules, `${name}.yml`), join(folder, 'rules', `${name}.yml`));
};

const settingsOf = (dataDir: string): Settings => ({
  host: '127.0.0.1',
  port: 0,
  streamPrefix: PREFIX,
  logLevel: 'fatal',
  dataDir,
  configDir: join(dataDir, '..'),
});

/** A clock that goes on where the process before it was killed. */
class LastingClock extends VirtualClock {
  constructor(private readonly file: string) {
    super(existsSync(file) ? Number(readFileSync(file, 'utf8')) : 0);
  }

  /** The instant, unless it is later already. */
  notBefore(instant: number): number {
    const now = this.moveTo(Math.max(instant, this.now()));
    writeFileSync(this.file, String(now));
    return now;
  }
}

/** Where a life keeps its time. */
export const clockFile = (dataDir: string): string => `${dataDir}.clock`;

/**
 * Lives the history on a data folder, in virtual time: custody log, watch and safety alerts, as the service has them.
 * Whoever sends events sends them all again after a crash, so every life begins at the beginning. Gives everything that
 * is told of alerts in the log at the end.
 */
export const liveOn = async (folder: string, fate: Fate): Promise<string[]> => {
  const clock = new LastingClock(clockFile(folder));
  const estate = await openEstate(settingsOf(folder), false, clock);
  const { rulebook, days } = estate;
  const store = fate.of(estate.store, 'append');
  const checkpoints = fate.of(estate.checkpoints, 'save');
  // One is due after every third event, and every start takes up the one before.
  const files = new SnapshotFiles(folder, { id: 'log' }, 'program', { events: 3, milliseconds: Infinity });
  await files.keepOnlyThoseOf(estate.store);
  const snapshots = fate.of(files, 'save');
  const seals = new Seals(fate.of(estate.keys, 'current'));
  const log = new CustodyLog(store, PREFIX, seals);
  const alerts = new SafetyAlerts({ store, clock, prefix: PREFIX, seals });
  const watch = new Watch({
    store,
    checkpoints,
    snapshots,
    alerts,
    rulebook,
    days,
    prefix: PREFIX,
    lapses: new Lapses(),
    everyAlert: () => alertsIn(store),
    onAlert: () => () => undefined,
  });
  const caughtUp = async (): Promise<void> => {
    while (!watch.isAtTheEnd) await new Promise((resolve) => setImmediate(resolve));
  };
  await watch.start();
  await caughtUp();
  for (const [knownAt, sent] of Map.groupBy(HISTORY, ({ occurredAt }) => Date.parse(String(occurredAt)))) {
    await log.recordAll(sent.map(readOrFail), { knownAt: () => clock.notBefore(knownAt), sender: SENDER });
    await caughtUp();
    await watch.tick(clock.notBefore(knownAt + SETTLED));
  }
  await watch.tick(clock.notBefore(END));
  if (watch.failure) throw watch.failure;
  await watch.stop();
  const told = (await alertEventsIn(store)).map(inOneLine).sort();
  await Promise.all([checkpoints.close(), estate.keys.close()]);
  await store.close();
  return told;
};

const alertEventsIn = async (store: EventStore): Promise<RecordedEvent[]> => {
  const events: RecordedEvent[] = [];
  for await (const event of store.readAll({ filter: { streamPrefixes: [PREFIX + ALERT_STREAMS] } })) events.push(event);
  return events;
};

const alertsIn = async (store: EventStore) => {
  const model = new AlertIndex(PREFIX, (a, b) => store.compare(a, b));
  for (const event of await alertEventsIn(store)) model.apply(event);
  return model.all();
};

const inOneLine = ({ stream, revision, type, data }: RecordedEvent): string =>
  [data['at'], type, data['severity'] ?? data['outcome'], stream, revision].join(' ');
