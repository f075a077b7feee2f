// Templates, styles and browser scripts lie beside the code of their page; the compiler leaves them behind.
import { cpSync } from 'node:fs';
import { extname, join } from 'node:path';

const root = join(import.meta.dirname, '..');
const COMPILED = ['.ts'];

cpSync(join(root, 'src/web'), join(root, 'dist/web'), {
  recursive: true,
  filter: (path) => !COMPILED.includes(extname(path)),
});
