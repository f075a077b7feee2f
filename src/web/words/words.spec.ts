import { describe, expect, it } from '@jest/globals';
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { english } from './english.js';

const WEB = join(import.meta.dirname, '..');

/** What words with gaps are tried with. */
const SOME = ['some', 'other', 'more', 'still more'] as const;

/** Every word of the catalogue, with the path to it. */
const wordsIn = (value: unknown, path: string): [string, string][] => {
  if (typeof value === 'string') return [[path, value]];
  if (typeof value === 'function') return wordsIn((value as (...given: unknown[]) => unknown)(...SOME), `${path}()`);
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, inner]) => wordsIn(inner, `${path}.${name}`));
};

const WORDS = wordsIn(english, 'words');

describe('the words of pages', () => {
  it('have curly apostrophes and quotation marks, and dashes where they mean one', () => {
    expect(WORDS.length).toBeGreaterThan(300);
    expect(WORDS.filter(([, text]) => /['"]| - |--|\.\.\.|\s$| {2}/.test(text.replace(/: $/, '')))).toEqual([]);
  });

  it('are those of the field', () => {
    // The hand-over is a noun with a hyphen; who begins a button or a heading with it says what to do.
    const wrong =
      /\bprisoner number\b|\bkeyworker\b|\binmate|\boffender|\bcoordinator\b|(?<!^)hand over\b|\bACCT case\b/i;
    expect(WORDS.filter(([, text]) => wrong.test(text) && !/ACCT Case Co-ordinator|keyworker-api/.test(text))).toEqual(
      [],
    );
    expect(
      WORDS.filter(
        ([, text]) => /(?<!safety )\balerts?\b/i.test(text) && !/there are called|called an alert/.test(text),
      ).map(([path]) => path),
    ).toEqual([]);
  });
});

/** What stands between the tags of a template, without expressions, statements and comments. */
const textOf = (template: string): string =>
  template
    .replaceAll(/\{#.*?#\}|\{%.*?%\}|\{\{.*?\}\}/gs, '')
    .replaceAll(/<[^>]*>/g, '')
    .replaceAll(/&\w+;/g, '')
    .trim();

const TEMPLATES = globSync('**/*.njk', { cwd: WEB }).sort();

describe('templates', () => {
  it.each(TEMPLATES)('%s has its words from the catalogue', (file) => {
    const template = readFileSync(join(WEB, file), 'utf8');
    expect(textOf(template)).not.toMatch(/\p{L}{2,}/u);
    const attributes = template.matchAll(/\b(?:aria-label|title|alt|placeholder)="([^"{]*\p{L}[^"{]*)"/gu);
    expect([...attributes].map(([, words]) => words)).toEqual([]);
    expect(template.match(/\b(?:text|html|titleText|label): "[^"]*\p{L}/gu) ?? []).toEqual([]);
  });
});
