import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { rulesOf } from '../app/estate.js';
import { differencesIn } from './configured-difference.js';
import { Histories } from './histories.js';
import { alertDifferences } from './rules-diff.js';

const CONFIG = join(import.meta.dirname, '../../config');
const NOW = Date.parse('2026-12-01T09:00:00Z');

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'diff-'));
  for (const name of ['before', 'after'])
    cpSync(join(CONFIG, 'rules'), join(folder, name, 'rules'), { recursive: true });
  mkdirSync(join(folder, 'after/prisons'));
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

const write = (file: string, text: string): void => {
  writeFileSync(join(folder, file), text);
};
const replace = (file: string, text: string, by: string): void => {
  const before = readFileSync(join(folder, file), 'utf8');
  expect(before).toContain(text);
  write(file, before.replace(text, by));
};
const both = () => ['before', 'after'].map((name) => rulesOf({ configDir: join(folder, name) })) as [Rules, Rules];
type Rules = ReturnType<typeof rulesOf>;

const arrival = (prisonNumber: string, prisonId: string) =>
  JSON.stringify({
    type: 'PrisonerReceived',
    prisonNumber,
    prisonId,
    occurredAt: '2026-11-23T09:00:00Z',
    data: { reason: 'NEW_ADMISSION' },
  });

describe('a preview of other rules', () => {
  it('is empty where the files say the same', () => {
    expect(differencesIn(...both(), NOW)).toEqual([]);
  });

  it('tells in words which rules differ, everywhere and in a prison, and what prisons and feeds say', () => {
    replace('after/rules/ACCT-01.yml', 'at: PT1H', 'at: PT2H');
    rmSync(join(folder, 'after/rules/SUB-01.yml'));
    rmSync(join(folder, 'after/rules/sources.yml'));
    write('after/prisons/XYI.yml', 'prison: XYI\nname: Example Hill\nkeyWork: { scheme: false }\n');
    write('after/feeds.yml', 'feeds:\n  movements: { delivers: [CellMoved] }\n');
    const found = differencesIn(...both(), NOW);
    expect(found).toContainEqual({
      of: 'ACCT-01',
      part: 'severity',
      was: expect.stringContaining('1 hour') as unknown,
      is: expect.stringContaining('2 hours') as unknown,
    });
    expect(found).toContainEqual(expect.objectContaining({ of: 'SUB-01', part: 'all', is: null }));
    expect(found).toContainEqual({
      of: 'KW-01 in XYI',
      part: 'applies',
      was: null,
      is: 'No: there is no key work scheme.',
    });
    expect(found).toContainEqual({ of: 'XYI', part: 'all', was: null, is: 'Example Hill' });
    expect(found).toContainEqual(expect.objectContaining({ of: 'feed movements', part: 'all', was: null }));
    expect(found.filter(({ of }) => of === 'ACCT-01 in XYI')).toEqual([]);
  });

  it('tells what begins only on a later day, and from when', () => {
    const off =
      'rules: { ACCT-02: { off: true, from: 2026-12-07, until: 2027-02-01, because: it is tried elsewhere } }';
    mkdirSync(join(folder, 'before/prisons'));
    for (const side of ['before', 'after']) write(`${side}/prisons/XYI.yml`, `prison: XYI\nname: Example Hill\n`);
    replace('after/prisons/XYI.yml', 'name: Example Hill', `name: Example Hill\n${off}`);
    expect(differencesIn(...both(), NOW)).toEqual([
      { of: 'ACCT-02 in XYI from 7 December 2026', part: 'applies', was: null, is: 'No: it is tried elsewhere.' },
    ]);
  });

  it('tells which safety alerts of a history would open, close or be of another severity', async () => {
    write('events.ndjson', `${arrival('A0001AA', 'XYI')}\n${arrival('A0002AA', 'XYM')}\n`);
    const histories = new Histories((problem) => {
      throw new Error(problem);
    });
    await histories.read(join(folder, 'events.ndjson'));
    write('after/prisons/XYI.yml', 'prison: XYI\nname: Example Hill\nkeyWork: { scheme: false }\n');
    replace('after/rules/KW-03.yml', 'level: MEDIUM', 'level: CRITICAL');
    const [before, after] = both();
    const found = alertDifferences(before, after, histories, NOW);
    expect(found).toContainEqual(
      expect.objectContaining({ change: 'closes', rule: 'KW-03', about: 'A0001AA', prisonId: 'XYI', is: null }),
    );
    expect(found).toContainEqual({
      change: 'severity',
      rule: 'KW-03',
      about: 'A0002AA',
      prisonId: 'XYM',
      was: 'MEDIUM',
      is: 'CRITICAL',
    });
    const opposite = alertDifferences(after, before, histories, NOW);
    expect(opposite.map(({ change }) => change)).toContain('opens');
  });
});
