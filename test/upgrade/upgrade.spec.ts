import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createSecretKey } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { checkFile } from '../../src/moving/check-file.js';
import { restoreLog } from '../../src/moving/restore-log.js';
import { EmbeddedKeyRing } from '../../src/personal-data/embedded-key-ring.js';
import { Lock } from '../../src/personal-data/lock.js';
import { EmbeddedEventStore } from '../../src/store/embedded/embedded-event-store.js';
import { loadCheckpoint } from '../../src/watch/checkpoint.js';
import { verify } from '../../src/watch/verify.js';
import { Watch } from '../../src/watch/watch.js';
import { NDJSON, ServiceApp } from '../http/service-app.js';

/** The morning after: the log was written in the night before. */
const UPGRADE = Date.parse('2026-12-01T06:00:00Z');
const FILE = join(import.meta.dirname, 'log-of-0.1.0.ndjson');
const MASTER = readFileSync(join(import.meta.dirname, 'master-key'), 'utf8').trim();
const PREFIX = 'custodywatch_';

/** What 0.1.0 wrote in the clear about one person: an event each. */
const WORDS = [
  'his mother asked',
  'nothing of his sister',
  'note of his sister',
  'cut to the left arm',
  'looked at by Anna Marke',
  '"decidedBy":"Anna Marke"',
  '"recordedBy":"Anna Marke"',
];

let dataDir: string;
let service: ServiceApp;

/** As the older version left it: without a chain. */
const restored = async (): Promise<void> => {
  const key = createSecretKey(Buffer.from(MASTER, 'base64'));
  const store = EmbeddedEventStore.open(dataDir);
  const checked = await checkFile(FILE, { prefix: PREFIX, isOnServer: false, lock: () => new Lock(key, FILE) });
  const keys = EmbeddedKeyRing.open(dataDir, key);
  await restoreLog(checked, { store, hasKeys: false, openLog: () => Promise.resolve({ keys, store }), inFlight: 3 });
  await keys.close();
  await store.close();
};

beforeAll(async () => {
  dataDir = mkdtempSync(join(tmpdir(), 'upgrade-'));
  await restored();
  service = await ServiceApp.start(
    { dataDir, streamPrefix: PREFIX, masterKey: { value: MASTER, file: undefined } },
    UPGRADE,
  );
  while (!service.get(Watch).isAtTheEnd) await new Promise((resolve) => setImmediate(resolve));
  for (let second = 0; second < 3; second++) await service.tick();
});

afterAll(async () => {
  await service.stop();
  rmSync(dataDir, { recursive: true });
});

interface Alert {
  readonly rule: string;
  readonly state: string;
  readonly severity: string;
  readonly raisedAt: string;
  readonly prisonId: string;
  readonly outcome?: string;
  readonly trueSince?: string;
}

/** Every alert about somebody, as `rule state severity`. */
const alertsOf = async (prisonNumber: string): Promise<Alert[]> => {
  const states = 'OPEN,ACKNOWLEDGED,RESOLVED,EXPIRED';
  const answer = await service.http
    .get(`/safety-alerts?prisonNumber=${prisonNumber}&state=${states}&size=500`)
    .expect(200);
  return (answer.body as { content: Alert[] }).content;
};

const inShort = async (prisonNumber: string): Promise<string[]> =>
  (await alertsOf(prisonNumber))
    .map(({ rule, state, severity, outcome }) => [rule, state, severity, outcome].join(' '))
    .sort();

describe('a log of version 0.1.0, on the morning of the upgrade', () => {
  it('is away in hospital where it said so in the old word: nobody left', async () => {
    expect((await inShort('C0002CC')).filter((line) => line.includes('EXPIRED'))).toEqual([]);
    const record = await service.http.get('/prisoners/C0002CC/timeline').expect(200);
    expect(JSON.stringify(record.body)).toContain('TAKEN_TO_HOSPITAL');
  });

  it('has set aside what names no prison, and tells so', async () => {
    const health = await service.http.get('/health');
    expect(health.body).toMatchObject({ components: { watch: { details: { parked: 1 } } } });
  });

  it.each([
    ['a return from court that was lost', 'C0004CC', ['DATA-02 OPEN MEDIUM ', 'KW-01 OPEN HIGH ']],
    [
      'a segregation that a second telling of the arrival had wiped',
      'C0005CC',
      ['SEG-01 OPEN HIGH ', 'SEG-03 OPEN HIGH '],
    ],
    ['four self-harms on an open ACCT', 'C0008CC', ['ACCT-08 OPEN CRITICAL ']],
    ['a bereavement that a transfer had closed', 'C0009CC', ['FAM-02 OPEN HIGH ']],
  ])('is told of %s', async (_, prisonNumber, alerts) => {
    expect(await inShort(prisonNumber)).toEqual(expect.arrayContaining(alerts));
  });

  it('closes what is no longer asked for as changed by the rules', async () => {
    expect(await inShort('C0010CC')).toContain('KW-03 RESOLVED MEDIUM rule-changed');
  });

  it('says since when it has been true what is raised only now', async () => {
    const segregation = (await alertsOf('C0005CC')).find(({ rule, state }) => rule === 'SEG-01' && state === 'OPEN');
    expect(segregation).toMatchObject({ trueSince: '2026-11-21T12:00:00.000Z' });
    expect(Date.parse(segregation?.raisedAt ?? '')).toBeGreaterThanOrEqual(UPGRADE - 60_000);
  });

  it('knows the events again that it derived ids for', async () => {
    const lines = readFileSync(join(import.meta.dirname, 'history.ndjson'), 'utf8').split('\n');
    const again = lines.filter((line) => line.includes('C0011CC')).join('\n');
    const answer = await service.send(again, NDJSON).expect(201);
    const { results } = answer.body as { results: { status: string }[] };
    expect(results.map(({ status }) => status)).toEqual(['duplicate', 'duplicate', 'duplicate']);
  });

  it('reads words that it took for codes and ids as they are', async () => {
    const record = JSON.stringify((await service.http.get('/subject-access-request?prn=C0012CC').expect(200)).body);
    for (const words of WORDS) expect(record).toContain(words);
    expect(await inShort('C0012CC')).toContainEqual(expect.stringMatching(/^ACCT-\d+ OPEN /));
  });

  it('knows an event again whose words are sealed only now', async () => {
    const lines = readFileSync(join(import.meta.dirname, 'history.ndjson'), 'utf8').split('\n');
    const sealedNow = ['KeyWorkerAllocated', 'CaseNoteQualityAssessed', 'AcctSegregationDecisionRecorded'];
    const again = lines.filter((line) => line.includes('C0012CC') && sealedNow.some((type) => line.includes(type)));
    const answer = await service.send(again.join('\n'), NDJSON).expect(201);
    const { results } = answer.body as { results: { status: string }[] };
    expect(results.map(({ status }) => status)).toEqual(['duplicate', 'duplicate', 'duplicate']);
  });

  it('is as the definitions say', async () => {
    const { store, checkpoints, rulebook, days } = service.estate;
    const upTo = await loadCheckpoint(checkpoints);
    const { findings, checked } = await verify({ store, prefix: PREFIX, rulebook, days, upTo });
    expect(findings).toEqual([]);
    expect(checked).toBeGreaterThan(10);
  });

  it('is honest of what an erasure does not reach, and hides it', async () => {
    const order = { reason: 'COURT_ORDER', confirmStillWatched: true };
    const answer = await service.http.post('/prisoners/C0012CC/erasure').send(order).expect(200);
    expect(answer.body).toMatchObject({ inClear: WORDS.length });
    const record = JSON.stringify((await service.http.get('/subject-access-request?prn=C0012CC').expect(200)).body);
    for (const words of [...WORDS, 'low in mood', 'no safer place']) expect(record).not.toContain(words);
    expect(record).toContain('(erased)');
  });
});
