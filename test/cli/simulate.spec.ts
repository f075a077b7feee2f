import { describe, expect, it } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { expectedOf, fileOf, inOneLine } from '../acceptance/cases.js';
import { eachCase } from '../acceptance/each-case.js';
import { linesOf, programOfFile } from './program.js';

interface Printed {
  readonly at: string;
  readonly prisonNumber: string;
  readonly rule: string;
  readonly transition: string;
  readonly severity: string;
}

const FIELDS = [
  'at',
  'transition',
  'alertId',
  'rule',
  'ruleVersion',
  'prisonNumber',
  'prisonId',
  'severity',
  'outcome',
  'reason',
  'evidence',
];

/** Two people who arrive and are then left alone; the second is heard of first. */
const ALONE = ['A0002AA', 'A0001AA'].map((prisonNumber) =>
  JSON.stringify({
    type: 'PrisonerReceived',
    prisonNumber,
    prisonId: 'XYI',
    occurredAt: '2026-01-05T15:20:00Z',
    data: { reason: 'NEW_ADMISSION' },
  }),
);
const UNTIL = '2026-01-12T00:00:00Z';

const parsed = (out: string): Printed[] => linesOf(out).map((line) => JSON.parse(line) as Printed);
const inShort = (out: string): string[] =>
  parsed(out).map(({ at, prisonNumber, rule }) => `${at.slice(0, 10)} ${prisonNumber} ${rule}`);

const program = programOfFile();

const simulate = (...args: string[]) => program.run(['simulate', '--json', ...args]);

describe('simulate', () => {
  it('prints transitions by instant, then person, then rule, whatever the order of its input', async () => {
    const { code, out, err } = await simulate('--until', UNTIL, program.file(ALONE.join('\n')));
    expect({ code, err }).toEqual({ code: 0, err: '' });
    expect(inShort(out)).toEqual([
      '2026-01-08 A0001AA KW-03',
      '2026-01-08 A0002AA KW-03',
      '2026-01-11 A0001AA KW-02',
      '2026-01-11 A0002AA KW-02',
    ]);
    for (const line of parsed(out)) expect(Object.keys(line)).toEqual(FIELDS);
  });

  it('plays until the last instant at which anything became known, from standard input too', async () => {
    const later = ALONE[0]
      ?.replace('PrisonerReceived', 'AcctClosed')
      .replace('01-05', '01-09')
      .replace(/"data".*/, '"data":{}}');
    const input = [...ALONE, later].join('\n');
    const { code, out, err } = await program.run(['simulate', '--json', '-'], { input });
    expect({ code, err }).toEqual({ code: 0, err: '' });
    expect(inShort(out)).toEqual(['2026-01-08 A0001AA KW-03', '2026-01-08 A0002AA KW-03']);
  });

  it('leaves out what lies before --from, and keeps the ids of the rest', async () => {
    const file = program.file(ALONE.join('\n'));
    const all = parsed((await simulate('--until', UNTIL, file)).out);
    const some = parsed((await simulate('--until', UNTIL, '--from', '2026-01-11T00:00:00+00:00', file)).out);
    expect(some).toEqual(all.slice(2));
  });

  it('prints a table for people without --json', async () => {
    const { out } = await program.run(['simulate', '--until', UNTIL, program.file(ALONE.join('\n'))]);
    expect(linesOf(out)[0]).toMatch(/^at +prisonNumber +rule +transition +severity/);
    expect(linesOf(out)).toHaveLength(5);
  });

  it('prints a key worker after people: without a prison number, and with whom it is about instead', async () => {
    const told = (type: string, occurredAt: string, data: object, prisonNumber?: string): string =>
      JSON.stringify({ type, prisonId: 'XYI', occurredAt, data, prisonNumber });
    const lines = [
      told('PrisonerReceived', '2027-01-04T15:00:00Z', { reason: 'NEW_ADMISSION' }, 'A0001AA'),
      told('KeyWorkerAllocated', '2027-01-05T09:00:00Z', { staffId: '1001' }, 'A0001AA'),
      told('KeyWorkerAvailabilityChanged', '2027-01-11T08:00:00Z', { staffId: '1001', status: 'INACTIVE' }),
    ];
    const { code, out } = await simulate('--until', '2027-01-19T00:00:00Z', program.file(lines.join('\n')));
    expect(code).toBe(0);
    const printed = parsed(out);
    expect(printed.at(-1)).toMatchObject({
      at: '2027-01-19T00:00:00.000Z',
      rule: 'KW-05',
      transition: 'raised',
      prisonNumber: null,
      subject: { kind: 'key-worker', id: '1001', prisonId: 'XYI' },
    });
    expect(linesOf(out).filter((line) => line.includes('"prisonNumber":null'))).toHaveLength(1);
  });

  it('tells file, line and column of what it cannot read, plays the rest, and ends with 1', async () => {
    const bad = ['{"type": oops}', '', '{"type":"Nonsense"}', ...ALONE, ALONE[0] ?? ''];
    const file = program.file(Buffer.concat([Buffer.from(`${bad.join('\n')}\n`), Buffer.from([0xff, 0x0a])]));
    const { code, out, err } = await simulate('--until', UNTIL, file);
    expect(code).toBe(1);
    expect(linesOf(out)).toHaveLength(4);
    expect(err).toContain(`${file}:1:10  line is not valid JSON`);
    expect(err).toMatch(/:3:1 {2}type: Nonsense is not a known type/);
    expect(err).toContain(`${file}:7:1  line is not valid UTF-8`);
  });

  it('tells of a withdrawal of a withdrawal what the service would answer, wherever it stands in the file', async () => {
    const [arrival = ''] = ALONE;
    const id = (n: number) => `00000000-0000-4000-8000-00000000000${n}`;
    const withdrawal = (n: number, withdraws: string, when: string) =>
      arrival
        .replace('{', `{"id":"${id(n)}",`)
        .replace('PrisonerReceived', 'EventWithdrawn')
        .replace('2026-01-05', when)
        .replace(/"data".*/, `"data":{"withdraws":"${withdraws}","reason":"in error"}}`);
    const lines = [withdrawal(2, id(1), '2026-01-08'), withdrawal(1, id(0), '2026-01-06'), ...ALONE];
    const file = program.file(lines.join('\n'));
    const { code, out, err } = await simulate('--until', UNTIL, file);
    expect(err).toContain(
      `${file}:1:1  data.withdraws: ${id(1)} is a withdrawal, and a withdrawal cannot be withdrawn.`,
    );
    expect(code).toBe(1);
    expect(linesOf(err)).toHaveLength(1);
    expect(linesOf(out)).toHaveLength(4);
    // What withdraws something that became known only later is taken.
    const early = program.file(
      [withdrawal(2, id(1), '2026-01-06'), withdrawal(1, id(0), '2026-01-08'), ...ALONE].join('\n'),
    );
    expect(await simulate('--until', UNTIL, early)).toMatchObject({ code: 0, err: '' });
  });

  it.concurrent.each([
    ['a file that is not there', ['nowhere.ndjson'], 'nowhere.ndjson cannot be read'],
    ['a folder', ['config'], 'config cannot be read'],
    ['no file', [], "missing required argument 'files'"],
    ['an instant without offset', ['--until', '2026-01-01T00:00:00', '-'], 'with its offset'],
    ['rules that are not there', ['--rules', 'nowhere', '-'], 'No rules can be read from nowhere'],
  ])('ends with 2 when given %s', async (_, args, says) => {
    const { code, out, err } = await simulate(...args);
    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(err).toContain(says);
    expect(err).not.toContain('    at ');
  });

  eachCase(
    'prints every expected line of %s, in order, with every field of the contract',
    async (name) => {
      const { code, out, err } = await simulate(fileOf(name));
      expect({ code, err }).toEqual({ code: 0, err: '' });
      expect(parsed(out).map(inOneLine)).toEqual(expectedOf(name));
      const known = new Set(
        [...readFileSync(fileOf(name), 'utf8').matchAll(/"id": ?"([0-9a-f-]{36})"/g)].map(([, id]) => id),
      );
      for (const line of linesOf(out).map((text) => JSON.parse(text) as Record<string, unknown>)) {
        expect(Object.keys(line)).toEqual(FIELDS);
        expect(line['alertId']).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-5/);
        expect(line['reason']).toMatch(/\.$/);
        expect((line['evidence'] as string[]).filter((id) => !known.has(id))).toEqual([]);
        expect(['resolved', 'expired'].includes(String(line['transition']))).toBe(line['outcome'] !== null);
      }
    },
    (name) => name.startsWith('mr-') || name === 'many-edges-11',
  );
});
