import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readAccessFile } from './access-file.js';

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'access-'));
});

afterEach(() => {
  rmSync(folder, { recursive: true });
});

/** What is read from a file with this text. */
const reading = (text: string) => {
  writeFileSync(join(folder, 'access.yml'), text);
  return readAccessFile(join(folder, 'access.yml'));
};

describe('the file that says who sees which prisons', () => {
  it('gives users and clients what it names, and nobody else anything', () => {
    const { users, clients } = reading('users:\n  ASMITH_GEN: [XYI, NOT]\n  007: [XYM]\nclients:\n  feed: all\n');
    expect(users).toEqual(
      new Map([
        ['ASMITH_GEN', new Set(['XYI', 'NOT'])],
        ['007', new Set(['XYM'])],
      ]),
    );
    expect(clients.get('feed')?.has('ABC')).toBe(true);
    expect([users.get('feed'), clients.get('ASMITH_GEN'), users.get('toString')]).toEqual([
      undefined,
      undefined,
      undefined,
    ]);
  });

  it.each(['', '# nobody yet\n', 'users:\n', 'users: {}\nclients:\n'])('may name nobody: %j', (text) => {
    expect(reading(text)).toEqual({ users: new Map(), clients: new Map() });
  });

  it('need not be there', () => {
    expect(readAccessFile(join(folder, 'access.yml'))).toEqual({ users: new Map(), clients: new Map() });
  });

  it.each([
    ['users:\n  ASMITH_GEN: [XYI, xym]\n', ':2:21  "xym" is not a prison id, such as XYI'],
    ['users:\n  ASMITH_GEN: XYI\n', ':2:3  "ASMITH_GEN" needs a list of prisons'],
    ['users:\n  ASMITH_GEN:\n', ':2:3  "ASMITH_GEN" needs a list of prisons'],
    ['users:\n  A: [XYI]\n  A: [XYM]\n', ':3:3  Map keys must be unique'],
    ['people:\n  A: [XYI]\n', ':1:1  There is no section "people"; there are users and clients'],
    ['- A\n', ':1:1  The file must be a list of names'],
    ['users: [A]\n', ':1:8  A section must be a list of names'],
    ['users:\n  A: [XYI\n', ':3:1  '],
  ])('is refused with the place of each mistake: %j', (text, told) => {
    expect(() => reading(text)).toThrow(
      expect.objectContaining({ code: 'INVALID_ACCESS_FILE', message: expect.stringContaining(told) as unknown }),
    );
  });
});
