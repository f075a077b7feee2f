import { once } from 'node:events';

const AT_ONCE = 64 * 1024;

/** Writes one line for each thing to standard output, waiting where the reader is slower. */
export const writeLines = async <T>(things: Iterable<T>, lineOf: (thing: T) => string): Promise<void> => {
  let waiting = '';
  const flush = async (): Promise<void> => {
    if (waiting !== '' && !process.stdout.write(waiting)) await once(process.stdout, 'drain');
    waiting = '';
  };
  for (const thing of things) {
    waiting += `${lineOf(thing)}\n`;
    if (waiting.length > AT_ONCE) await flush();
  }
  await flush();
};
