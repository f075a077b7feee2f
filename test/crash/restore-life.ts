import { restoreLog } from '../../src/moving/restore-log.js';
import { EmbeddedKeyRing } from '../../src/personal-data/embedded-key-ring.js';
import { EmbeddedEventStore } from '../../src/store/embedded/embedded-event-store.js';
import { checked, MASTER } from '../moving/told-log.js';
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
  openKeys: () => Promise.resolve(fate.of(keys, 'take')),
});
process.stdout.write(String(fate.writes));
