import { describe, expect, it } from '@jest/globals';
import { randomBytes } from 'node:crypto';
import { existsSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { linesOf, programOfFile } from './program.js';

const WHO = 'A1234BC';
const REASON = ['--reason', 'ERASURE_REQUESTED'];

const program = programOfFile();
let dataDir: string;

const run = (args: readonly string[], env: Record<string, string> = {}, input = '') =>
  program.run(args, { env: { DATA_DIR: dataDir, ...env }, input });
const newKeyFile = () => program.file(`${randomBytes(32).toString('base64')}\n`);

const history = [
  ['PrisonerReceived', '2018-01-05T15:20:00Z', { reason: 'NEW_ADMISSION', dateOfBirth: '1990-01-01' }],
  ['AcctOpened', '2018-01-08T10:00:00Z', { concern: 'low in mood' }],
  ['PrisonerReleased', '2018-02-08T10:00:00Z', { reason: 'RELEASED' }],
].map(([type, occurredAt, data]) => ({ type, prisonNumber: WHO, prisonId: 'XYI', occurredAt, data }));

const given = async (env: Record<string, string> = {}, events: readonly object[] = history) => {
  dataDir = program.freshFolder();
  const input = events.map((event) => JSON.stringify(event)).join('\n');
  expect(await run(['import', '--history', '-'], env, input)).toMatchObject({ code: 0 });
};

describe('erase', () => {
  it('erases on the store itself, and says what it did; the same again is no second erasure', async () => {
    await given();
    const first = await run(['erase', 'a1234bc', ...REASON, '--json']);
    expect(first).toMatchObject({ code: 0, err: '' });
    expect(JSON.parse(first.out)).toMatchObject({ prisonNumber: WHO, inClear: 0, mergedFrom: [], position: '7' });
    expect((await run(['erase', WHO, ...REASON, '--json'])).out).toBe(first.out);
  });

  it('erases somebody by a number that was merged into theirs, and says so', async () => {
    await given();
    const merge = {
      type: 'PrisonerRecordsMerged',
      prisonNumber: WHO,
      prisonId: 'XYI',
      occurredAt: '2018-03-01T10:00:00Z',
    };
    const input = JSON.stringify({ ...merge, data: { removedPrisonNumber: 'B0001BB' } });
    expect(await run(['import', '-'], {}, input)).toMatchObject({ code: 0 });
    const { code, out } = await run(['erase', 'B0001BB', ...REASON, '--json']);
    expect(code).toBe(0);
    expect(JSON.parse(out)).toMatchObject({ prisonNumber: WHO, mergedFrom: ['B0001BB'] });
  });

  it('goes through the service that holds the store', async () => {
    await given();
    const serving = await program.serve(dataDir);
    expect(await run(['erase', WHO, ...REASON])).toMatchObject({ code: 0, err: '' });
    expect(await run(['erase', 'Z9999ZZ', ...REASON])).toMatchObject({ code: 2, out: '' });
    await serving.decided();
    const verified = await run(['verify', '--json']);
    expect(JSON.parse(verified.out)).toMatchObject({ missing: 0, extra: 0, wrongTime: 0 });
  });

  const recalled = {
    ...{ type: 'PrisonerReceived', prisonNumber: WHO, prisonId: 'XYM' },
    ...{ occurredAt: '2019-01-05T15:20:00Z', data: { reason: 'RECALL' } },
  };

  it('erases nobody who is in custody unless that is confirmed', async () => {
    await given({}, [...history, recalled]);
    const { code, err } = await run(['erase', WHO, ...REASON]);
    expect([code, err]).toEqual([2, expect.stringContaining(`${WHO} is in custody (XYM). Those who`)]);
    expect(await run(['erase', WHO, ...REASON, '--confirm-still-watched'])).toMatchObject({ code: 0, err: '' });
  });

  it('nor through the service that holds the store', async () => {
    await given({}, [...history, recalled]);
    const serving = await program.serve(dataDir);
    await serving.decided();
    const { code, err } = await run(['erase', WHO, ...REASON]);
    expect([code, err]).toEqual([2, expect.stringMatching(/is in custody \(XYM\), and has open safety alerts: .*KW-/)]);
    expect(await run(['erase', WHO, ...REASON, '--confirm-still-watched'])).toMatchObject({ code: 0, err: '' });
  });

  it.each([
    [['erase', WHO], /--reason/],
    [['erase', WHO, '--reason', 'because'], /reason: because must be one of/],
    [['erase', 'nobody', ...REASON], /prisonNumber: NOBODY must be a prison number/],
    [['erase', 'Z9999ZZ', ...REASON], /Nothing is recorded/],
  ])('refuses %j, with exit code 2', async (args, why) => {
    await given();
    const { code, err } = await run(args);
    expect([code, err]).toEqual([2, expect.stringMatching(why)]);
  });
});

describe('retention', () => {
  it('lists who is gone for so long, and erases them only when told to', async () => {
    await given();
    const env = { RETENTION_YEARS: '6' };
    const listed = await run(['retention', '--json'], env);
    expect(linesOf(listed.out).map((line) => JSON.parse(line) as unknown)).toEqual([
      { prisonNumber: WHO, prisonId: 'XYI', reason: 'RELEASED', since: '2018-02-08T10:00:00.000Z' },
    ]);
    expect((await run(['retention', '--json'], { RETENTION_YEARS: '90' })).out).toBe('');
    expect(await run(['retention', '--erase'], env)).toMatchObject({ code: 0, err: '1 erased.\n' });
    expect((await run(['retention', '--json'], env)).out).toBe('');
  });

  it('needs to be told how long', async () => {
    await given();
    expect(await run(['retention'])).toMatchObject({
      code: 2,
      err: expect.stringContaining('RETENTION_YEARS') as unknown,
    });
    expect(await run(['retention'], { RETENTION_YEARS: 'soon' })).toMatchObject({ code: 2 });
  });
});

describe('the master key', () => {
  it('is replaced without a word of the log being written anew', async () => {
    const [old, next] = [newKeyFile(), newKeyFile()];
    await given({ MASTER_KEY_FILE: old });
    expect(existsSync(join(dataDir, 'master.key'))).toBe(false);
    const rotated = await run(['keys', 'rotate', '--new-key-file', next], { MASTER_KEY_FILE: old });
    expect(rotated).toMatchObject({ code: 0, out: expect.stringContaining('2 keys are locked') as unknown });
    const wrong = await run(['erase', WHO, ...REASON], { MASTER_KEY_FILE: old });
    expect([wrong.code, wrong.err]).toEqual([2, expect.stringContaining('locked with another master key')]);
    expect(await run(['erase', WHO, ...REASON], { MASTER_KEY_FILE: next })).toMatchObject({ code: 0 });
  });

  it('is not replaced under a running service', async () => {
    await given();
    await program.serve(dataDir);
    expect(await run(['keys', 'rotate', '--new-key-file', newKeyFile()])).toMatchObject({ code: 3 });
  });

  it('that is wrong or gone keeps the service from starting, with exit code 2', async () => {
    await given();
    expect(await run(['serve'], { MASTER_KEY_FILE: newKeyFile() })).toMatchObject({ code: 2 });
    rmSync(join(dataDir, 'master.key'));
    const gone = await run(['serve']);
    expect([gone.code, gone.err]).toEqual([2, expect.stringContaining('The keys are locked, but')]);
  });
});
