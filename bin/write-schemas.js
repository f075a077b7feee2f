// Writes the JSON Schemas of what is configured to dist/schemas, for editors (docs/rules.md). From what was built: they
// cannot differ from what the program reads.
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { FILE_SCHEMAS } from '../dist/watch/file-schemas.js';

const folder = join(import.meta.dirname, '../dist/schemas');
mkdirSync(folder, { recursive: true });
for (const [name, schema] of Object.entries(FILE_SCHEMAS))
  writeFileSync(join(folder, `${name}.json`), `${JSON.stringify(schema, null, 2)}\n`);
