import { restoreLog } from '../../src/moving/restore-log.js';
import { EmbeddedKeyRing } from '../../src/personal-data/embedded-key-ring.js';
import { EmbeddedEventStore } from '../../src/store/embedded/embedded-event-store.js';
import { chainToRestore } from '../../src/app/chain.js';
import { checked, MASTER, PREFIX } from '../moving/told-log.js';
import { Fate } from './service-fate.js';

/** A restore of a file into a data folder, which is killed `before` or `after` its n-th write. */
const [file = '', dataDir = '', when = '', nth = ''] = process.argv.slice(2);

const fate = new Fate(when, Number(nth));
const store = EmbeddedEventStore.open(dataDir);
const keys = EmbeddedKeyRing.open(dataDir, MASTER);
await restoreLog(await checked(file), {
  store: fate.of(store, 'append'),
  hasKeys: false,
  inFlight: 2,
  openLog: async () => ({
    keys: fate.of(keys, 'take'),
    store: await chainToRestore(fate.of(store, 'append'), PREFIX, keys, { now: () => 0 }),
  }),
});
process.stdout.write(String(fate.writes));
