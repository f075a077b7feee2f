import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openLog } from '../app/open-log.js';
import { readSettings } from '../app/settings.js';
import { SECOND } from '../prison/instant.js';
import { systemClock } from '../store/clock.js';
import { StoreUnavailable } from '../store/errors.js';
import { ProtocolServer } from '../../test/eventstoredb/protocol-server.js';
import { logAhead, LogTimeAhead, type TimeAhead, untilLogTime } from './log-ahead.js';

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
    const waiting = untilLogTime({ says: 'log', at: systemClock.now() + HOUR }, settings, log).catch(
      (error: unknown) => error,
    );
    for (let turn = 0; turn < 20; turn++) await new Promise((resolve) => setImmediate(resolve));
    rmSync(dataDir, { recursive: true });
    await jest.advanceTimersByTimeAsync(SECOND);
    await said.promise;
    expect(await waiting).toBeInstanceOf(StoreUnavailable);
  });
});

describe('the clock of an event server', () => {
  let server: ProtocolServer;
  beforeEach(async () => {
    server = await ProtocolServer.start();
  });
  afterEach(() => {
    server.kill();
  });

  const ahead = async (): Promise<TimeAhead | undefined> => {
    const settings = readSettings({
      STORE: 'eventstoredb',
      EVENTSTORE_URL: server.url,
      DATA_DIR: join(folder, 'data'),
      CONFIG_DIR: 'config',
      MASTER_KEY: Buffer.alloc(32, 7).toString('base64'),
    });
    const open = await openLog(settings, { kind: 'real', clock: systemClock });
    try {
      return await logAhead(open, settings);
    } finally {
      await open.close();
    }
  };

  it('is a witness at the start: where that of this machine is behind it, the start says so', async () => {
    server.log.now = systemClock.now() + HOUR;
    const found = await ahead();
    expect(found).toEqual({ says: 'event server', at: server.log.now });
    expect(new LogTimeAhead(found as TimeAhead).message).toMatch(/The event server says that it is .* already/);
  });

  it('is no reason to wait while it is within five seconds, or behind', async () => {
    server.log.now = systemClock.now() + 4 * SECOND;
    expect(await ahead()).toBeUndefined();
    server.log.now = systemClock.now() - HOUR;
    expect(await ahead()).toBeUndefined();
  });

  it('is asked again: one that was wrong when something was written last, and is right now, holds up nobody', async () => {
    server.log.now = systemClock.now() + HOUR;
    expect(await ahead()).toBeDefined();
    server.log.now = systemClock.now();
    expect(await ahead()).toBeUndefined();
  });
});
