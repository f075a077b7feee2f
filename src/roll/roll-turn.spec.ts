import { describe, expect, it } from '@jest/globals';
import { InMemoryEventStore } from '../../test/in-memory-event-store.js';
import { countedByKind, rollStream, toStored } from './roll-checked.js';
import { RollChecks } from './roll-checks.js';
import { takeTurn } from './roll-turn.js';

const MINUTE = 60_000;
const NOW = Date.parse('2026-12-05T05:00:00Z');
const [SINCE, PATIENCE] = [NOW, 10 * MINUTE];
const terms = (minutes: number) => ({
  by: 'custody-watch',
  now: NOW + minutes * MINUTE,
  since: SINCE,
  patience: PATIENCE,
});
const log = () => ({ store: new InMemoryEventStore(), prefix: 'cw_' });
const checkedBy = (by: string) => {
  const at = new Date(NOW + MINUTE).toISOString();
  const found = { differences: countedByKind([]), unlike: false, corrected: 0, findings: [] };
  return toStored('00000000-0000-4000-8000-000000000001', {
    prisonId: 'XYI',
    asAt: at,
    checkedAt: at,
    by,
    people: 1,
    ...found,
  });
};

describe('the turn to check a roll', () => {
  it('is one instance’s of all that ask at once', async () => {
    const one = log();
    const turns = await Promise.all([0, 0, 0].map(() => takeTurn(one, 'XYI', terms(0))));
    expect(turns.sort()).toEqual(['mine', 'theirs', 'theirs']);
    expect(await takeTurn(one, 'XYM', terms(0))).toBe('mine');
  });

  it('is another’s where whoever began has not checked for so long', async () => {
    const one = log();
    await takeTurn(one, 'XYI', terms(0));
    expect(await takeTurn(one, 'XYI', terms(9))).toBe('theirs');
    expect(await takeTurn(one, 'XYI', terms(10))).toBe('mine');
  });

  it('is nobody’s once the roll of the night was checked; a check by somebody is another matter', async () => {
    const one = log();
    await one.store.append(rollStream('cw_', 'XYI'), 'no-stream', [checkedBy('ASMITH_GEN')]);
    expect(await takeTurn(one, 'XYI', terms(2))).toBe('mine');
    const other = log();
    await other.store.append(rollStream('cw_', 'XYI'), 'no-stream', [checkedBy('custody-watch')]);
    expect(await takeTurn(other, 'XYI', terms(2))).toBe('done');
  });
  it('taken all day for a roll that cannot be had, leaves the last check to be found', async () => {
    const one = log();
    const nothing = undefined as never;
    const checks = new RollChecks(nothing, nothing, nothing, one.store, one.prefix, nothing);
    await one.store.append(rollStream('cw_', 'XYI'), 'no-stream', [checkedBy('custody-watch')]);
    for (let nth = 1; nth <= 24; nth++)
      expect(await checks.turn('XYI', { ...terms(nth * 10), since: NOW + 10 * MINUTE })).toBe('mine');
    expect(await checks.last('XYI')).toMatchObject({ by: 'custody-watch' });
  });
});
