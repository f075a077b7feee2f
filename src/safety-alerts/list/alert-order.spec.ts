import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { anAlert } from '../../../test/safety-alerts/an-alert.js';
import { firstInOrder, orderOf, SORT_FIELDS } from './alert-order.js';
import { ALERT_STATES } from './alert-summary.js';
import { SEVERITIES } from '../../prison/severity.js';

const anyAlerts = fc
  .array(
    fc.record({
      severity: fc.constantFrom(...SEVERITIES),
      state: fc.constantFrom(...ALERT_STATES),
      prisonId: fc.constantFrom('XYI', 'XYM'),
      raisedAt: fc.constantFrom('2026-11-20T01:00:00.000Z', '2026-11-20T02:00:00.000Z', '2026-11-20T03:00:00.000Z'),
    }),
    { maxLength: 60 },
  )
  .map((all) => all.map((members, n) => anAlert({ ...members, id: `id-${String((n * 37) % 61).padStart(2, '0')}` })));
const anySort = fc
  .tuple(fc.constantFrom(...SORT_FIELDS), fc.constantFrom('asc', 'desc'))
  .map(([field, direction]) => orderOf(`${field},${direction}`));

describe('the first alerts of a list', () => {
  it('are those that come first when all are sorted', () => {
    fc.assert(
      fc.property(anyAlerts, anySort, fc.integer({ min: 1, max: 20 }), (alerts, order, count) => {
        const all = firstInOrder([...alerts], order, Infinity).slice(0, count);
        expect(firstInOrder([...alerts], order, count)).toEqual(all);
      }),
    );
  });

  it('are the worst, and of those the oldest', () => {
    const alerts = [
      anAlert({ id: 'young', severity: 'HIGH', raisedAt: '2026-11-20T03:00:00.000Z' }),
      anAlert({ id: 'mild', severity: 'LOW', raisedAt: '2026-11-20T01:00:00.000Z' }),
      anAlert({ id: 'old', severity: 'HIGH', raisedAt: '2026-11-20T02:00:00.000Z' }),
    ];
    expect(firstInOrder(alerts, orderOf('severity,desc'), 3).map(({ id }) => id)).toEqual(['old', 'young', 'mild']);
  });
});
