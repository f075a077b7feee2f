import { describe, expect, it } from '@jest/globals';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const ROOT = join(import.meta.dirname, '../..');

/** Licences under which anybody may run and change the service, and hand it on, without more than naming the authors. */
const ALLOWED = ['MIT', 'ISC', 'Apache-2.0', 'BSD-2-Clause', 'BSD-3-Clause', '0BSD', 'BlueOak-1.0.0', 'Python-2.0'];

interface Locked {
  readonly dev?: boolean;
  readonly optional?: boolean;
}

interface Stated {
  readonly license?: string;
  readonly licenses?: readonly { readonly type: string }[];
}

const json = (file: string): Record<string, unknown> =>
  JSON.parse(readFileSync(join(ROOT, file), 'utf8')) as Record<string, unknown>;

/** Old packages list theirs under another name. */
const licenceOf = (folder: string): string => {
  const { license, licenses = [] } = json(join(folder, 'package.json')) as Stated;
  return license ?? licenses.map(({ type }) => type).join(' OR ');
};

/** What the texts of these licences say. A package may name one licence and bring the text of another. */
const TEXTS =
  /Permission is hereby granted|Permission to use, copy, modify|Apache License|Redistribution and use in source and binary|PYTHON SOFTWARE FOUNDATION LICENSE/i;

/** The licence files in a folder that are none of these. */
const otherTextsIn = (folder: string): string[] =>
  readdirSync(join(ROOT, folder), { withFileTypes: true })
    .filter((entry) => entry.isFile() && /^(licen[cs]e|copying)/i.test(entry.name))
    .map(({ name }) => join(folder, name))
    .filter((file) => !TEXTS.test(readFileSync(join(ROOT, file), 'utf8')));

/** One of several is enough, `(MIT OR GPL-3.0)`; of those that hold together, all: `(MIT AND ISC)`. */
const isAllowed = (licence: string): boolean =>
  licence
    .replaceAll(/[()]/g, '')
    .split(' OR ')
    .some((choice) => choice.split(' AND ').every((each) => ALLOWED.includes(each)));

/** The folders of what is installed with the service. */
const runsWithIt = Object.entries(json('package-lock.json')['packages'] as Record<string, Locked>)
  .filter(([folder, { dev, optional }]) => {
    const isMissing = !existsSync(join(ROOT, folder));
    // What another kind of machine would need is not here, and need not be.
    return folder !== '' && !dev && !(optional && isMissing);
  })
  .map(([folder]) => folder);

describe('the licences of what runs with the service', () => {
  it('are all among those that bind nobody', () => {
    const others = runsWithIt.map((folder) => [folder, licenceOf(folder)]).filter(([, name = '']) => !isAllowed(name));
    expect(others).toEqual([]);
  });

  it('are those of their texts, too: one that says MIT and brings another is found', () => {
    expect(runsWithIt.flatMap(otherTextsIn)).toEqual([]);
    expect(otherTextsIn('node_modules/@kurrent/bridge')).toEqual(['node_modules/@kurrent/bridge/LICENSE.md']);
  });

  it('are looked at for everything that package.json names, and what that stands on', () => {
    const named = Object.keys(json('package.json')['dependencies'] as object);
    expect(runsWithIt).toEqual(expect.arrayContaining(named.map((name) => `node_modules/${name}`)));
    expect(runsWithIt.length).toBeGreaterThan(named.length);
  });

  it.each([
    ['MIT', true],
    ['(GPL-3.0 OR MIT)', true],
    ['(BSD-3-Clause AND Apache-2.0)', true],
    ['MIT AND GPL-3.0', false],
    ['GPL-3.0', false],
    ['AGPL-3.0-only', false],
    ['SEE LICENSE IN LICENSE.md', false],
    ['', false],
  ])('"%s" is allowed: %s', (licence, allowed) => {
    expect(isAllowed(licence)).toBe(allowed);
  });
});
