import { describe, expect, it } from '@jest/globals';
import { systemClock } from '../../src/store/clock.js';
import { programOfFile } from './program.js';

const LONG = 120_000;
const HOUR = 3_600_000;
const HEADING = 'prisonNumber,prisonId,location,since\n';
const program = programOfFile();

const arrival = (prisonNumber: string): string => {
  const occurredAt = new Date(systemClock.now() - 48 * HOUR).toISOString();
  const event = { type: 'PrisonerReceived', prisonNumber, prisonId: 'XYI', occurredAt, data: { reason: 'RECALL' } };
  return `${JSON.stringify(event)}\n`;
};

describe('roll check', () => {
  it(
    'tells where roll and log differ and ends with 1, and corrects where it is asked to and told of when the roll is',
    async () => {
      const env = { DATA_DIR: program.freshFolder() };
      const run = (...args: string[]) => program.run(args, { env });
      await run('import', program.file(arrival('A0001AA') + arrival('A0002AA')));
      const roll = program.file(`${HEADING}A0001AA,XYI,,\nA0009AA,XYI,,\n`);
      const told = await run('roll', 'check', roll);
      expect(told.code).toBe(1);
      expect(told.out).toMatch(/A0009AA +NEVER_HEARD_OF[^]*A0002AA +ONLY_HERE/);
      expect(told.out).toContain('has 2 people. NEVER_HEARD_OF: 1, ONLY_HERE: 1');
      expect(await run('roll', 'check', roll, '--correct')).toMatchObject({
        code: 2,
        err: expect.stringContaining('--as-at') as unknown,
      });
      const asAt = new Date(systemClock.now()).toISOString();
      const corrected = await run('roll', 'check', roll, '--correct', '--as-at', asAt, '--json');
      expect([corrected.code, JSON.parse(corrected.out)]).toMatchObject([1, { corrected: 1, unlike: false }]);
    },
    LONG,
  );

  it('tells what is wrong with a file, with line and column, and looks at nothing', async () => {
    const roll = program.file(`${HEADING}A0001AA,XYI,,\nA0002AA,xyi,,\n`);
    const { code, out, err } = await program.run(['roll', 'check', roll]);
    expect([code, out]).toEqual([1, '']);
    expect(err).toMatch(/:3:9 {2}prisonId: xyi must be a prison id/);
    expect(await program.run(['roll', 'check', '/nowhere/roll.csv'])).toMatchObject({ code: 2 });
  });
});
