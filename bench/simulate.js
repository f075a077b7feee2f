import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { writeHistory } from './tools/history.js';
import { median } from './tools/median.js';
import { sized } from './tools/sized.js';

const ROUNDS = sized(3);
const CROWDS = [1_000, 10_000, 88_000].map(sized);
const CLI = fileURLToPath(new URL('../bin/custody-watch.js', import.meta.url));
const PARSE_ONLY = `
  const { createReadStream } = await import('node:fs');
  let rest = '';
  for await (const chunk of createReadStream(process.argv[1], { encoding: 'utf8', highWaterMark: 1 << 20 })) {
    const lines = (rest + chunk).split('\\n');
    rest = lines.pop();
    for (const line of lines) JSON.parse(line);
  }`;

/**
 * `simulate --json`, start-up included, against a program that only parses the same file; and what an event costs among
 * 88,000 people against what it costs among 1,000, start-up taken off.
 */
export default async function simulate() {
  const folder = mkdtempSync(join(tmpdir(), 'custody-watch-bench-'));
  try {
    const nobody = join(folder, 'nobody.ndjson');
    writeFileSync(nobody, '');
    const startUp = median(times(ROUNDS, () => secondsOf([CLI, 'simulate', '--json', nobody])));
    const rows = [];
    const perEvent = [];
    for (const people of CROWDS) {
      const file = join(folder, `${people}.ndjson`);
      const events = await writeHistory(file, people);
      const rounds = times(ROUNDS, () => ({
        ours: secondsOf([CLI, 'simulate', '--json', file]),
        parse: secondsOf(['--input-type=module', '-e', PARSE_ONLY, file]),
      }));
      const ours = median(rounds.map((round) => round.ours));
      perEvent.push((ours - startUp) / events);
      rows.push({
        figure: `simulate, ${people} people, ${events} events`,
        value: `${ours.toFixed(2)} s, ${((1e6 * (ours - startUp)) / events).toFixed(1)} µs an event`,
        peer: 'parsing the same file and nothing else',
        ratio: median(rounds.map((round) => round.parse / round.ours)),
        ...(people === CROWDS[2] && { target: 0.1 }),
      });
    }
    rows.push({
      figure: 'cost of an event among 1,000 people',
      value: `${(1e6 * perEvent[0]).toFixed(1)} µs`,
      peer: 'among 88,000 people',
      ratio: perEvent[0] / perEvent[2],
      target: 0.8,
    });
    return rows;
  } finally {
    rmSync(folder, { recursive: true });
  }
}

const times = (count, measure) => Array.from({ length: count }, measure);

function secondsOf(args) {
  const began = performance.now();
  const { status, stderr } = spawnSync(process.execPath, args, { stdio: ['ignore', 'ignore', 'pipe'] });
  if (status !== 0) throw new Error(`${args.join(' ')} ended with ${status}: ${stderr}`);
  return (performance.now() - began) / 1000;
}
