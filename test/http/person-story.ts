/** Seven weeks of somebody whose key worker changed, and who was hardly seen. */

interface Sent {
  readonly id?: string;
  readonly data?: object;
}

const event = (type: string, occurredAt: string, { data = {}, ...more }: Sent = {}) => ({
  type,
  prisonNumber: 'A1234BC',
  prisonId: 'XYI',
  occurredAt,
  data,
  ...more,
});

const WRONG_PERSON = '00000000-0000-4000-8000-00000000000a';
const staff = (staffId: string, more: object = {}) => ({ data: { staffId, ...more } });

export const PERSON_STORY = [
  event('PersonDetailsChanged', '2026-10-04T15:00:00+01:00', { data: { firstName: 'John', lastName: 'Smith' } }),
  event('PrisonerReceived', '2026-10-04T15:00:00+01:00', { data: { reason: 'NEW_ADMISSION' } }),
  event('AcctOpened', '2026-10-05T09:00:00+01:00', { data: { concern: '<b>Quiet</b>' } }),
  event('KeyWorkerAllocated', '2026-10-06T09:00:00+01:00', staff('1001')),
  event('KeyWorkerSessionHeld', '2026-10-10T10:00:00+01:00', staff('1001', { minutes: 45 })),
  event('KeyWorkerSessionHeld', '2026-10-14T10:00:00+01:00', { ...staff('1001'), id: WRONG_PERSON }),
  event('KeyWorkerSessionMissed', '2026-10-17T10:00:00+01:00', { data: { reason: 'DECLINED' } }),
  event('AdjudicationReported', '2026-10-20T11:00:00+01:00', { data: { chargeNumber: 'XYI-1', offence: '=cmd|x' } }),
  event('AdjudicationQuashed', '2026-11-02T11:00:00+00:00', { data: { chargeNumber: 'XYI-1' } }),
  event('KeyWorkerSessionHeld', '2026-11-10T10:00:00+00:00', staff('1001')),
  event('EventWithdrawn', '2026-11-11T10:00:00+00:00', { data: { withdraws: WRONG_PERSON, reason: 'Somebody else.' } }),
];
