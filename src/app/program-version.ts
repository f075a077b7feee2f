import { createHash } from 'node:crypto';
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const ROOT = join(import.meta.dirname, '../..');

/**
 * Tells this program from every other: the code that runs, the packages it names, Node and its time zone data. What one
 * program has worked out, another may work out in another way.
 */
export const programVersion = (): string => {
  const code = globSync('**/*.{js,ts}', { cwd: join(import.meta.dirname, '..') }).sort();
  const hash = createHash('sha256').update(JSON.stringify([process.version, process.versions.tz]));
  for (const file of code) hash.update(file).update(readFileSync(join(import.meta.dirname, '..', file)));
  return hash.update(readFileSync(join(ROOT, 'package.json'))).digest('hex');
};
