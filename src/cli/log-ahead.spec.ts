import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openLog } from '../app/open-log.js';
import { readSettings } from '../app/settings.js';
import { SECOND } from '../prison/instant.js';
import { systemClock } from '../store/clock.js';
import { StoreUnavailable } from '../store/errors.js';
import { untilLogTime } from './log-ahead.js';

const HOUR = 3_600_000;

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'custody-watch-'));
});
afterEach(() => {
  jest.useRealTimers();
  rmSync(folder, { recursive: true, force: true });
});

describe('a start that waits for the clock of this machine', () => {
  it('tells its caller where the log cannot be read any more', async () => {
    const dataDir = join(folder, 'data');
    const settings = readSettings({
      DATA_DIR: dataDir,
      CONFIG_DIR: 'config',
      MASTER_KEY: Buffer.alloc(32, 7).toString('base64'),
    });
    await (await openLog(settings, { kind: 'real', clock: systemClock })).close();
    const said = Promise.withResolvers<undefined>();
    const log = {
      warn: () => {
        said.resolve(undefined);
      },
    };
    jest.useFakeTimers({ doNotFake: ['nextTick', 'setImmediate', 'queueMicrotask'] });
    const waiting = untilLogTime(systemClock.now() + HOUR, settings, log).catch((error: unknown) => error);
    for (let turn = 0; turn < 20; turn++) await new Promise((resolve) => setImmediate(resolve));
    rmSync(dataDir, { recursive: true });
    await jest.advanceTimersByTimeAsync(SECOND);
    await said.promise;
    expect(await waiting).toBeInstanceOf(StoreUnavailable);
  });
});
