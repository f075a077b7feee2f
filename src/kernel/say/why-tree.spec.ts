import { describe, expect, it } from '@jest/globals';
import { arrives, given, happens, session } from '../../../test/kernel-kit.js';
import { whyTree } from './why-tree.js';

describe('a why tree', () => {
  it('survives being stored as JSON, with instants in UTC and events by their id', () => {
    const told = given('all: [acct-open, { heldFor: { condition: acct-open, for: P2D } }]').when(
      arrives('2026-06-01 09:00'),
      happens('AcctOpened', '2026-06-10 10:00'),
    );
    const tree = whyTree(told.explain('2026-06-13 00:00'));
    expect(JSON.parse(JSON.stringify(tree))).toEqual({
      op: 'all',
      holds: true,
      cites: [],
      of: [
        { op: 'during', holds: true, since: '2026-06-10T09:00:00.000Z', cites: ['AcctOpened 2026-06-10 10:00'] },
        {
          op: 'heldFor',
          holds: true,
          due: '2026-06-12T23:00:00.000Z',
          cites: [],
          of: [
            { op: 'during', holds: true, since: '2026-06-10T09:00:00.000Z', cites: ['AcctOpened 2026-06-10 10:00'] },
          ],
        },
      ],
    });
  });

  it('says how many were counted, where something was', () => {
    const told = given('countWithin: { event: session, atLeast: 2, window: P7D }').when(
      arrives('2026-06-01 09:00'),
      session('2026-06-02 09:00'),
      session('2026-06-03 09:00'),
    );
    expect(whyTree(told.explain('2026-06-04 00:00'))).toMatchObject({ op: 'countWithin', count: 2 });
    expect(whyTree(given('stay').when(arrives('2026-06-01 09:00')).explain('2026-06-04 00:00'))).not.toHaveProperty(
      'count',
    );
  });

  it('leaves out a due instant that does not come', () => {
    const told = given('heldFor: { condition: acct-open, for: P2D }').when(arrives('2026-06-01 09:00'));
    expect(whyTree(told.explain('2026-06-13 00:00'))).not.toHaveProperty('due');
  });
});
