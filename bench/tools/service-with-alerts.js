import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { raise } from './raised-alerts.js';
import { running } from './running-service.js';

// A service with so many open alerts, on a log of its own, which is watched where that is asked for, until whoever started it goes away.
const [, , count, watching] = process.argv;
const folder = mkdtempSync(join(tmpdir(), 'custody-watch-bench-'));
const service = await running({ DATA_DIR: folder }, (estate) => raise(estate, Number(count)), watching === 'watching');
process.send(service.port);
await once(process, 'disconnect');
await service.stop();
rmSync(folder, { recursive: true });
