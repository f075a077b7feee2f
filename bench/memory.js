import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { sized } from './tools/sized.js';

const PEOPLE = sized(20_000);
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
  const { planOf } = await import('../dist/kernel/plan.js');
  const { Watchlist } = await import('../dist/kernel/watchlist.js');
  const { rulesIn } = await import('../dist/watch/rule-folder.js');
  const { occurrencesOf } = await import('./tools/estate.js');
  const days = new LocalDays();
  const rules = rulesIn(fileURLToPath(new URL('../config/rules', import.meta.url))).map(({ rule }) => rule);
  const list = new Watchlist(planOf(rules, days), days);
  const kept = [];
  globalThis.gc();
  const before = process.memoryUsage().heapUsed;
  for (let person = 0; person < PEOPLE; person++) {
    const history = occurrencesOf(person);
    if (what === 'bare') kept.push(history);
    else for (const occurrence of history) watch(list, `person-${person}`, occurrence);
  }
  globalThis.gc();
  return process.memoryUsage().heapUsed - before + 0 * (kept.length + [...list.everybody()].length);
}

function watch(list, person, occurrence) {
  for (let due = list.due(occurrence.at - 1); due; due = list.due(occurrence.at - 1)) list.settle(due);
  list.learn(person, occurrence, occurrence.at);
  for (let due = list.due(occurrence.at); due; due = list.due(occurrence.at)) list.settle(due);
}
