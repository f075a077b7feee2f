import { randomInt } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { Chance } from '../../src/generate/chance.js';
import { clockJumps } from './clock-jumps.js';
import { damagedStarts } from './damaged-starts.js';
import { steadyLoad } from './steady-load.js';
import type { SiegePart } from './siege-part.js';

// Besieges the service as it was built, for longer than CI can. See docs/siege.md.

const PARTS: Readonly<Record<string, SiegePart>> = { damage: damagedStarts, clock: clockJumps, soak: steadyLoad };

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    minutes: { type: 'string', default: '30' },
    starts: { type: 'string', default: '260' },
    jumps: { type: 'string', default: '300' },
    seed: { type: 'string', default: String(randomInt(2 ** 30)) },
  },
});
const [minutes, starts, jumps, seed] = [values.minutes, values.starts, values.jumps, values.seed].map(Number) as [
  number,
  number,
  number,
  number,
];
const unknown = positionals.filter((name) => !(name in PARTS));
if (!(minutes > 0) || ![starts, jumps, seed].every((number) => Number.isInteger(number)) || unknown.length > 0)
  throw new Error(
    `${process.argv.slice(2).join(' ')}: parts are ${Object.keys(PARTS).join(', ')}; --minutes is more than 0, ` +
      '--starts, --jumps and --seed are whole numbers.',
  );

const folder = mkdtempSync(join(tmpdir(), 'custody-watch-siege-'));
console.log(`seed ${seed}`);
try {
  for (const [name, part] of Object.entries(PARTS)) {
    if (positionals.length > 0 && !positionals.includes(name)) continue;
    const terms = { minutes, starts, jumps, chance: new Chance(seed).of(name), folder: join(folder, name) };
    const { verdict, findings } = await part(terms);
    console.log(`${name}: ${verdict}; ${findings.length === 0 ? 'held' : `${findings.length} FINDINGS`}`);
    for (const finding of findings) console.error(`${name}, seed ${seed}: ${finding}`);
    if (findings.length > 0) process.exitCode = 1;
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}
