import { describe, expect, it } from '@jest/globals';
import { ended, linesOf, programOfFile, saidUntil } from './program.js';

const program = programOfFile();

/** So many events of so many people, a minute apart. */
const events = (count: number, people = 20): string =>
  Array.from({ length: count }, (_, n) => {
    const at = Date.parse('2026-01-05T15:20:00Z') + n * 60_000;
    return `${JSON.stringify({
      type: 'KeyWorkerSessionHeld',
      prisonNumber: `A${1000 + (n % people)}BC`,
      prisonId: 'XYI',
      occurredAt: new Date(at).toISOString(),
      data: { staffId: '1001' },
    })}\n`;
  }).join('');

/** What an import says first whose name was made up. */
const TO_GO_ON = /^Telling (\S+): to go on after an interruption, run the same import with --telling \1\.\n/;

const importing = async (dataDir: string, input: string, ...options: string[]) => {
  const { code, out, err } = await program.run(['import', ...options, '-'], { env: { DATA_DIR: dataDir }, input });
  return {
    code,
    err: err.replace(TO_GO_ON, ''),
    totals: out === '' ? undefined : (JSON.parse(out) as Record<string, number>),
  };
};

const verified = async (dataDir: string) => {
  const { code, out, err } = await program.run(['verify', '--json'], { env: { DATA_DIR: dataDir } });
  return { code, err, ...(JSON.parse(out) as Record<string, number>) };
};

describe('import', () => {
  it('stores everything once, however often it is run', async () => {
    const dataDir = program.freshFolder();
    const first = await importing(dataDir, events(1200));
    expect(first).toEqual({ code: 0, err: '', totals: { accepted: 1200, duplicate: 0, refused: 0 } });
    expect((await importing(dataDir, events(1200))).totals).toEqual({ accepted: 0, duplicate: 1200, refused: 0 });
  });

  it('reports every line that it refuses, stores the rest, and ends with 1', async () => {
    const input = `${events(2)}{oops\n${events(3).replaceAll('1001', '1002')}${events(1).replace('KeyWorkerSessionHeld', 'Nonsense')}`;
    const { code, err, totals } = await importing(program.freshFolder(), input);
    expect(code).toBe(1);
    expect(totals).toEqual({ accepted: 5, duplicate: 0, refused: 2 });
    expect(linesOf(err)[0]).toBe('-:3:2  line is not valid JSON from column 2 on');
    expect(linesOf(err)[1]).toMatch(/^-:7:1 {2}type: Nonsense is not a known type/);
  });

  it('may be interrupted, and run again completes what is missing, without doubles', async () => {
    const dataDir = program.freshFolder();
    const all = events(20_000);
    const child = program.spawn(['import', '-'], { env: { DATA_DIR: dataDir } });
    const ending = ended(child);
    // A line that is refused tells that the lines beside it are being stored.
    child.stdin.write(`{oops\n${all.slice(0, all.length / 4)}`);
    await saidUntil(child, /not valid JSON/, 'stderr');
    child.kill('SIGINT');
    child.stdin.end(all.slice(all.length / 4));
    const { code, out, err } = await ending;
    expect(code).toBe(1);
    const [, name = ''] = /with --telling (\S+) to complete it/.exec(err) ?? [];
    const { accepted = 0 } = JSON.parse(out) as Record<string, number>;
    expect(accepted).toBeGreaterThan(0);
    expect(accepted).toBeLessThan(20_000);
    const other = await importing(dataDir, events(5), '--telling', 'another');
    expect(other).toMatchObject({ code: 1, totals: { accepted: 0, duplicate: 5, refused: 0 } });
    expect(other.err).toMatch(
      /^5 of these lines are duplicates that do not count: .* \(telling [0-9a-f-]{36}\) was stopped/,
    );
    const again = await importing(dataDir, all, '--telling', name);
    expect(again).toEqual({
      code: 0,
      err: '',
      totals: { accepted: 20_000 - accepted, duplicate: accepted, refused: 0 },
    });
    expect((await importing(dataDir, events(5), '--telling', 'another')).code).toBe(0);
  });

  it('says at its beginning by what name it is gone on with, where that was made up', async () => {
    const [env, input] = [{ DATA_DIR: program.freshFolder() }, events(1)];
    expect((await program.run(['import', '-'], { env, input })).err).toMatch(TO_GO_ON);
    for (const named of [['--telling', 'ours', '-'], [program.file(input)]])
      expect((await program.run(['import', ...named], { env, input })).err).toBe('');
  });

  it.each([
    ['a file that is not there', ['import', 'nowhere.ndjson'], 'nowhere.ndjson cannot be read'],
    ['no file', ['import'], "missing required argument 'files'"],
  ])('ends with 2 when given %s', async (_, args, says) => {
    const { code, out, err } = await program.run(args);
    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(err).toContain(says);
  });
});

describe('import --history', () => {
  it('fills an empty store', async () => {
    const totals = (await importing(program.freshFolder(), events(30), '--history')).totals;
    expect(totals).toEqual({ accepted: 30, duplicate: 0, refused: 0 });
  });

  it('refuses, line by line, what is about people whom the store knows already, and takes everybody else', async () => {
    const dataDir = program.freshFolder();
    await importing(dataDir, events(3));
    const { code, err, totals } = await importing(dataDir, events(30), '--history');
    expect(code).toBe(1);
    expect(totals).toEqual({ accepted: 24, duplicate: 3, refused: 3 });
    expect(linesOf(err)[0]).toMatch(/^-:21:1 {2}prisonNumber: A1000BC is known to the log already/);
  });
});

describe('while a service holds the store', () => {
  it('import goes through it, once; so does the history of people who are not known yet; verify reads beside it and after it and finds no difference', async () => {
    const dataDir = program.freshFolder();
    const serving = await program.serve(dataDir);
    expect((await importing(dataDir, events(600))).totals).toEqual({ accepted: 600, duplicate: 0, refused: 0 });
    const again = await importing(dataDir, `${events(600)}{oops\n`);
    expect(again.totals).toEqual({ accepted: 0, duplicate: 600, refused: 1 });
    expect(again.code).toBe(1);
    const topics = JSON.stringify(Array.from({ length: 50 }, () => 'x'.repeat(400)));
    const large = events(500).replaceAll('"1001"', `"1002","topics":${topics}`);
    expect(await importing(dataDir, large)).toMatchObject({
      err: '',
      totals: { accepted: 500, duplicate: 0, refused: 0 },
    });
    const known = await importing(dataDir, events(3).replaceAll('"1001"', '"1003"'), '--history');
    expect(known.totals).toEqual({ accepted: 0, duplicate: 0, refused: 3 });
    const history = await importing(dataDir, events(60).replaceAll('"A1', '"B1'), '--history');
    expect(history).toMatchObject({ code: 0, totals: { accepted: 60, duplicate: 0, refused: 0 } });
    await serving.decided();
    const zeros = { code: 0, err: '', checked: 40, missing: 0, extra: 0, wrongTime: 0 };
    expect(await verified(dataDir)).toEqual(zeros);
    expect(await serving.stop()).toMatchObject({ code: 0, err: '' });
    expect(await verified(dataDir)).toEqual(zeros);
  });
});
