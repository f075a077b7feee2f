import { expect, it } from '@jest/globals';
import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { programOfFile } from './program.js';

const CONFIG = join(import.meta.dirname, '../../config');
const RULE = 'rules/KW-09.yml';
const program = programOfFile();

const told = (n: number, type: string, time: string, data: object) =>
  JSON.stringify({ type, prisonNumber: `A000${n}AA`, prisonId: 'XYI', occurredAt: `2026-01-05T${time}:00Z`, data });

it('verifies alerts about key workers beside those about people', async () => {
  const [dataDir, configDir] = [program.freshFolder(), program.freshFolder()];
  cpSync(CONFIG, configDir, { recursive: true });
  const rule = readFileSync(join(CONFIG, RULE), 'utf8');
  writeFileSync(
    join(configDir, RULE),
    rule.replace('effective: { from: 2026-12-01 }', 'effective: { from: 2020-01-01 }'),
  );
  const env = { DATA_DIR: dataDir, CONFIG_DIR: configDir };
  const seven = [1, 2, 3, 4, 5, 6, 7].flatMap((n) => [
    told(n, 'PrisonerReceived', '09:00', { reason: 'NEW_ADMISSION' }),
    told(n, 'KeyWorkerAllocated', '10:00', { staffId: '1001' }),
  ]);
  expect(await program.run(['import', '--history', '-'], { env, input: seven.join('\n') })).toMatchObject({ code: 0 });
  const service = await program.serveWith(env);
  await service.decided();
  const isRaised = async () => (await (await fetch(`${service.url}/safety-alerts?rule=KW-09`)).text()).includes('1001');
  while (!(await isRaised()));
  await service.stop();
  const { code, out } = await program.run(['verify', '--json'], { env });
  expect([code, JSON.parse(out)]).toMatchObject([0, { missing: 0, extra: 0, wrongTime: 0 }]);
});
