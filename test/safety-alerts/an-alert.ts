import type { AlertSummary } from '../../src/safety-alerts/list/alert-summary.js';
import { at } from './given.js';

/** An alert as lists have it, raised at 01:00 of the day of the stories unless said otherwise. */
export const anAlert = (more: Partial<AlertSummary> = {}): AlertSummary => ({
  id: 'id-1',
  rule: 'KW-01',
  ruleVersion: 1,
  prisonNumber: 'A0019AA',
  prisonId: 'XYI',
  state: 'OPEN',
  severity: 'LOW',
  reason: 'No session in seven days.',
  raisedAt: at(1),
  listedAt: at(1),
  changedAt: at(1),
  repeats: 0,
  position: '1',
  revision: 0,
  ...more,
});
