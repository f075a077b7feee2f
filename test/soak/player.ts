import fc from 'fast-check';
import { PLAYS } from './plays.js';

/** What a player tells: how many more histories it has played, or at which one something else came out. */
export type Told = { readonly played: number } | { readonly difference: string };

const tell = (told: Told): Promise<void> =>
  new Promise((resolve) => {
    process.send?.(told, () => {
      resolve();
    });
  });

/** Plays histories until the time is up, or until one comes out differently. Of players in step no two draw the same. */
const [first = 0, step = 1, minutes = 0] = process.argv.slice(2).map(Number);
const until = minutes * 60_000;

const play = async (): Promise<void> => {
  for (let seed = first; ; seed += step) {
    for (const { name, property, histories } of PLAYS) {
      if (performance.now() > until) return;
      const details = await fc.check(property, { seed, numRuns: histories });
      const difference = await fc.asyncDefaultReportMessage(details);
      if (difference !== undefined) return tell({ difference: `${name}, seed ${seed}\n${difference}` });
      await tell({ played: histories });
    }
  }
};

await play();
process.disconnect();
