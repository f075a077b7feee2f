import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { checkEvidence } from './check-evidence.js';
import { replay } from '../../src/kernel/replay.js';
import { arrives, at, goesToCourt, happens } from '../kernel-kit.js';
import { days, runs, type History } from './arbitraries.js';
import { peopleInPrison } from './arbitrary-custody-events.js';
import { catalogueOfAllTimes } from './catalogue.js';
import { planned } from './told.js';

const rules = catalogueOfAllTimes();
const rulebook = planned(rules);

/** The same story of somebody who was seen to arrive. */
const arriving = ({ history, until }: History): History => {
  const at = Math.min(...history.map((event) => event.at)) - 3_600_000;
  const data = { reason: 'NEW_ADMISSION' };
  const arrival = { id: 'arrival', type: 'PrisonerReceived', at, recordedAt: at, prisonId: 'XYI', data };
  return { history: [arrival, ...history], until };
};

const expectReasonEnough = ({ history, until }: History): void => {
  for (const transition of replay(rulebook, days, history, until)) {
    if (!['raised', 'escalated'].includes(transition.transition)) continue;
    const known = history.filter(({ at, recordedAt }) => Math.max(at, recordedAt) <= transition.at);
    expect([transition.rule.id, checkEvidence(transition, known, rules, days)]).toEqual([transition.rule.id, true]);
  }
};

describe('the events that an alert cites', () => {
  it('are reason enough for it, with the movements alone', () => {
    fc.assert(
      fc.property(peopleInPrison.map(arriving), (story) => {
        expectReasonEnough(story);
      }),
      { numRuns: runs(3_000, 300) },
    );
  }, 300_000);

  it('are reason enough where somebody said that it is segregation, and a move out of the unit ended an absence', () => {
    const history = [
      arrives('2026-03-24 23:00'),
      goesToCourt('2026-03-25 00:00'),
      happens('CellMoved', '2026-03-25 00:00', { segregationUnit: true }),
      happens('SegregationStarted', '2026-03-25 00:00'),
      happens('CellMoved', '2026-03-25 02:00', { segregationUnit: false }),
    ];
    expectReasonEnough({ history, until: at('2026-03-26 00:00') });
  });
});
