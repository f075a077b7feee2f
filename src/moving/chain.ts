import { createHash } from 'node:crypto';
import type { MovedLine } from './moved-line.js';

const SUM = /,"sum":"([0-9a-f]{16})"\}$/;

/**
 * Every line ends with a checksum of itself and of all lines before it. So the first line that was altered, left out or
 * inserted is found, and the last line stands for the whole file. It finds accidents; somebody who means harm can
 * compute it anew.
 */
export class Chain {
  /** The checksum of everything so far. */
  sum = '';

  /** The text of the next line. */
  seal(line: MovedLine): string {
    const text = JSON.stringify(line);
    return `${text.slice(0, -1)},"sum":"${this.add(text)}"}`;
  }

  /** What the next line says; nothing where it is not the line that was sealed. */
  open(line: string): MovedLine | undefined {
    const text = line.replace(SUM, '}');
    return this.add(text) === SUM.exec(line)?.[1] ? (JSON.parse(text) as MovedLine) : undefined;
  }

  private add(text: string): string {
    return (this.sum = createHash('sha256')
      .update(this.sum + text)
      .digest('hex')
      .slice(0, 16));
  }
}
