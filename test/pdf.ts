import { spawnSync } from 'node:child_process';
import { toolOrSkip } from './tools.js';

const PROGRAM = 'pdftotext';

/** `it` for a test that reads what stands in a PDF. */
export const readsPdf = toolOrSkip(PROGRAM);

/** The text of each page of a PDF, laid out as it is seen. */
export const pagesOf = (pdf: Buffer): string[] => {
  const { stdout } = spawnSync(PROGRAM, ['-layout', '-', '-'], { input: pdf, encoding: 'utf8' });
  return stdout.split('\f').slice(0, -1);
};
