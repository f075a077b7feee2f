import { beforeAll, describe, expect, it } from '@jest/globals';
import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

const ROOT = join(import.meta.dirname, '../..');

interface Package {
  readonly name: string;
  readonly version: string;
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly peerDependencies?: Readonly<Record<string, string>>;
  readonly devDependencies?: Readonly<Record<string, string>>;
}

interface Bill {
  readonly bomFormat: string;
  readonly metadata: { readonly component: { readonly name: string; readonly type: string } };
  readonly components: readonly {
    readonly 'bom-ref': string;
    readonly name: string;
    readonly licenses?: readonly unknown[];
  }[];
  readonly dependencies: readonly { readonly ref: string; readonly dependsOn: readonly string[] }[];
}

const packageIn = (folder: string): Package =>
  JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as Package;

/** Where Node finds what the package in `folder` asks for; it does without some of it. */
const folderOf = (name: string, folder: string): string | undefined => {
  const here = join(folder, 'node_modules', name);
  if (existsSync(here)) return here;
  return folder === ROOT ? undefined : folderOf(name, dirname(folder));
};

/** What the service stands on, and what that stands on, as Node would load it. */
const loaded = (folder: string, found = new Map<string, Package>()): Map<string, Package> => {
  const { dependencies, peerDependencies } = packageIn(folder);
  for (const name of Object.keys({ ...dependencies, ...peerDependencies })) {
    const at = folderOf(name, folder);
    if (at === undefined || found.has(at)) continue;
    loaded(at, found.set(at, packageIn(at)));
  }
  return found;
};

describe('the bill of materials', () => {
  const needed = [...loaded(ROOT).values()];
  let bill: Bill;

  beforeAll(() => {
    const folder = mkdtempSync(join(tmpdir(), 'bill-'));
    const file = join(folder, 'sbom.cdx.json');
    execFileSync(process.execPath, [join(ROOT, 'bin/bill-of-materials.js'), file]);
    bill = JSON.parse(readFileSync(file, 'utf8')) as Bill;
    rmSync(folder, { recursive: true });
  });

  it('is of the service, in the form of CycloneDX', () => {
    expect(bill.bomFormat).toBe('CycloneDX');
    expect(bill.metadata.component).toMatchObject({ name: 'custody-watch', type: 'application' });
  });

  it('names everything that the service loads, each with its version and its licence', () => {
    const named = bill.components.map((component) => component['bom-ref']);
    expect(named).toEqual(expect.arrayContaining(needed.map(({ name, version }) => `${name}@${version}`)));
    expect(bill.components.filter(({ licenses = [] }) => licenses.length === 0)).toEqual([]);
  });

  it('names nothing that is there for tools alone', () => {
    const names = new Set(needed.map(({ name }) => name));
    const tools = Object.keys(packageIn(ROOT).devDependencies ?? {}).filter((name) => !names.has(name));
    expect(tools).toEqual(expect.arrayContaining(['jest', 'eslint', 'prettier']));
    expect(bill.components.map(({ name }) => name).filter((name) => tools.includes(name))).toEqual([]);
  });

  it('says of each what it stands on, and of nothing that it does not name', () => {
    const named = new Set(bill.dependencies.map(({ ref }) => ref));
    expect(bill.components.filter((component) => !named.has(component['bom-ref']))).toEqual([]);
    expect(bill.dependencies.flatMap(({ dependsOn }) => dependsOn).filter((ref) => !named.has(ref))).toEqual([]);
  });
});
