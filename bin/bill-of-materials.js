// Writes what is installed with the service as CycloneDX, to dist/sbom.cdx.json or the file that is named: for whoever must
// know whether a library in which something was found runs here. npm makes it from node_modules; only this is ours: that it
// leaves out what is there for tools alone. npm's own `--omit dev` also leaves out what tools and the service share.
import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const root = join(import.meta.dirname, '..');
const read = (file) => JSON.parse(readFileSync(join(root, file), 'utf8'));

const installed = Object.entries(read('package-lock.json').packages)
  .filter(([folder, { dev }]) => folder !== '' && !dev)
  .map(([folder, { name = folder.split('node_modules/').at(-1), version }]) => `${name}@${version}`);

const bill = JSON.parse(
  execFileSync('npm', ['sbom', '--sbom-format', 'cyclonedx', '--sbom-type', 'application'], {
    cwd: root,
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
  }),
);
const service = bill.metadata.component;
const listed = new Set([service['bom-ref'], ...installed]);

// npm calls the service by its folder, and marks as development what a tool brings in the same version.
service.name = read('package.json').name;
bill.components = bill.components
  .filter((component) => listed.has(component['bom-ref']))
  .map((component) => ({ ...component, properties: [] }));
bill.dependencies = bill.dependencies
  .filter(({ ref }) => listed.has(ref))
  .map(({ ref, dependsOn }) => ({ ref, dependsOn: dependsOn.filter((other) => listed.has(other)) }));

writeFileSync(process.argv[2] ?? join(root, 'dist/sbom.cdx.json'), `${JSON.stringify(bill, null, 2)}\n`);
