import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isOff } from '../kernel/local-rule.js';
import { rulesOf } from './estate.js';

const NOW = Date.parse('2026-11-20T09:00:00Z');
const FEEDS = `feeds:
  case-notes: { delivers: [KeyWorkerSessionHeld] }
  movements: { delivers: [PrisonerReceived, PrisonerReleased, CellMoved] }
  alerts: { delivers: [RiskMarkerAdded, RiskMarkerRemoved] }
  visits: [XYI]
`;

let configDir: string;

beforeEach(() => {
  configDir = mkdtempSync(join(tmpdir(), 'estate-'));
  cpSync(join(import.meta.dirname, '../../config/rules'), join(configDir, 'rules'), { recursive: true });
  mkdirSync(join(configDir, 'prisons'));
  writeFileSync(join(configDir, 'feeds.yml'), FEEDS);
});

afterEach(() => {
  rmSync(configDir, { recursive: true });
});

/** What is read where a prison declares these feeds. */
const declaring = (feeds: string) => {
  const text = `prison: XYI\nname: Example Hill\nfeeds: ${feeds}\n`;
  writeFileSync(join(configDir, 'prisons/XYI.yml'), text);
  return rulesOf({ configDir });
};

describe('the rules of a prison that declares its feeds', () => {
  it('are not watched where none of them tells of what it takes, and only there', () => {
    const { rulebook, notWatched } = declaring('[case-notes, movements, alerts]');
    const off = (prisonId: string) =>
      [rulebook, rulebook.about('key-worker')]
        .flatMap((book) => book?.inForce(prisonId, NOW).rules.filter(isOff) ?? [])
        .map(({ id }) => id);
    expect(off('XYI')).toEqual(expect.arrayContaining(['ACCT-01', 'SEG-01', 'VUL-01', 'FAM-02', 'KW-03', 'KW-05']));
    expect(off('XYI')).not.toEqual(expect.arrayContaining(['KW-01']));
    expect(off('XYI').sort()).toEqual([...(notWatched.get('XYI')?.keys() ?? [])].sort());
    expect(off('XYM')).toEqual(['KW-16']);
  });

  it('are all watched where it declares none, but for what only a declared feed can deliver: it is told everything', () => {
    writeFileSync(join(configDir, 'prisons/XYI.yml'), 'prison: XYI\nname: Example Hill\n');
    expect([...(rulesOf({ configDir }).notWatched.get('XYI')?.keys() ?? [])]).toEqual(['KW-16']);
  });

  it.each(['visits', 'letters'])('are refused while nobody says what a feed delivers: %s', (feed) => {
    expect(() => declaring(`[case-notes, ${feed}]`)).toThrow(
      `prisons/XYI.yml:1:9  Nobody says what the feed "${feed}" delivers: say it in config/feeds.yml.`,
    );
  });
});
