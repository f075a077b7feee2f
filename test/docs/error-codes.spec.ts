import { describe, expect, it } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { STATUS_BY_CODE } from '../../src/app/error-answer.js';

/** The rows of a page's tables, each with the cells of its first two columns. */
const rowsOf = (page: string): (readonly [string, string])[] =>
  Array.from(
    readFileSync(join(import.meta.dirname, '../../docs', page), 'utf8').matchAll(/^\|([^|]*)\|([^|]*)\|/gm),
    ([, first = '', second = '']) => [first.trim(), second.trim()],
  );

/** One code a row, its status after it. */
const inOperations = rowsOf('operations.md');
/** Several codes a row, their status before them. */
const inAccess = rowsOf('access.md').flatMap(([status, codes]) =>
  codes.split(' ').map((code): readonly [string, string] => [code, status]),
);

describe('the tables of error codes', () => {
  it.each(Object.entries(STATUS_BY_CODE))('have %s, which is answered with %d', (code, status) => {
    expect([...inOperations, ...inAccess]).toContainEqual([`\`${code}\``, String(status)]);
  });
});
