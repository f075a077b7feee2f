import { createReadStream, createWriteStream, existsSync, renameSync, rmSync } from 'node:fs';
import { pipeline } from 'node:stream';
import { pipeline as piped } from 'node:stream/promises';
import { StringDecoder } from 'node:string_decoder';
import { createGunzip, createGzip } from 'node:zlib';
import { Chain } from './chain.js';
import { DamagedFile, UnfitFile } from './errors.js';
import type { MovedLine } from './moved-line.js';
import { codeOf } from '../prison/errors.js';

const isZipped = (file: string): boolean => file.endsWith('.gz');

/**
 * Writes a file that only its owner may read, compressed where its name ends in `.gz`. It gets its name once it is whole
 * and on the disk.
 * @throws UnfitFile where a file of this name exists, or it cannot be written
 */
export const writeMovedFile = async (file: string, lines: AsyncIterable<string>): Promise<void> => {
  if (existsSync(file)) throw new UnfitFile(`${file} is there already. Choose another name, or move it away.`);
  const part = `${file}.part`;
  const disk = createWriteStream(part, { mode: 0o600, flush: true });
  const closed = new Promise<void>((resolve) => disk.once('close', resolve));
  const unwritten = async (error: unknown): Promise<never> => {
    await closed; // it may still be about to open what is to be removed
    rmSync(part, { force: true });
    if (isOfFileSystem(error)) throw new UnfitFile(`${file} cannot be written (${error.code}).`, { cause: error });
    throw error;
  };
  await (isZipped(file) ? piped(lines, createGzip(), disk) : piped(lines, disk)).catch(unwritten);
  renameSync(part, file);
};

/** A line of the file, and the checksum of everything up to it. */
export interface NumberedLine {
  readonly number: number;
  readonly line: MovedLine;
  readonly sum: string;
}

/** The lines of a file, in order. @throws DamagedFile at the first that is not as it was written, UnfitFile */
export async function* readMovedFile(file: string): AsyncGenerator<NumberedLine> {
  const chain = new Chain();
  let number = 0;
  try {
    for await (const text of textsIn(file)) {
      const line = chain.open(text);
      number += 1;
      if (!line)
        throw new DamagedFile(
          file,
          number,
          number === 1 ? NOT_OURS : 'This line was altered, or one before it left out.',
        );
      yield { number, line, sum: chain.sum };
    }
  } catch (error) {
    if (isOfZip(error))
      throw new DamagedFile(file, number + 1, 'From here on the file cannot be unpacked: it was cut short or altered.');
    if (isOfFileSystem(error)) throw new UnfitFile(`${file} cannot be read (${error.code}).`, { cause: error });
    throw error;
  }
}

const NOT_OURS = 'This is not a file that custody-watch exported, or its first line was altered.';

async function* textsIn(file: string): AsyncGenerator<string> {
  const decoder = new StringDecoder('utf8');
  const disk = createReadStream(file);
  // The error comes out of the last of them, where it is waited for.
  const bytes = isZipped(file) ? pipeline(disk, createGunzip(), () => undefined) : disk;
  let remainder = '';
  for await (const chunk of bytes) {
    const lines = (remainder + decoder.write(chunk as Buffer)).split('\n');
    remainder = lines.pop() ?? '';
    yield* lines;
  }
  if (remainder !== '') yield remainder;
}

const isOfZip = (error: unknown): boolean => codeOf(error).startsWith('Z_');
const isOfFileSystem = (error: unknown): error is { readonly code: string } =>
  typeof error === 'object' && error !== null && 'syscall' in error;
