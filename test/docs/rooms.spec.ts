import { describe, expect, it } from '@jest/globals';
import { readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';

interface Rule {
  readonly name: string;
  readonly from: { readonly path?: string };
  readonly to: { readonly pathNot?: readonly string[] };
}

const ROOT = join(import.meta.dirname, '../..');
const { forbidden } = createRequire(import.meta.url)(join(ROOT, '.dependency-cruiser.cjs')) as { forbidden: Rule[] };

const roomIn = (path: string): string => path.replace('^src/', '').replace('/', '');

/** What each room may import, as lint holds it to. */
const held = new Map(
  forbidden
    // The rooms of a room have arrows of their own.
    .filter(({ name, from }) => name.endsWith('-below') && /^\^src\/[a-z-]+\/$/.test(from.path ?? ''))
    .map(({ from, to }) => {
      const room = roomIn(from.path ?? '');
      const others = (to.pathNot ?? []).map(roomIn).filter((other) => other !== room && other !== 'prison');
      return [room, others.sort()] as const;
    }),
);

/** The table of docs/architecture.md: each room, and what it says that it may import. */
const rows = Array.from(
  readFileSync(join(ROOT, 'docs/architecture.md'), 'utf8').matchAll(/^\| `([a-z-]+)` +\|[^|]*\|([^|]*)\|$/gm),
  ([, room = '', below = '']) => ({ room, below: below.trim() }),
);

const named = (list: string): string[] => list.split(', ').filter((name) => name !== '' && name !== '–');

const told = new Map(
  rows.map(({ room, below }, at) => {
    const [, missing] = /^all above but (.*)$/.exec(below) ?? [];
    if (missing === undefined) return [room, named(below).sort()] as const;
    const above = rows.slice(0, at).map((row) => row.room);
    return [room, above.filter((name) => name !== 'prison' && !named(missing).includes(name)).sort()] as const;
  }),
);

describe('the table of rooms', () => {
  it('has every room', () => {
    const rooms = readdirSync(join(ROOT, 'src'), { withFileTypes: true }).filter((entry) => entry.isDirectory());

    expect([...told.keys()].sort()).toEqual(rooms.map(({ name }) => name).sort());
  });

  it('says of each what lint allows it to import', () => {
    expect(Object.fromEntries(told)).toEqual(Object.fromEntries(held));
  });
});
