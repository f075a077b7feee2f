import { describe, expect, it } from '@jest/globals';
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

const ROOT = join(import.meta.dirname, '../..');
const page = (name: string): string => readFileSync(join(ROOT, 'docs/safety', name), 'utf8');
const log = page('hazard-log.md');

/** The cells of each row of a table, its head and the line below it left out. */
const rowsIn = (text: string): string[][] =>
  Array.from(text.matchAll(/^\| (.*) \|$/gm), ([, row = '']) => row.split('|').map((cell) => cell.trim())).filter(
    ([first = '']) => !/^-+$/.test(first),
  );

/** Risk by likelihood and severity, as docs/safety/README.md has it. */
const [[, ...severities] = [], ...graded] = rowsIn(page('README.md').split('**Risk** is read from both:')[1] ?? '');
const risks = new Map(
  graded.flatMap(([likelihood = '', ...row]) =>
    row.map((risk, at) => [`${likelihood.replaceAll('*', '')}, ${severities[at] ?? ''}`, risk] as const),
  ),
);

const [hazardPart = '', rulePart = ''] = log.split('\n## By rule\n');
const hazards = hazardPart
  .split('\n### ')
  .slice(1)
  .map((text) => ({ id: text.slice(0, 'HAZ-01'.length), text }));
const rules = readdirSync(join(ROOT, 'config/rules'))
  .map((file) => /^([A-Z]+-\d+)\.yml$/.exec(file)?.[1])
  .filter((id) => id !== undefined);

describe('the hazard log', () => {
  it('numbers its hazards without a gap', () => {
    expect(hazards.map(({ id }) => id)).toEqual(hazards.map((_, at) => `HAZ-${String(at + 1).padStart(2, '0')}`));
    expect(hazards.length).toBeGreaterThan(20);
  });

  it.each(hazards.map(({ id, text }) => [id, text] as const))(
    '%s has a cause, an effect, controls that a test holds, and what is left',
    (_, text) => {
      for (const member of ['Cause', 'Effect', 'Severity', 'Held off by', 'Left'])
        expect(text).toMatch(new RegExp(`^- \\*\\*${member}\\*\\*: *\\S*`, 'm'));
      const controls = Array.from(text.matchAll(/^ {2}- .*$/gm), ([line]) => line);
      expect(controls.length).toBeGreaterThan(0);
      expect(controls.filter((control) => !/`(src|test)\/[^`]*\.spec\.ts`/.test(control))).toEqual([]);
    },
  );

  it.each(hazards.map(({ id, text }) => [id, text] as const))('%s is graded as the table of risks says', (_, text) => {
    const [, severity, likelihood, withControls, risk, riskWithControls] =
      /\*\*Severity\*\*: (.*)\. \*\*Likelihood\*\*: (.*); with the controls (.*)\. \*\*Risk\*\*: (.*); with the controls (.*)\./.exec(
        text,
      ) ?? [];
    expect([risk, riskWithControls]).toEqual([
      risks.get(`${likelihood}, ${severity}`),
      risks.get(`${withControls}, ${severity}`),
    ]);
    expect(risk).toMatch(/^[1-5]$/);
  });

  it('has each rule once, with how grave its silence is and hazards that there are', () => {
    const rows = rowsIn(rulePart).slice(1);
    expect(rows.map(([rule]) => rule)).toEqual(rules.sort());
    const known = hazards.map(({ id }) => id);
    for (const [rule, , severity = '', own = ''] of rows) {
      expect([rule, severities]).toEqual([rule, expect.arrayContaining([severity])]);
      const named = own.match(/HAZ-\d+/g) ?? [];
      expect([rule, named.length > 0, named.filter((id) => !known.includes(id))]).toEqual([rule, true, []]);
    }
  });
});
