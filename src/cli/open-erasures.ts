import { openLog } from '../app/open-log.js';
import type { Settings } from '../app/settings.js';
import { type ErasureDone, type ErasureOrder, Erasures } from '../custody/erasures.js';
import { PersonStreams } from '../custody/person-streams.js';
import type { OpenAlertSource } from '../custody/still-watched.js';
import { Lapses } from '../safety-alerts/alert/terms.js';
import { isOpenState } from '../safety-alerts/list/alert-summary.js';
import { systemClock } from '../store/clock.js';
import { type LockHolder, holderOf } from '../store/embedded/writer-lock.js';
import type { EventStore } from '../store/event-store.js';
import { alertsInLog } from '../watch/alerts-in-log.js';
import { postToService } from './through-service.js';

/** Erases one person, by any number that is or was theirs. @throws StillWatched unless that is confirmed */
export type Erase = (order: Omit<ErasureOrder, 'by'>) => Promise<ErasureDone>;

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
  const { store, keys } = log;
  try {
    const erasures = new Erasures(store, keys, systemClock, settings.streamPrefix, openAlertsIn(store, settings));
    const merges = await new PersonStreams(store, settings.streamPrefix).merges();
    await work((order) => erasures.erase({ ...order, prisonNumber: merges.keptFor(order.prisonNumber), by: 'local' }));
  } finally {
    await log.close();
  }
};

/** The alerts as the log has them. It is read once, however many people are asked about. */
const openAlertsIn = (store: EventStore, settings: Settings): OpenAlertSource => {
  const { streamPrefix: prefix, acknowledgementLapses } = settings;
  const lapses = new Lapses(acknowledgementLapses);
  let reading: ReturnType<typeof alertsInLog> | undefined;
  return {
    openAlertsOf: async (prisonNumbers) => {
      reading ??= alertsInLog({ store, prefix, until: Infinity, lapses });
      const { alerts } = await reading;
      const found = prisonNumbers.flatMap((number) => alerts.get(number)?.alerts ?? []);
      return found.filter(({ state }) => isOpenState(state)).map(({ id, rule }) => ({ id, rule }));
    },
  };
};

const throughService =
  (holder: LockHolder): Erase =>
  ({ prisonNumber, ...order }) =>
    postToService(holder, `/prisoners/${prisonNumber}/erasure`, order);
