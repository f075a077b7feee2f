import { Logger } from '@nestjs/common';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { toIso } from '../prison/instant.js';
import type { Clock } from '../store/clock.js';
import { MANIFEST, manifestIn } from '../store/embedded/backup-set.js';
import type { EventStore } from '../store/event-store.js';
import { logStreamIn } from '../store/log-stream.js';
import { revisionOf, transact } from '../store/transact.js';
import type { Settings } from './settings.js';

/** A backup took the place of what was there: what came into the log since the backup was made is not in it. */
const LOG_RESTORED = 'LogRestored';

/**
 * Records in the log, once, that it was restored from the backup whose manifest lies beside it, and takes the manifest away.
 * @throws StoreUnavailable, DamagedBackup where the manifest was altered
 */
export const recordRestored = async (
  { dataDir, server, streamPrefix: prefix }: Settings,
  store: EventStore,
  clock: Clock,
): Promise<void> => {
  const manifest = server ? undefined : manifestIn(dataDir);
  if (manifest?.prefix !== prefix) return;
  const { id, madeAt, mark } = manifest;
  const stream = logStreamIn(prefix);
  await transact(store, stream, async () => {
    if (await store.findEvent(stream, id)) return { done: undefined };
    const event = {
      ...{ id, type: LOG_RESTORED },
      data: { madeAt, ...mark, by: 'local' },
      metadata: { knownAt: toIso(clock.now()) },
    };
    return { expected: await revisionOf(store, stream), events: [event], answer: () => undefined };
  });
  rmSync(join(dataDir, MANIFEST));
  new Logger('Chain').warn(
    `This log was restored from the backup that was made at ${madeAt}, and ended at position ${mark.upTo}. What came in ` +
      'since is not in it: send it again.',
  );
};
