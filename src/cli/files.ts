import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
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

/** Whether it can be read more than once; standard input and pipes cannot. @throws WrongUsage for what is not there */
export const isFile = async (file: string): Promise<boolean> => {
  if (file === '-') return false;
  try {
    return (await stat(file)).isFile();
  } catch (error) {
    throw new WrongUsage(`${file} cannot be read: ${asError(error).message}`);
  }
};
