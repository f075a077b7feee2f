import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Chromium } from './chromium.js';
import { chromiumOn } from './chromium-here.js';

let place: string;
beforeEach(() => {
  place = mkdtempSync(join(tmpdir(), 'custody-watch-'));
});
afterEach(() => {
  rmSync(place, { recursive: true });
});

/** A program in place of Chromium, which keeps account of what it saw. */
const program = (script: string): string => {
  const path = join(place, 'chromium');
  writeFileSync(
    path,
    `#!/bin/sh\nfor a in "$@"; do case $a in --print-to-pdf=*) out=\${a#*=};; esac; done\n${script}\n`,
  );
  chmodSync(path, 0o755);
  return path;
};
const COPIES_ITS_PAGE =
  'dir=$(dirname "$out"); stat -c %a "$dir" "$dir/page.html" > "$0.seen"; cp "$dir/page.html" "$out"';

const folder = () => join(place, 'printing');

describe('Chromium', () => {
  it('prints what it is given, from files that nobody else can read, and leaves none', async () => {
    const path = program(COPIES_ITS_PAGE);
    const pdf = await new Chromium(path, folder()).print('<p>Smith, John</p>');
    expect(pdf.toString()).toBe('<p>Smith, John</p>');
    expect(readFileSync(`${path}.seen`, 'utf8').split('\n').slice(0, 2)).toEqual(['700', '600']);
    expect(existsSync(folder())).toBe(false);
  });

  it('leaves nothing when it fails, nor what an earlier crash left', async () => {
    mkdirSync(folder());
    writeFileSync(join(folder(), 'page.html'), 'left by a crash');
    const chromium = new Chromium(program('exit 1'), folder());
    await expect(chromium.print('<p>Smith, John</p>')).rejects.toMatchObject({ code: 'PDF_NOT_MADE' });
    expect(existsSync(folder())).toBe(false);
  });

  it('says in no error what was on the page', async () => {
    const chromium = new Chromium(program('echo "Smith, John" >&2; exit 1'), folder());
    await expect(chromium.print('<p>Smith, John</p>')).rejects.toThrow(/^(?!.*Smith).*$/);
  });

  it('prints one page at a time, each its own, and goes on after one that failed', async () => {
    const alone = 'mkdir "$0.busy" || exit 1; grep -q bad "$(dirname "$out")/page.html" && bad=1';
    const path = program(`${alone}; ${COPIES_ITS_PAGE}; rmdir "$0.busy"; [ -z "$bad" ]`);
    const chromium = new Chromium(path, folder());
    const printed = await Promise.allSettled(['one', 'bad', 'three'].map((html) => chromium.print(html)));
    expect(printed.map((one) => (one.status === 'fulfilled' ? one.value.toString() : 'failed'))).toEqual([
      'one',
      'failed',
      'three',
    ]);
  });

  it('refuses when too many wait', async () => {
    const chromium = new Chromium(program(COPIES_ITS_PAGE), folder());
    const printed = await Promise.allSettled(Array.from({ length: 7 }, () => chromium.print('page')));
    expect(printed.filter(({ status }) => status === 'rejected')).toHaveLength(2);
  });

  it('is found on the search path, where there is one', () => {
    expect(chromiumOn(`/nowhere:${place}`)).toBeUndefined();
    program('');
    expect(chromiumOn(`/nowhere:${place}`)).toBe(join(place, 'chromium'));
    expect(chromiumOn(undefined)).toBeUndefined();
  });
});
