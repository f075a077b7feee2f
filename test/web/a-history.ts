import type { KeyWorkerHistory } from '../../src/key-work/history/key-worker-history.js';

/** Five weeks in which nothing is recorded but an arrival, with what a test adds. */
export const aHistory = (more: Partial<KeyWorkerHistory> = {}): KeyWorkerHistory => ({
  prisonNumber: 'A1234BC',
  formerNumbers: [],
  prisonId: 'XYI',
  from: '2026-10-05',
  to: '2026-11-08',
  preparedAt: '2026-11-08T09:00:00.000Z',
  position: '12',
  legalStatus: { status: 'REMAND', since: '2026-10-05T14:30:00.000Z' },
  stays: [{ prisonId: 'XYI', arrived: true, since: '2026-10-05T14:00:00.000Z', until: null }],
  keyWorkers: [],
  summary: {
    minutes: 0,
    minutesExpected: 225,
    minutesAWeekExpected: 45,
    expectedEveryDays: 7,
    daysToBeSeen: 35,
    daysInPeriod: 35,
    sessionsHeld: 0,
    sessionsMissed: 0,
    missedByReason: {},
    sessionsWithoutMinutes: 0,
    longestGap: null,
    gapsOverAWeek: [],
    lastSession: null,
    daysSinceLastSession: null,
  },
  sessions: [],
  missed: [],
  entries: [],
  meanwhile: [],
  spells: [],
  safetyAlerts: [],
  withdrawn: [],
  notKnown: [],
  ...more,
});

/** Something that happened. */
export const meanwhile = (
  topic: KeyWorkerHistory['meanwhile'][number]['topic'],
  type: KeyWorkerHistory['meanwhile'][number]['type'],
  occurredAt: string,
  more: Partial<KeyWorkerHistory['meanwhile'][number]> = {},
): KeyWorkerHistory['meanwhile'][number] => ({
  topic,
  type,
  what: 'reported charge',
  id: `${type} ${occurredAt}`,
  prisonId: 'XYI',
  occurredAt,
  recordedAt: occurredAt,
  quashed: false,
  data: {},
  ...more,
});
