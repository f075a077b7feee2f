import { expect, it } from '@jest/globals';
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const SRC = join(import.meta.dirname, '../../src');

const declarationsIn = (file: string): string[] =>
  Array.from(
    readFileSync(join(SRC, file), 'utf8').matchAll(/^(?:export )?(?:abstract )?(?:interface|type|class|enum) (\w+)/gm),
    ([, name = '']) => name,
  );

it('no two types of the code base have the same name', () => {
  const files = globSync('**/*.ts', { cwd: SRC, exclude: ['**/*.spec.ts'] });
  const declared = files.flatMap((file) => declarationsIn(file).map((name) => ({ name, file })));
  const byName = Map.groupBy(declared, ({ name }) => name);

  expect(byName.size).toBeGreaterThan(500);
  const filesOf = Array.from(byName, ([name, types]) => [name, types.map(({ file }) => file)] as const);
  expect(Object.fromEntries(filesOf.filter(([, declaring]) => declaring.length > 1))).toEqual({});
});
