import { describe, expect, it } from '@jest/globals';
import type { Occurrence } from '../../kernel/occurrence.js';
import { spellsOf } from './spells.js';

const at = (day: number): number => Date.parse('2026-01-01T09:00:00Z') + day * 86_400_000;
let order = 0;
const event = (day: number, type: string, data: object = {}): Occurrence =>
  ({ id: `e${++order}`, type, prisonId: 'XYI', prisonNumber: 'A1234BC', at: at(day), data }) as unknown as Occurrence;
describe('spells', () => {
  it('run from the first start to the end, whatever starts again in between', () => {
    const events = [event(1, 'AcctOpened'), event(2, 'AcctOpened'), event(9, 'AcctClosed'), event(10, 'AcctClosed')];
    expect(spellsOf(events)).toEqual([{ topic: 'ACCT', what: 'ACCT open', from: at(1), until: at(9) }]);
  });

  it('of segregation end with the stay; an ACCT and Basic go with the person', () => {
    const events = [
      event(0, 'PrisonerReceived', { reason: 'NEW_ADMISSION' }),
      event(1, 'AcctOpened'),
      event(2, 'SegregationStarted'),
      event(3, 'IncentiveLevelChanged', { from: 'STANDARD', to: 'BASIC' }),
      event(5, 'PrisonerReleased', { reason: 'TRANSFERRED' }),
      event(6, 'PrisonerReceived', { reason: 'TRANSFERRED' }),
    ];
    expect(spellsOf(events).map(({ what, until }) => [what, until])).toEqual([
      ['ACCT open', undefined],
      ['segregated', at(5)],
      ['on Basic', undefined],
    ]);
  });

  it('of Basic end with a move to another level, and only then', () => {
    const level = (day: number, from: string, to: string) => event(day, 'IncentiveLevelChanged', { from, to });
    const events = [level(1, 'STANDARD', 'BASIC'), level(2, 'BASIC', 'BASIC'), level(8, 'BASIC', 'STANDARD')];
    expect(spellsOf(events)).toMatchObject([{ what: 'on Basic', from: at(1), until: at(8) }]);
  });

  it('of an open ACCT end with the custody, when the person left', () => {
    const events = [
      event(0, 'PrisonerReceived', { reason: 'NEW_ADMISSION' }),
      event(1, 'AcctOpened'),
      event(5, 'PrisonerReleased', { reason: 'RELEASED' }),
      event(40, 'PrisonerReceived', { reason: 'RECALL' }),
    ];
    expect(spellsOf(events)).toEqual([{ topic: 'ACCT', what: 'ACCT open', from: at(1), until: at(5) }]);
  });

  it('are seen by what shows them, where nobody says so: a move into the unit, the marker of an ACCT', () => {
    const events = [
      event(0, 'PrisonerReceived', { reason: 'NEW_ADMISSION' }),
      event(1, 'CellMoved', { segregationUnit: true }),
      event(2, 'RiskMarkerAdded', { code: 'HA' }),
      event(4, 'CellMoved', { segregationUnit: false }),
      event(9, 'RiskMarkerRemoved', { code: 'HA' }),
    ];
    expect(spellsOf(events)).toEqual([
      { topic: 'ACCT', what: 'ACCT open', from: at(2), until: at(9) },
      { topic: 'segregation', what: 'segregated', from: at(1), until: at(4) },
    ]);
  });
});
