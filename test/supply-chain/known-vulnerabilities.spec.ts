import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';

const CHECK = join(import.meta.dirname, '../../.ci/supply-chain.js');
const AUDIT = '/-/npm/v1/security/advisories/bulk';

const advisory = (severity: string) => ({
  luxon: [
    {
      id: 1,
      severity,
      title: 'Says yesterday',
      url: 'https://advisories.example/1',
      vulnerable_versions: '<99.0.0',
    },
  ],
});

describe('the check of the supply chain', () => {
  let registry: Server;
  let cache: string;

  beforeEach(() => {
    cache = mkdtempSync(join(tmpdir(), 'npm-'));
  });

  afterEach(() => {
    registry.close();
    rmSync(cache, { recursive: true });
  });

  /** Runs the check against a registry that knows one thing, and nothing about versions. */
  const checked = async (known: object | undefined): Promise<{ code: unknown; says: string }> => {
    registry = createServer((request, response) => {
      const answers = request.url === AUDIT && known !== undefined;
      response.writeHead(answers ? 200 : 404, { 'Content-Type': 'application/json' });
      response.end(JSON.stringify(answers ? known : {}));
    }).listen(0, '127.0.0.1');
    await once(registry, 'listening');
    const { port } = registry.address() as AddressInfo;
    const check = spawn(process.execPath, [CHECK], {
      env: { ...process.env, npm_config_registry: `http://127.0.0.1:${port}`, npm_config_cache: cache },
    });
    const [says, ended] = await Promise.all([text(check.stdout), once(check, 'exit')]);
    return { code: (ended as unknown[])[0], says };
  };

  it.each(['high', 'critical'])('fails where something that runs with the service is vulnerable: %s', async (level) => {
    const { code, says } = await checked(advisory(level));
    expect(says).toContain(`${level}  luxon <99.0.0  Says yesterday  https://advisories.example/1`);
    expect(code).toBe(1);
  });

  it('tells of one that is less severe, and passes', async () => {
    const { code, says } = await checked(advisory('moderate'));
    expect(says).toContain('moderate  luxon');
    expect(code).toBe(0);
  });

  it('says that nothing is known where that is the answer', async () => {
    const { code, says } = await checked({});
    expect(says).toContain('Known vulnerabilities: 0');
    expect(code).toBe(0);
  });

  it('says that nobody was asked where no audit is to be had, and passes', async () => {
    const { code, says } = await checked(undefined);
    expect(says).toMatch(/Known vulnerabilities: not asked, .*404/);
    expect(says).toContain('not asked');
    expect(code).toBe(0);
  });
});
