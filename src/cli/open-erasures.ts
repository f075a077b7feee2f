import { openLog } from '../app/open-log.js';
import type { Settings } from '../app/settings.js';
import { type ErasureDone, Erasures } from '../custody/erasures.js';
import type { ErasureReason } from '../custody/person-erased.js';
import { PersonStreams } from '../custody/person-streams.js';
import { systemClock } from '../store/clock.js';
import { type LockHolder, holderOf } from '../store/embedded/writer-lock.js';
import { postToService } from './through-service.js';

/** Erases one person, by any number that is or was theirs. */
export type Erase = (prisonNumber: string, reason: ErasureReason) => Promise<ErasureDone>;

/**
 * Does what needs erasures: through the service that holds the store, or here where none does.
 * @throws ServiceUnreachable, StoreUnavailable, StoreUnreadable, UnusableMasterKey, WrongMasterKey
 */
export const withErasures = async (settings: Settings, work: (erase: Erase) => Promise<void>): Promise<void> => {
  const holder = holderOf(settings.dataDir);
  if (holder) await work(throughService(holder));
  else await here(settings, work);
};

const here = async (settings: Settings, work: (erase: Erase) => Promise<void>): Promise<void> => {
  const log = await openLog(settings, { clock: systemClock });
  try {
    const erasures = new Erasures(log.store, log.keys, systemClock, settings.streamPrefix);
    const merges = await new PersonStreams(log.store, settings.streamPrefix).merges();
    await work((prisonNumber, reason) => erasures.erase(merges.keptFor(prisonNumber), reason, 'local'));
  } finally {
    await log.close();
  }
};

const throughService =
  (holder: LockHolder): Erase =>
  (prisonNumber, reason) =>
    postToService(holder, `/prisoners/${prisonNumber}/erasure`, { reason });
