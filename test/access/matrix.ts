import { type Role, ROLES } from '../../src/access/roles.js';
import type { AlertSummary } from '../../src/safety-alerts/list/alert-summary.js';

/** What is asked for: an alert, and with it the person and prison that it is about. */
export type Subject = Pick<AlertSummary, 'id' | 'prisonNumber' | 'prisonId'>;

/** How a caller of one prison stands to what is asked for. */
export type Standing =
  /** Held by the caller's prison. */
  | 'own'
  /** Never was there. */
  | 'other'
  /** Was there, and what is asked for is closed and bears that prison. */
  | 'former'
  /** Was there, and what is asked for came later. */
  | 'later';

/** One route: who may use it, how it is asked, and what is answered to those who may. */
export interface Line {
  readonly needs: readonly Role[] | 'open to all';
  readonly ask: (about: Subject) => { readonly path: string; readonly body?: object };
  readonly answers: Readonly<Record<Standing, number | 'not shown'>>;
  /** For lists: whether the answer shows what was asked for. */
  readonly shows?: (body: unknown, about: Subject) => boolean;
}

const READ_ALERTS: readonly Role[] = ['ROLE_CUSTODY_WATCH__ALERTS__RO', 'ROLE_CUSTODY_WATCH__ALERTS__RW'];
const WORK_ALERTS: readonly Role[] = ['ROLE_CUSTODY_WATCH__ALERTS__RW'];
const TELLING = '3f0c6a52-8f55-4c0e-9d6b-0a7a3a3c9f10';
const everywhere = (status: number) => ({ own: status, other: status, former: status, later: status });

const open = (path: string): Line => ({
  needs: 'open to all',
  ask: () => ({ path }),
  // Readiness and health may be DOWN in the test; that they answer is what counts here.
  answers: everywhere(200),
});

const action = (name: string, body: object): Line => ({
  needs: WORK_ALERTS,
  ask: ({ id }) => ({ path: `/safety-alerts/${id}/${name}`, body }),
  answers: { own: 200, other: 404, former: 409, later: 404 },
});

/** Every route of the OpenAPI document. A new one without a line fails. */
export const MATRIX: Readonly<Record<string, Line>> = {
  'get /safety-alerts': {
    needs: READ_ALERTS,
    ask: ({ prisonNumber }) => ({ path: `/safety-alerts?size=500&prisonNumber=${prisonNumber}` }),
    answers: { own: 200, other: 'not shown', former: 200, later: 'not shown' },
    shows: (body, { id }) => (body as { content: Subject[] }).content.some((alert) => alert.id === id),
  },
  'get /safety-alerts/{id}': {
    needs: READ_ALERTS,
    ask: ({ id }) => ({ path: `/safety-alerts/${id}` }),
    answers: { own: 200, other: 404, former: 200, later: 404 },
  },
  // What it tells to whom is in prisons.spec.ts.
  'get /safety-alerts/stream': {
    needs: READ_ALERTS,
    ask: () => ({ path: '/safety-alerts/stream' }),
    answers: everywhere(200),
  },
  'post /safety-alerts/{id}/acknowledge': action('acknowledge', {}),
  'post /safety-alerts/{id}/assign': action('assign', { to: 'ASMITH_GEN' }),
  'post /safety-alerts/{id}/snooze': action('snooze', { untilWorse: true, reasonCode: 'SEEN_TODAY' }),
  'post /safety-alerts/{id}/note': {
    ...action('note', { note: 'Seen on the wing.' }),
    answers: { own: 200, other: 404, former: 200, later: 404 },
  },
  // Late among the actions, because it closes.
  'post /safety-alerts/{id}/resolve': action('resolve', {
    reasonCode: 'NOT_APPLICABLE',
    note: 'Seen on the wing.',
    confirmStillTrue: true,
  }),
  'post /safety-alerts/{id}/reopen': action('reopen', {}),
  'post /custody-events': {
    needs: ['ROLE_CUSTODY_WATCH__EVENTS__RW'],
    ask: ({ prisonNumber, prisonId }) => ({
      path: '/custody-events',
      body: {
        type: 'ChaplaincyContactHeld',
        prisonNumber,
        prisonId,
        data: {},
        occurredAt: '2026-01-07T10:05:00+00:00',
      },
    }),
    // A former prison may still record what happened there.
    answers: { own: 201, other: 400, former: 201, later: 400 },
  },
  // Who sees what waits is in senders.spec.ts.
  'get /pending-events': {
    needs: [
      'ROLE_CUSTODY_WATCH__EVENTS__RW',
      'ROLE_CUSTODY_WATCH__ALERTS__RO',
      'ROLE_CUSTODY_WATCH__ALERTS__RW',
      'ROLE_CUSTODY_WATCH__HISTORY__RO',
    ],
    ask: ({ prisonNumber }) => ({ path: `/pending-events?prisonNumber=${prisonNumber}` }),
    answers: everywhere(200),
  },
  // About nobody: only the events that come with it are.
  'post /tellings': {
    needs: ['ROLE_CUSTODY_WATCH__EVENTS__RW'],
    ask: () => ({ path: '/tellings', body: { id: TELLING, kind: 'import' } }),
    answers: everywhere(201),
  },
  // For those who send events of all prisons, which nobody here does.
  'get /tellings': {
    needs: ['ROLE_CUSTODY_WATCH__EVENTS__RW'],
    ask: () => ({ path: '/tellings' }),
    answers: everywhere(403),
  },
  'post /tellings/{id}/complete': {
    needs: ['ROLE_CUSTODY_WATCH__EVENTS__RW'],
    ask: () => ({ path: `/tellings/${TELLING}/complete`, body: {} }),
    answers: everywhere(204),
  },
  // Whose end is in session-ends.spec.ts.
  'post /sessions/end': {
    needs: ['ROLE_CUSTODY_WATCH__ADMIN__RW'],
    ask: () => ({ path: '/sessions/end', body: { user: 'NOBODY_GEN' } }),
    answers: everywhere(200),
  },
  'post /prisoners/{prisonNumber}/erasure': {
    needs: ['ROLE_CUSTODY_WATCH__ADMIN__RW'],
    ask: ({ prisonNumber }) => ({
      path: `/prisoners/${prisonNumber}/erasure`,
      body: { reason: 'COURT_ORDER', confirmStillWatched: true },
    }),
    answers: { own: 200, other: 404, former: 404, later: 404 },
  },
  'post /clock/accept': {
    needs: ['ROLE_CUSTODY_WATCH__ADMIN__RW'],
    ask: () => ({ path: '/clock/accept', body: {} }),
    answers: everywhere(200),
  },
  // The clock of the test is of now.
  'post /clock/mend': {
    needs: ['ROLE_CUSTODY_WATCH__ADMIN__RW'],
    ask: () => ({ path: '/clock/mend', body: { time: '2001-01-01T00:00:00Z' } }),
    answers: everywhere(409),
  },
  // Nothing is set aside: parked-events.spec.ts has what is.
  'get /parked-events': {
    needs: ['ROLE_CUSTODY_WATCH__ADMIN__RW'],
    ask: () => ({ path: '/parked-events' }),
    answers: everywhere(200),
  },
  'post /parked-events/drop': {
    needs: ['ROLE_CUSTODY_WATCH__ADMIN__RW'],
    ask: () => ({ path: '/parked-events/drop', body: { position: '1', because: 'DAMAGED' } }),
    answers: everywhere(404),
  },
  'post /parked-events/retry': {
    needs: ['ROLE_CUSTODY_WATCH__ADMIN__RW'],
    ask: () => ({ path: '/parked-events/retry', body: {} }),
    answers: everywhere(200),
  },
  'get /access-records': {
    needs: ['ROLE_CUSTODY_WATCH__ADMIN__RW'],
    ask: ({ prisonNumber }) => ({ path: `/access-records?prisonNumber=${prisonNumber}` }),
    answers: { own: 200, other: 'not shown', former: 'not shown', later: 'not shown' },
    shows: (body) => (body as { content: object[] }).content.length > 0,
  },
  // Who sees which is in security-events.spec.ts.
  'get /security-events': {
    needs: ['ROLE_CUSTODY_WATCH__ADMIN__RW'],
    ask: ({ prisonNumber }) => ({ path: `/security-events?prisonNumber=${prisonNumber}` }),
    answers: everywhere(200),
  },
  'get /subject-access-request': {
    needs: ['ROLE_SAR_DATA_ACCESS'],
    ask: ({ prisonNumber }) => ({ path: `/subject-access-request?prn=${prisonNumber}` }),
    answers: { own: 200, other: 403, former: 403, later: 403 },
  },
  'get /subject-access-request/template': {
    needs: ['ROLE_SAR_DATA_ACCESS'],
    ask: () => ({ path: '/subject-access-request/template' }),
    answers: everywhere(200),
  },
  'get /prisoners/{prisonNumber}/key-worker-history': {
    needs: ['ROLE_CUSTODY_WATCH__HISTORY__RO'],
    ask: ({ prisonNumber }) => ({ path: `/prisoners/${prisonNumber}/key-worker-history` }),
    answers: { own: 200, other: 404, former: 404, later: 404 },
  },
  'get /prisoners/{prisonNumber}/timeline': {
    needs: ['ROLE_CUSTODY_WATCH__HISTORY__RO'],
    ask: ({ prisonNumber }) => ({ path: `/prisoners/${prisonNumber}/timeline` }),
    answers: { own: 200, other: 404, former: 404, later: 404 },
  },
  // What becomes of a roll is in test/http/roll.spec.ts.
  'post /prisons/{prisonId}/roll': {
    needs: ['ROLE_CUSTODY_WATCH__EVENTS__RW'],
    ask: () => ({ path: '/prisons/XYI/roll', body: {} }),
    answers: everywhere(400),
  },
  'get /prisons/{prisonId}/roll': {
    needs: ['ROLE_CUSTODY_WATCH__EVENTS__RW', 'ROLE_CUSTODY_WATCH__ADMIN__RW'],
    ask: () => ({ path: '/prisons/XYI/roll' }),
    answers: everywhere(404),
  },
  // Figures of a prison, with nobody in them.
  'get /prisons/{prisonId}/key-work': {
    needs: ['ROLE_CUSTODY_WATCH__OVERSIGHT__RO'],
    ask: ({ prisonId }) => ({ path: `/prisons/${prisonId}/key-work` }),
    answers: { own: 200, other: 404, former: 200, later: 404 },
  },
  'get /prisons/{prisonId}/watched': {
    needs: ROLES,
    ask: ({ prisonId }) => ({ path: `/prisons/${prisonId}/watched` }),
    answers: { own: 200, other: 404, former: 200, later: 404 },
  },
  'get /rules': { needs: ROLES, ask: () => ({ path: '/rules' }), answers: everywhere(200) },
  'get /rules/by-source': { needs: ROLES, ask: () => ({ path: '/rules/by-source' }), answers: everywhere(200) },
  'get /rules/{id}': { needs: ROLES, ask: () => ({ path: '/rules/KW-01' }), answers: everywhere(200) },
  // The files are as they were.
  'post /rules/reload': {
    needs: ['ROLE_CUSTODY_WATCH__ADMIN__RW'],
    ask: () => ({ path: '/rules/reload', body: {} }),
    answers: everywhere(200),
  },
  'get /metrics': open('/metrics'),
  'get /health': open('/health'),
  'get /health/liveness': open('/health/liveness'),
  'get /health/readiness': open('/health/readiness'),
  'get /ping': open('/ping'),
  'get /info': open('/info'),
};
