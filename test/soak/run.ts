import { fork, type ChildProcess } from 'node:child_process';
import { randomInt } from 'node:crypto';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import type { Told } from './player.js';

// Plays random histories on every core, until the time is up or one comes out differently. See docs/guarantees.md.

const MINUTE = 60_000;

const { values } = parseArgs({
  options: {
    minutes: { type: 'string', default: '60' },
    seed: { type: 'string', default: String(randomInt(2 ** 30)) },
  },
});
const [minutes, seed] = [Number(values.minutes), Number(values.seed)];
if (!(minutes > 0) || !Number.isInteger(seed))
  throw new Error(
    `--minutes ${values.minutes} --seed ${values.seed}: minutes are more than 0, a seed is a whole number.`,
  );

let played = 0;
let saidAt = 0;
const say = (): void => {
  saidAt = performance.now();
  console.log(`seed ${seed}: ${played} histories in ${(saidAt / MINUTE).toFixed(1)} minutes, no difference`);
};

const players: ChildProcess[] = [];
const endsOf = (player: ChildProcess): Promise<string | undefined> =>
  new Promise((resolve) => {
    player.on('message', (told: Told) => {
      if ('difference' in told) {
        resolve(told.difference);
        return;
      }
      played += told.played;
      if (performance.now() - saidAt >= MINUTE) say();
    });
    player.on('exit', (code, signal) => {
      resolve(code === 0 ? undefined : `A player ended with ${code ?? String(signal)}.`);
    });
  });

const cores = availableParallelism();
const failed = Promise.withResolvers<string>();
for (let core = 0; core < cores; core++)
  players.push(fork(join(import.meta.dirname, 'player.ts'), [String(seed + core), String(cores), String(minutes)]));
const ends = players.map(async (player) => {
  const difference = await endsOf(player);
  if (difference !== undefined) failed.resolve(difference);
});

const difference = await Promise.race([failed.promise, Promise.all(ends).then(() => undefined)]);
if (difference === undefined) say();
else {
  for (const player of players) player.kill();
  console.error(`After ${played} histories, seed ${seed}: ${difference}`);
  process.exitCode = 1;
}
