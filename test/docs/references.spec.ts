import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

const CHECK = join(import.meta.dirname, '../../docs/check-references.js');

describe('the check of references', () => {
  let repository: string;

  beforeEach(() => {
    repository = mkdtempSync(join(tmpdir(), 'references-'));
    write('docs/decisions/README.md', '[0001](0001-levels.md)\n');
    write('docs/decisions/0001-levels.md', '# 1. Levels\n');
    write('docs/rules.md', '# Rules\n\n## The file\n\n## Why\n\n```\n# comment\n```\n');
  });

  afterEach(() => {
    rmSync(repository, { recursive: true });
  });

  const write = (path: string, text: string): void => {
    mkdirSync(dirname(join(repository, path)), { recursive: true });
    writeFileSync(join(repository, path), text);
  };

  const check = (): { code: number | null; faults: string[] } => {
    const { status, stdout } = spawnSync(process.execPath, [CHECK, repository], { encoding: 'utf8' });
    return { code: status, faults: stdout.split('\n').filter((line) => line !== '') };
  };

  it.each([
    ['src/watch.ts', '/** Levels (decision 0001). */'],
    ['src/watch.ts', '/** See docs/rules.md, "The file", "Why". */'],
    ['src/watch.ts', '/**\n * See docs/rules.md, The\n * file, for more.\n */'],
    ['src/watch.ts', "const HELP = 'A rule is a file: see docs/rules.md, and ' +\n  'its stories.';"],
    ['docs/events.md', '[why](rules.md#why), [levels](decisions/0001-levels.md), [elsewhere](https://example.com/x)'],
    ['docs/events.md', '`docs/rules.md`, `src/*.spec.ts`'],
    ['docs/events.md', 'held by `src/watch.spec.ts`, "raises it",\n"closes it once", and by others'],
  ])('passes what leads somewhere: %s with %j', (file, text) => {
    write('src/watch.spec.ts', "it('raises it', () => {});\nit('closes it once', () => {});\n");
    write(file, text);

    expect(check()).toEqual({ code: 0, faults: [] });
  });

  it.each([
    ['src/watch.ts', '/** Levels (decision 0002). */', 'src/watch.ts:1  decision 0002 has no page'],
    ['src/watch.ts', '/** Decisions 0001 and 0007. */', 'src/watch.ts:1  decision 0007 has no page'],
    ['src/watch.ts', '/** As in decision 1. */', 'src/watch.ts:1  decision 1 has no page'],
    ['src/watch.ts', '\n// docs/rules.md, "The end".', 'src/watch.ts:2  docs/rules.md has no heading "The end"'],
    ['src/watch.ts', '// docs/rules.md, "Why", "How".', 'src/watch.ts:1  docs/rules.md has no heading "How"'],
    ['src/watch.ts', '// docs/rules.md, The end.', 'src/watch.ts:1  docs/rules.md has no heading "The end"'],
    ['src/watch.ts', '/**\n * In docs/rules.md, "The\n * end".\n */', 'src/watch.ts:2  docs/rules.md has no heading'],
    ['src/watch.ts', '// docs/rules.md, "comment".', 'src/watch.ts:1  docs/rules.md has no heading "comment"'],
    ['src/watch.ts', '// See docs/architecture.md.', 'src/watch.ts:1  docs/architecture.md does not exist'],
    ['src/watch.ts', '/** As in the contract, §2. */', 'src/watch.ts:1  "contract, §" leads out of this repository'],
    ['eslint.config.mjs', "'No timers (architecture, decision 7).'", 'eslint.config.mjs:1  "architecture, decision"'],
    ['docs/events.md', '[why](rules.md#how)', 'docs/events.md:1  links to rules.md#how, which has no such heading'],
    ['docs/events.md', '[why](why.md)', 'docs/events.md:1  links to why.md, which does not exist'],
    ['docs/events.md', '`src/watch.spec.ts`', 'docs/events.md:1  src/watch.spec.ts does not exist'],
    ['docs/events.md', '`src/watch/*.ts`', 'docs/events.md:1  src/watch/*.ts does not exist'],
    ['docs/events.md', '`src/tick.spec.ts`, "ticks"', 'docs/events.md:1  src/tick.spec.ts does not exist'],
    ['docs/events.md', '`test/a.spec.ts`, "runs", "ends"', 'docs/events.md:1  test/a.spec.ts has no test "ends"'],
  ])('refuses what leads nowhere: %s with %j', (file, text, fault) => {
    write('test/a.spec.ts', "it('runs', () => {});");
    write(file, text);

    const { code, faults } = check();

    expect(faults).toContainEqual(expect.stringContaining(fault));
    expect(code).toBe(1);
  });

  it('refuses a gap in the numbers of decisions, and one that the index does not have', () => {
    write('docs/decisions/0003-plain-words.md', '# 3. Plain words\n');

    expect(check()).toEqual({
      code: 1,
      faults: [
        expect.stringContaining('decision 0002 has no page'),
        expect.stringContaining('0003-plain-words.md is not in the index'),
      ],
    });
  });
});
