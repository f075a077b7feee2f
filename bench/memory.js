import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { sized } from './tools/sized.js';

const PEOPLE = sized(20_000);
const UNTIL = Date.parse('2025-07-01T00:00:00Z');
const HERE = fileURLToPath(import.meta.url);

/** What the watch keeps in memory for each person, against the bare objects of that person's last events. */
export default function memory() {
  const measured = (what) =>
    Number(spawnSync(process.execPath, ['--expose-gc', HERE, what], { encoding: 'utf8' }).stdout);
  const [watched, bare] = [measured('watched'), measured('bare')];
  return [
    {
      figure: `memory a person, ${PEOPLE} people watched`,
      value: `${(watched / PEOPLE / 1024).toFixed(1)} KiB`,
      peer: `the person's events alone, ${(bare / PEOPLE / 1024).toFixed(1)} KiB`,
      ratio: bare / watched,
    },
  ];
}

if (process.argv[1] === HERE && process.argv[2]) process.stdout.write(String(await heapFor(process.argv[2])));

async function heapFor(what) {
  const { LocalDays } = await import('../dist/prison/local-days.js');
  const { Rulebook } = await import('../dist/kernel/rulebook.js');
  const { Watchlist } = await import('../dist/kernel/watchlist.js');
  const { rulesIn } = await import('../dist/watch/rule-folder.js');
  const { historiesUntil } = await import('./tools/history.js');
  const days = new LocalDays();
  const rules = rulesIn(fileURLToPath(new URL('../config/rules', import.meta.url))).map(({ rule }) => rule);
  const list = new Watchlist(new Rulebook(rules, days), days);
  globalThis.gc();
  const before = process.memoryUsage().heapUsed;
  let histories = historiesUntil(UNTIL, PEOPLE);
  if (what === 'watched') {
    list.play(histories, UNTIL);
    histories = undefined;
  }
  globalThis.gc();
  return process.memoryUsage().heapUsed - before + 0 * ((histories?.size ?? 0) + [...list.everybody()].length);
}
