import { createReadStream } from 'node:fs';
import { WrongUsage } from './exit.js';
import { asError } from '../prison/errors.js';

const CHUNK = 1024 * 1024;

/** The bytes of a file; `-` is standard input. @throws WrongUsage for a file that cannot be read */
export async function* bytesOf(file: string): AsyncGenerator<Buffer> {
  const stream = file === '-' ? process.stdin : createReadStream(file, { highWaterMark: CHUNK });
  try {
    for await (const chunk of stream) yield chunk as Buffer;
  } catch (error) {
    throw new WrongUsage(`${file} cannot be read: ${asError(error).message}`);
  }
}
