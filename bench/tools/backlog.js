import { openEstate } from '../../dist/app/estate.js';
import { readSettings } from '../../dist/app/settings.js';
import { CustodyLog } from '../../dist/custody/custody-log.js';
import { readCustodyEvent } from '../../dist/custody/read-custody-event.js';
import { ownProgram } from '../../dist/custody/sender.js';
import { generatedHistory } from '../../dist/generate/history.js';
import { Seals } from '../../dist/personal-data/seals.js';

const AT_ONCE = 10;

// Writes so many events of so many people at a time into the log that the settings of the environment name: they happened
// over a year, and became known just now, a few each millisecond.
const [count, people] = process.argv.slice(2).map(Number);
const from = Date.parse('2025-01-06T00:00:00Z');
const estate = await openEstate(readSettings(process.env), false);
const log = new CustodyLog(estate.store, estate.settings.streamPrefix, new Seals(estate.keys));
const sender = ownProgram('bench');
const began = estate.clock.now() - count;
let written = 0;
let together = [];
for (const sent of generatedHistory({ people, days: 365, seed: 1, shape: 'local', from })) {
  if (written + together.length === count) break;
  together.push(readCustodyEvent(sent, { now: began, recordedAtDefault: 'now' }));
  if (together.length === AT_ONCE) await write();
}
await write();
await estate.checkpoints.close();
await estate.close();

async function write() {
  const knownAt = began + written;
  await log.recordAll(together, { knownAt: () => knownAt, sender });
  written += together.length;
  together = [];
}
