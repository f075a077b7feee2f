import { beforeAll, describe, expect, it } from '@jest/globals';
import { cpSync, globSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { linesOf, programOfFile } from './program.js';

const RULES = globSync('*-*.yml', { cwd: join(import.meta.dirname, '../../config/rules') }).length;

const program = programOfFile();
let broken: string;

/** The rules as they are delivered, but one holds a mistake and another tells a story that is not so. */
beforeAll(() => {
  broken = program.freshFolder();
  cpSync(join(program.folder, 'config/rules'), broken, { recursive: true });
});

const replace = (file: string, text: string, by: string): void => {
  const whole = readFileSync(join(broken, file), 'utf8');
  expect(whole).toContain(text);
  writeFileSync(join(broken, file), whole.replace(text, by));
};

describe('rules', () => {
  it('test says how many stories came out as told', async () => {
    const { code, out } = await program.run(['rules', 'test']);
    expect(code).toBe(0);
    expect(out).toMatch(/^(\d+) of \1 timelines of \d+ rules came out as told\.\n$/);
    expect(out).toContain(`of ${RULES} rules`);
  });

  it('test ends with 1 and names the story that did not come out as told', async () => {
    replace('KW-03.yml', '=> raised LOW', '=> raised HIGH');
    const { code, out } = await program.run(['rules', 'test', broken]);
    expect(code).toBe(1);
    expect(out).toMatch(/KW-03\.yml:\d+/);
  });

  it('check ends with 1 and points at the line and the column of each mistake', async () => {
    replace('KW-01.yml', 'absentFor:', 'absntFor:');
    const { code, out, err } = await program.run(['rules', 'check', broken]);
    expect({ code, out }).toEqual({ code: 1, out: '' });
    expect(err).toMatch(/KW-01\.yml:\d+:\d+ .*"absntFor"\. Did you mean "absentFor"\?/);
    const [, line, column] = /KW-01\.yml:(\d+):(\d+)/.exec(err) ?? [];
    const text = readFileSync(join(broken, 'KW-01.yml'), 'utf8').split('\n')[Number(line) - 1];
    expect(text?.slice(Number(column) - 1)).toMatch(/^absntFor/);
  });

  it('check points at what sources.yml says of a rule that is not there', async () => {
    replace('sources.yml', '[ACCT-05]', '[ACCT-55]');
    const { code, err } = await program.run(['rules', 'check', broken]);
    expect(code).toBe(1);
    expect(err).toMatch(/sources\.yml:\d+:\d+ .*There is no rule "ACCT-55"\. Did you mean "ACCT-05"\?/);
  });

  it('list --by-source says which rules answer each of the PPO’s recommendations, and what none answers yet', async () => {
    const { code, out } = await program.run(['rules', 'list', '--by-source']);
    expect(code).toBe(0);
    expect(out).toContain('  High-quality case notes that record interactions\n    KW-12\n');
    expect(out).toContain('  Key workers are involved in ACCT reviews\n    ACCT-05\n');
    expect(out).toMatch(/ {4}no rule\n {4}not answered yet: /);
  });

  it('with a mistake are not used, and the store is left alone', async () => {
    const config = program.freshFolder();
    cpSync(broken, join(config, 'rules'), { recursive: true });
    const { code, err } = await program.run(['serve'], { env: { CONFIG_DIR: config } });
    expect(code).toBe(2);
    expect(err).toMatch(/KW-01\.yml:\d+:\d+/);
  });

  it('list --json has one object a line', async () => {
    const { code, out } = await program.run(['rules', 'list', '--json']);
    expect(code).toBe(0);
    const rules = linesOf(out).map((line) => JSON.parse(line) as { id: string; version: number; name: string });
    expect(rules).toHaveLength(RULES);
    for (const { id, version, name } of rules)
      expect([id, version, name]).toEqual([
        expect.stringMatching(/^[A-Z]+-\d\d$/),
        expect.any(Number),
        expect.any(String),
      ]);
  });

  it('explain says a rule in plain English, with its source, however it is written', async () => {
    const { code, out } = await program.run(['rules', 'explain', 'kw-04']);
    expect(code).toBe(0);
    expect(out).toContain('New key worker has never met the person');
    expect(out).toMatch(/PPO/);
  });

  it.concurrent.each([
    ['an unknown rule', ['rules', 'explain', 'KW-99'], 'There is no rule "KW-99". There are: ACCT-01'],
    ['an unknown verb', ['frobnicate'], "unknown command 'frobnicate'"],
    ['an unknown verb of the rules', ['rules', 'frobnicate'], "unknown command 'frobnicate'"],
    ['an unknown option', ['rules', 'list', '--yaml'], "unknown option '--yaml'"],
    ['a folder that is not there', ['rules', 'check', 'nowhere'], 'No rules can be read from nowhere'],
    ['no verb', [], 'Usage: custody-watch'],
  ])('end with 2 when given %s', async (_, args, says) => {
    const { code, out, err } = await program.run(args);
    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(err).toContain(says);
  });

  it.concurrent.each([['serve'], ['import'], ['simulate'], ['verify'], ['rules']])(
    '%s explains itself with --help',
    async (verb) => {
      const { code, out, err } = await program.run([verb, '--help']);
      expect({ code, err }).toEqual({ code: 0, err: '' });
      expect(out).toContain(`Usage: custody-watch ${verb}`);
    },
  );
});
