import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { PrisonCoverage } from '../../src/oversight/told/coverage-reader.js';
import { ServiceApp } from '../http/service-app.js';

const FEEDS = `feeds:
  case-notes: { delivers: [KeyWorkerSessionHeld], expectedOf: [XYI] }
  movements: { delivers: [PrisonerReceived, PrisonerReleased, CellMoved] }
  health: { delivers: [SegregationHealthScreenCompleted] }
`;
const HILL = `prison: XYI
name: Example Hill
region: Wessex
feeds: [case-notes, movements]
rules:
  SEG-01: { off: true, because: the screens are typed a week later, until: 2027-02-01 }
  KW-01: { severity: [{ level: MEDIUM, at: P10D }], because: half of the staff are new }
`;
const VALE = `prison: XYW
name: Example Vale
keyWork: { scheme: false }
feeds: [movements]
`;
const ARRIVAL = {
  type: 'PrisonerReceived',
  prisonNumber: 'A0001AA',
  prisonId: 'XYI',
  occurredAt: '2026-11-22T08:00:00Z',
  data: { reason: 'NEW_ADMISSION' },
};

let configDir: string;
let service: ServiceApp;

beforeAll(async () => {
  configDir = mkdtempSync(join(tmpdir(), 'coverage-'));
  cpSync(join(import.meta.dirname, '../../config/rules'), join(configDir, 'rules'), { recursive: true });
  mkdirSync(join(configDir, 'prisons'));
  writeFileSync(join(configDir, 'feeds.yml'), FEEDS);
  writeFileSync(join(configDir, 'prisons/XYI.yml'), HILL);
  writeFileSync(join(configDir, 'prisons/XYW.yml'), VALE);
  service = await ServiceApp.start({ configDir });
  const arrivals = ['XYI', 'XYM', 'XYW'].map((prisonId, n) => ({
    ...ARRIVAL,
    prisonId,
    prisonNumber: `A000${n + 1}AA`,
  }));
  await service.send(arrivals).expect(201);
  await service.settle();
});

afterAll(async () => {
  await service.stop();
  rmSync(configDir, { recursive: true });
});

const read = async (prisonId: string): Promise<PrisonCoverage> =>
  (await service.http.get(`/prisons/${prisonId}/watched`).expect(200)).body as PrisonCoverage;
const page = async (path: string): Promise<string> => {
  const { text } = await service.http.get(path).set('Accept', 'text/html').expect(200);
  return text.replaceAll(/<[^>]*>/g, ' ').replaceAll(/\s+/g, ' ');
};

describe('what a prison is told', () => {
  it('is answered with what its feeds deliver, what is not watched for want of others, and what each would add', async () => {
    const { feeds, notWatched, missing, never, ...more } = await read('XYI');
    expect(more).toMatchObject({ name: 'Example Hill', region: 'Wessex', toldEverything: false });
    expect(feeds).toEqual([
      expect.objectContaining({
        feed: 'case-notes',
        delivers: ['KeyWorkerSessionHeld'],
        completeUntil: null,
        lastHeard: null,
      }),
      expect.objectContaining({
        feed: 'movements',
        declared: true,
        silent: false,
        lastHeard: '2026-11-22T09:00:00.000Z',
      }),
    ]);
    expect(notWatched).toContainEqual({
      rule: 'SEG-01',
      name: 'Health screen not recorded',
      of: 'safeguard',
      types: ['SegregationHealthScreenCompleted'],
      because: 'nobody tells us of segregation health screens',
    });
    expect(notWatched.map(({ rule }) => rule)).toContain('KW-05');
    expect(missing).toEqual([
      { feed: 'health', delivers: ['SegregationHealthScreenCompleted'], watchable: ['SEG-01', 'SEG-06'] },
    ]);
    expect(never).toContain('ACCT-01');
    expect((await service.http.get('/metrics').expect(200)).text).toContain(
      `custody_watch_rules_not_watched{prison="XYI"} ${notWatched.length}`,
    );
  });

  it('is everything where it declares no feeds, but for what only a declared feed can deliver; nothing is said of a prison of which nobody ever heard', async () => {
    expect(await read('XYM')).toMatchObject({
      name: 'XYM',
      toldEverything: true,
      notWatched: [{ rule: 'KW-16' }],
      missing: [],
      never: [],
    });
    await service.http.get('/prisons/XYZ/watched').expect(404);
    await service.http.get('/prisons/XYZ/watched').set('Accept', 'text/html').expect(404);
  });

  it('is on a page for each prison, which every page leads to', async () => {
    expect((await service.http.get('/').set('Accept', 'text/html')).text).toContain('href="/prisons"');
    expect(await page('/prisons')).toContain('Example Hill (XYI)');
    expect(await page('/location')).toMatch(/Example Hill \(XYI\) XYM/);
    expect(await page('/oversight')).toContain('Example Hill (XYI), Wessex');
    const text = await page('/prisons/XYI/watched');
    expect(text).toContain('Example Hill (XYI), Wessex');
    expect(text).toMatch(/Nobody tells us of segregation health screens SEG-01 Health screen not recorded/);
    expect(text).toMatch(/Health Segregation health screens SEG-01 [^]* SEG-06/);
    expect(await page('/prisons/XYM/watched')).toContain('counts as told everything');
  });

  it('is not promised of a feed that rules could be watched with it that need a key work scheme, where there is none', async () => {
    const { withoutScheme, missing } = await read('XYW');
    expect(withoutScheme).toEqual(expect.arrayContaining(['KW-01', 'VUL-02']));
    expect(missing.flatMap(({ watchable }) => watchable)).not.toContain('KW-01');
    expect(missing.flatMap(({ watchable }) => watchable)).toContain('SEG-01');
    expect(await page('/prisons/XYW/watched')).toMatch(/This prison has no key work scheme: \d+ rules need one/);
    expect(await page('/rules/KW-01')).toMatch(/Example Vale It does not apply, because it needs a key work scheme/);
  });

  it('is said where people look: on the rule, on the person, in the history and the review pack', async () => {
    expect(await page('/rules/SEG-06')).toMatch(/It is not watched[^]*Nobody tells us of segregation health screens\./);
    expect(await page('/prisoners/A0001AA')).toMatch(/\d+ rules are not watched in Example Hill, since/);
    const history = await service.http.get('/prisoners/A0001AA/key-worker-history').expect(200);
    expect((history.body as { notKnown: object[] }).notKnown).toContainEqual({
      code: 'NOT_WATCHED',
      about: 'SEG-06',
      says: 'Rule SEG-06 is not watched in XYI: nobody tells us of segregation health screens.',
      what: 'segregation health screens',
      ruleName: 'Unfit for segregation',
    });
    expect(await page('/prisoners/A0001AA/review-pack')).toMatch(
      /Not watched in Example Hill, since nobody tells us of segregation health screens: Health screen not recorded and Unfit/,
    );
    expect(await page('/prisoners/A0002AA')).not.toContain('not watched');
  });

  it('is one thing that differs; what a prison says of a rule itself stands on the page of the rule too', async () => {
    const text = await page('/rules/KW-01');
    expect(text).toMatch(/Severity: Medium[^]*Half of the staff are new\./);
    expect(await page('/rules/DATA-03')).not.toContain('Where it is different');
  });
});
