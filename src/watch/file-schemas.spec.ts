import { describe, expect, it } from '@jest/globals';
import Ajv from 'ajv';
import { globSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { parse } from 'yaml';
import { CATALOGUE } from '../custody/catalogue/catalogue.js';
import { readFeedsFile } from '../custody/feeds-file.js';
import { readDefinitions } from '../kernel/language/read-definitions.js';
import { readPrisonFile } from '../kernel/language/read-prison-file.js';
import { readRuleFile } from '../kernel/language/read-rule-file.js';
import { readSources } from '../kernel/language/read-sources.js';
import { FILE_SCHEMAS } from './file-schemas.js';
import { rulesIn } from './rule-folder.js';

const ROOT = join(import.meta.dirname, '../..');
const ajv = new Ajv();
const VALIDATORS = new Map(Object.entries(FILE_SCHEMAS).map(([name, schema]) => [name, ajv.compile(schema)]));

/** What is wrong with the shape of a text. */
const faults = (kind: string, text: string): string[] => {
  const validate = VALIDATORS.get(kind);
  if (!validate) throw new Error(`There is no schema ${kind}.`);
  void validate(parse(text));
  return (validate.errors ?? []).map(({ dataPath, message }) => `${dataPath} ${String(message)}`);
};

const RULES = join(ROOT, 'config/rules');
const known = new Map([...CATALOGUE.values()].map(({ type, data }) => [type, data.members.map(({ name }) => name)]));
const { vocabulary } = readDefinitions('definitions', readFileSync(join(RULES, 'definitions.yml'), 'utf8'), known);
const ruleFiles = rulesIn(RULES);

/** Whether the strict reader refuses a text. */
const isRefused = (kind: string, text: string): boolean => {
  switch (kind) {
    case 'rule':
      return readRuleFile(kind, text, vocabulary).problems.length > 0;
    case 'prison':
      return readPrisonFile(kind, text, 'XYI', ruleFiles).problems.length > 0;
    case 'definitions':
      return readDefinitions(kind, text, known).problems.length > 0;
    case 'sources':
      return readSources(kind, text, []).problems.length > 0;
    default:
      return areRefused(text);
  }
};

const areRefused = (feeds: string): boolean => {
  const folder = mkdtempSync(join(tmpdir(), 'feeds-'));
  writeFileSync(join(folder, 'feeds.yml'), feeds);
  try {
    readFeedsFile(join(folder, 'feeds.yml'));
    return false;
  } catch {
    return true;
  } finally {
    rmSync(folder, { recursive: true });
  }
};

const kindOf = (file: string): string => {
  const name = basename(file, '.yml');
  if (name in FILE_SCHEMAS) return name;
  return file.includes('prisons') ? 'prison' : 'rule';
};

const FILES = globSync(['config/rules/*.yml', 'config/**/prisons/*.yml', 'config/**/feeds.yml'], { cwd: ROOT }).sort();
const RULE = readFileSync(join(ROOT, 'config/rules/ACCT-01.yml'), 'utf8');
const EXAMPLE = /```yaml\n(prison: XYI[^]*?)```/.exec(readFileSync(join(ROOT, 'docs/prisons.md'), 'utf8'))?.[1] ?? '';

describe('the schemas for editors', () => {
  it.each(FILES)('take %s', (file) => {
    expect(faults(kindOf(file), readFileSync(join(ROOT, file), 'utf8'))).toEqual([]);
  });

  it('take the example of the settings of a prison', () => {
    expect(EXAMPLE).toContain('KW-07');
    expect(faults('prison', EXAMPLE)).toEqual([]);
  });

  it.each([
    ['a member that nobody knows', 'owner:', 'ovner:'],
    ['an operator that nobody knows', 'absentFor:', 'absentfor:'],
    ['an argument that an operator does not have', 'first: $at', 'furst: $at'],
    ['a level that there is not', 'level: MEDIUM', 'level: MIDDLE'],
    ['a version that is no number', 'version: 2', 'version: two'],
    ['a date that is none', 'from: 2018-01-01', 'from: first of May'],
    ['two operators at once', 'when:', 'when:\n  seen: { event: session, within: stay }'],
    ['a truth that is none', 'pauses: true', 'pauses: sometimes'],
  ])('refuse, as the strict reader does, a rule with %s', (_, text, by) => {
    expect(RULE).toContain(text);
    expect(faults('rule', RULE)).toEqual([]);
    expect(isRefused('rule', RULE)).toBe(false);
    expect(faults('rule', RULE.replace(text, by))).not.toEqual([]);
    expect(isRefused('rule', RULE.replace(text, by))).toBe(true);
  });

  it.each([
    ['prison', 'prison: XYI\n'],
    ['prison', 'prison: xyi\nname: Example Hill\n'],
    ['prison', 'prison: XYI\nname: Example Hill\nkeyWork: { every: P5D }\n'],
    ['prison', 'prison: XYI\nname: Example Hill\nkeyWork: { minuts: 45 }\n'],
    ['prison', 'prison: XYI\nname: Example Hill\nrules: { KW-01: { because: none } }\n'],
    ['prison', 'prison: XYI\nname: Example Hill\nrules: { KW-01: { off: false, because: x } }\n'],
    ['prison', 'prison: XYI\nname: Example Hill\nrules: { KW-07: { limits: { P7D: two weeks }, because: x } }\n'],
    ['prison', 'prison: XYI\nname: Example Hill\nrecipients: { safer-custody: [nobody] }\n'],
    ['feeds', 'feeds: { movements: { delivers: [Nothing] } }\n'],
    ['feeds', 'feeds: { movements: { expectedOf: [XYI] } }\n'],
    ['feeds', 'feeds: { Movements: [XYI] }\n'],
    ['feeds', 'feads: {}\n'],
    ['definitions', 'evants: {}\n'],
    ['definitions', 'events: { session: { evant: KeyWorkerSessionHeld } }\n'],
    ['sources', '- { source: PPO, points: [{ says: so }] }\n'],
  ])('refuse, as the strict reader does, a file of the kind %s: %s', (kind, text) => {
    expect(faults(kind, text)).not.toEqual([]);
    expect(isRefused(kind, text)).toBe(true);
  });
});
