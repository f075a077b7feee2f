import { describe, expect, it } from '@jest/globals';
import { readOrFail } from '../../test/any-custody-event.js';
import type { Json } from '../store/event-store.js';

const idOf = (more: Json): string =>
  readOrFail({
    type: 'CellularConfinementAwarded',
    prisonNumber: 'A1234BC',
    prisonId: 'XYI',
    occurredAt: '2026-06-01T10:00:00+01:00',
    data: { chargeNumber: 'XYI-1', days: 5, suspended: false },
    ...more,
  }).id;

describe('the id of an event that came without one', () => {
  it('is the same for the same content, however it is written', () => {
    expect(idOf({ occurredAt: '2026-06-01T09:00:00Z', prisonNumber: 'a 1234 bc' })).toBe(idOf({}));
    expect(idOf({ data: { suspended: false, days: 5, chargeNumber: 'XYI-1' } })).toBe(idOf({}));
    expect(idOf({ recordedAt: '2026-06-05T10:00:00+01:00', recordedBy: 'AMARKE_GEN' })).toBe(idOf({}));
  });

  it('never changes from one version of this program to the next', () => {
    expect(idOf({})).toBe('4b29a14c-1758-5796-bec0-3a47397ed3d8');
  });

  it.each<Json>([
    { prisonNumber: 'A1234BD' },
    { prisonId: 'QRI' },
    { occurredAt: '2026-06-01T10:00:01+01:00' },
    { source: { system: 'nomis', id: '1' } },
    { source: { system: 'nomis' } },
    { data: { chargeNumber: 'XYI-2', days: 5, suspended: false } },
    { data: { chargeNumber: 'XYI-1', days: 6, suspended: false } },
  ])('is another with %j', (more) => {
    expect(idOf(more)).not.toBe(idOf({}));
  });

  it('is that of the record where a source tells one, whatever else was looked up meanwhile', () => {
    const told = (more: Json = {}): string => idOf({ source: { system: 'nomis', id: '1' }, ...more });
    expect(told()).toBe('3ec15b54-4bd7-5b5c-9aa8-8d833f618394');
    expect(told({ prisonId: 'QRI' })).toBe(told());
    expect(told({ occurredAt: '2026-06-02T10:00:00+01:00' })).toBe(told());
    expect(told({ data: { chargeNumber: 'XYI-9', days: 6, suspended: true } })).toBe(told());
  });

  it.each<Json>([
    { prisonNumber: 'A1234BD' },
    { source: { system: 'other', id: '1' } },
    { source: { system: 'nomis', id: '2' } },
    { source: { system: 'nomis', id: '1', revision: 1 } },
    { type: 'CellularConfinementActivated', data: { chargeNumber: 'XYI-1', days: 5 } },
  ])('is another than that of a record with %j', (more) => {
    const source = { system: 'nomis', id: '1' };
    expect(idOf({ source, ...more })).not.toBe(idOf({ source }));
  });

  it('does not depend on free text or on who the person is', () => {
    const reported = (offence: string) => idOf({ type: 'AdjudicationReported', data: { chargeNumber: '1', offence } });
    expect(reported('disorder')).toBe(reported('fighting with another prisoner'));
    const allocated = (reason: string) => idOf({ type: 'KeyWorkerAllocated', data: { staffId: '1001', reason } });
    expect(allocated('manual')).toBe(allocated('by hand'));
    const received = (dateOfBirth: string) =>
      idOf({ type: 'PrisonerReceived', data: { reason: 'RECALL', dateOfBirth } });
    expect(received('1990-01-01')).toBe(received('1991-01-01'));
  });
});
