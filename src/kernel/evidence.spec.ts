import { describe, expect, it } from '@jest/globals';
import { arrives, session } from '../../test/kernel-kit.js';
import { NEVER } from '../prison/instant.js';
import { cited, duesOf, earliestOf, ENOUGH, firstSaying, latestOf, type Evidence } from './evidence.js';

const node = (op: string, more: Partial<Evidence> = {}): Evidence => ({ op, holds: false, cites: [], ...more });

describe('evidence', () => {
  it('cites each event once, in the order it happened', () => {
    const [arrival, held] = [arrives('2026-01-05 09:00'), session('2026-01-06 10:00')];
    const tree = node('all', {
      cites: [held],
      of: [node('stay', { cites: [arrival] }), node('seen', { cites: [held] })],
    });
    expect(cited(tree)).toEqual([arrival, held]);
    expect(cited(node('all'))).toEqual([]);
  });

  it('says what it knows at the top first, then in what holds, then in the rest', () => {
    const tree = node('all', {
      of: [
        node('a', { due: 1 }),
        node('b', { holds: true, of: [node('c', { due: 2 })] }),
        node('d', { holds: true, due: 3 }),
      ],
    });
    const says = ({ due }: Evidence): boolean => due !== undefined;
    expect(firstSaying(tree, says)?.due).toBe(2);
    expect(firstSaying({ ...tree, due: 4 }, says)?.due).toBe(4);
    expect(firstSaying(tree, ({ due = 0 }) => due === 1)?.op).toBe('a');
    expect(firstSaying(tree, ({ op }) => op === 'e')).toBeUndefined();
  });

  it('says when something falls due, and what the record says only where that is another instant', () => {
    expect(duesOf(1, 1)).toEqual({ due: 1 });
    expect(duesOf(2, 1)).toEqual({ due: 2, dueOnRecord: 1 });
    expect(duesOf(NEVER, 1)).toEqual({ dueOnRecord: 1 });
    expect(duesOf(NEVER, NEVER)).toEqual({});
    expect(duesOf(1, NEVER)).toEqual({ due: 1 });
  });

  it('of many events cites a hundred: the latest that are counted, the first that wait', () => {
    const many = Array.from({ length: ENOUGH + 1 }, (_, n) => ({ ...session('2026-01-06 10:00'), id: String(n) }));
    expect(latestOf(many)).toEqual(many.slice(1));
    expect(earliestOf(many)).toEqual(many.slice(0, ENOUGH));
    const enough = many.slice(1);
    expect([latestOf(enough), earliestOf(enough)]).toEqual([enough, enough]);
  });
});
