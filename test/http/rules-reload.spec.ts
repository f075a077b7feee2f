import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ServiceApp } from './service-app.js';

const WITHOUT_SCHEME = 'prison: XYI\nname: Example Hill\nkeyWork: { scheme: false, because: an open prison }\n';
const FEEDS = `feeds:
  movements: { delivers: [PrisonerReceived, PrisonerReleased], expectedOf: [XYI] }
`;

let service: ServiceApp;
let configDir: string;

beforeEach(async () => {
  configDir = mkdtempSync(join(tmpdir(), 'reload-'));
  cpSync(join(import.meta.dirname, '../../config'), configDir, { recursive: true });
  mkdirSync(join(configDir, 'prisons'), { recursive: true });
  service = await ServiceApp.start({ configDir });
  const occurredAt = new Date(service.estate.clock.now() - 5 * 86_400_000).toISOString();
  const arrival = { type: 'PrisonerReceived', prisonNumber: 'A0001AA', prisonId: 'XYI', occurredAt };
  await service.send({ ...arrival, data: { reason: 'NEW_ADMISSION' } }).expect(201);
  await service.settle();
});
afterEach(async () => {
  await service.stop();
  rmSync(configDir, { recursive: true });
});

const write = (file: string, text: string): void => {
  writeFileSync(join(configDir, file), text);
};
const reload = () => service.http.post('/rules/reload').send({});
const outcomes = async () => {
  const answer = await service.http.get('/safety-alerts?state=OPEN,RESOLVED&size=100').expect(200);
  const { content } = answer.body as { content: { rule: string; state: string; outcome?: string }[] };
  return content.map(({ rule, state, outcome }) => [rule, state, outcome ?? null].join(' ')).sort();
};
const figures = async () => (await service.http.get('/metrics').expect(200)).text;

describe('a reload', () => {
  it('has everybody see the rules, settings and feeds as they are in the files, and closes what they no longer ask for', async () => {
    expect(await outcomes()).toContain('KW-03 OPEN ');
    expect((await reload().expect(200)).body).toMatchObject({ changed: false });
    write('prisons/XYI.yml', WITHOUT_SCHEME);
    write('feeds.yml', FEEDS);
    rmSync(join(configDir, 'rules/SUB-01.yml'));
    rmSync(join(configDir, 'rules/sources.yml'));
    expect((await reload().expect(200)).body).toEqual({ rules: expect.any(Number), prisons: 1, changed: true });
    await service.tick();
    await service.settle();
    expect(await outcomes()).toContain('KW-03 RESOLVED rule-changed');
    const inPrison = await service.http.get('/rules/KW-03?prisonId=XYI').expect(200);
    expect(inPrison.body).toMatchObject({ inPrison: { applies: false, because: 'an open prison' } });
    await service.http.get('/rules/SUB-01').expect(404);
    expect((await service.http.get('/rules/by-source').expect(200)).body).toEqual([]);
    const told = await figures();
    expect(told).not.toContain('rule="SUB-01"');
    expect(told).toContain('custody_watch_feed_expected_info{prison="XYI",feed="movements"} 1');
  });

  it.each([
    ['prisons/XYI.yml', 'prison: XYI\nname: Example Hill\nkeyWork: { every: P5D }\n', 'prisons/XYI.yml:3:19'],
    ['feeds.yml', 'feeds:\n  movements: { delivers: [Nothing] }\n', 'feeds.yml:2:27'],
  ])('changes nothing where a file has a mistake, and tells it: %s', async (file, text, place) => {
    const before = await outcomes();
    rmSync(join(configDir, 'rules/SUB-01.yml'));
    rmSync(join(configDir, 'rules/sources.yml'));
    write(file, text);
    const answer = await reload().expect(409);
    expect(answer.body).toMatchObject({
      errorCode: 'CONFIGURATION_REFUSED',
      problems: [expect.stringContaining(place)],
    });
    expect(service.logged.filter((line) => line.includes('Not reloaded'))).toEqual([expect.stringContaining(place)]);
    await service.tick();
    await service.settle();
    expect(await outcomes()).toEqual(before);
    await service.http.get('/rules/SUB-01').expect(200);
  });
});
