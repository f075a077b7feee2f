import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { SignedInService } from './service.js';

const SEND = 'ROLE_CUSTODY_WATCH__EVENTS__RW';
const CONFIG = join(import.meta.dirname, '../../config');
const ACCESS = 'clients:\n  feed-xyi: [XYI]\n  feed-xym: [XYM]\n  feed-of-both: [XYM, XYI]\n  national-feed: all\n';

let service: SignedInService;
let configDir: string;

beforeAll(async () => {
  configDir = mkdtempSync(join(tmpdir(), 'config-'));
  symlinkSync(join(CONFIG, 'rules'), join(configDir, 'rules'));
  writeFileSync(join(configDir, 'access.yml'), ACCESS);
  service = await SignedInService.start({ CONFIG_DIR: configDir });
});

afterAll(async () => {
  await service.stop();
  rmSync(configDir, { recursive: true });
});

const happened = (type: string, prisonNumber: string, prisonId: string, data: object = {}) => ({
  type,
  prisonNumber,
  prisonId,
  occurredAt: new Date(service.clock.now()).toISOString(),
  data,
});

describe('the log keeps with every event who sent it', () => {
  const sendersOf = async (prisonNumber: string): Promise<unknown[]> =>
    (await service.log())
      .filter(({ metadata }) => metadata['prisonNumber'] === prisonNumber)
      .map(({ metadata }) => metadata['sender']);

  it.each([
    ['feed-of-both', 'B0001AA', ['XYI', 'XYM']],
    ['national-feed', 'B0002AA', 'all'],
  ])('a service by its client id and the prisons that it sends for: %s', async (client, prisonNumber, prisons) => {
    const event = happened('PrisonerReceived', prisonNumber, 'XYM', { reason: 'NEW_ADMISSION' });
    await service.send('/custody-events', event, await service.tokenOfClient(client, [SEND]));
    expect(await sendersOf(prisonNumber)).toEqual([{ client, prisons }]);
  });

  it('somebody by the client that they came through and their user name', async () => {
    const claims = { user_name: 'ASMITH_GEN', client_id: 'pages', authorities: [SEND], caseloads: ['XYM'] };
    const event = happened('PrisonerReceived', 'B0003AA', 'XYM', { reason: 'NEW_ADMISSION' });
    await service.send('/custody-events', event, await service.issuer.sign(claims));
    expect(await sendersOf('B0003AA')).toEqual([{ client: 'pages', user: 'ASMITH_GEN', prisons: ['XYM'] }]);
  });
});
