import { type Role, ROLES } from '../../src/access/roles.js';
import type { Subject } from '../access/matrix.js';

/** One route of a page: who may use it, how a browser asks, and what it answers to those who may. */
export interface PageLine {
  readonly needs: readonly Role[];
  readonly ask: (about: Subject) => { readonly path: string; readonly form?: Readonly<Record<string, string>> };
  /** About somebody in a prison of theirs, and in none of theirs; several where that is up to the machine. */
  readonly answers: readonly [own: number | readonly number[], other: number];
}

const READ: readonly Role[] = ['ROLE_CUSTODY_WATCH__ALERTS__RO', 'ROLE_CUSTODY_WATCH__ALERTS__RW'];
const WORK: readonly Role[] = ['ROLE_CUSTODY_WATCH__ALERTS__RW'];
const FIND: readonly Role[] = [...READ, 'ROLE_CUSTODY_WATCH__HISTORY__RO'];

const HISTORY: readonly Role[] = ['ROLE_CUSTODY_WATCH__HISTORY__RO'];
const SEE: readonly Role[] = [...HISTORY, ...READ];
const ADMIN: readonly Role[] = ['ROLE_CUSTODY_WATCH__ADMIN__RW'];
const FIGURES: readonly Role[] = ['ROLE_CUSTODY_WATCH__OVERSIGHT__RO'];

const page = (needs: readonly Role[], path: string, status = 200): PageLine => ({
  needs,
  ask: () => ({ path }),
  answers: [status, status],
});

const action = (name: string, form: Readonly<Record<string, string>> = {}): PageLine => ({
  needs: WORK,
  ask: ({ id }) => ({ path: `/alerts/${id}/${name}`, form }),
  answers: [303, 404],
});

const ofPerson = (needs: readonly Role[], path: string): PageLine => ({
  needs,
  ask: ({ prisonNumber }) => ({ path: `/prisoners/${prisonNumber}${path}` }),
  answers: [200, 404],
});

/** Every route of a page, in the order in which they are asked. A new one without a line fails. */
export const PAGE_MATRIX: Readonly<Record<string, PageLine>> = {
  'GET /': page(ROLES, '/'),
  'GET /alerts': page(READ, '/alerts?view=open'),
  'GET /alerts.csv': page(READ, '/alerts.csv?view=open'),
  'GET /alerts/confirm': page(WORK, '/alerts/confirm', 303),
  'GET /alerts/bulk': page(WORK, '/alerts/bulk', 303),
  'POST /alerts/confirm': {
    needs: WORK,
    ask: ({ id }) => ({ path: '/alerts/confirm', form: { action: 'assign', alert: id } }),
    answers: [200, 303],
  },
  'POST /alerts/bulk': {
    needs: WORK,
    ask: ({ id }) => ({ path: '/alerts/bulk', form: { action: 'assign', alert: id, whom: 'me', requestId: id } }),
    answers: [200, 303],
  },
  'GET /alerts/:id': { needs: READ, ask: ({ id }) => ({ path: `/alerts/${id}` }), answers: [200, 404] },
  'POST /alerts/:id/acknowledge': action('acknowledge'),
  'POST /alerts/:id/assign': action('assign', { whom: 'me' }),
  'POST /alerts/:id/note': action('note', { note: 'Seen on the wing.' }),
  'POST /alerts/:id/snooze': action('snooze', { length: 'worse', reasonCode: 'SEEN_TODAY' }),
  // Last among the actions, because it closes.
  'POST /alerts/:id/resolve': action('resolve', {
    reasonCode: 'NOT_APPLICABLE',
    note: 'Seen on the wing.',
    confirmStillTrue: 'true',
  }),
  'POST /alerts/:id/reopen': action('reopen', {}),
  'POST /search': {
    needs: FIND,
    // The name of both, so that the next line shows who of them is found.
    ask: () => ({ path: '/search', form: { search: 'Ash' } }),
    answers: [303, 303],
  },
  'GET /search': page(FIND, '/search'),
  'GET /pages/rules': page(ROLES, '/rules'),
  'GET /pages/rules/by-source': page(ROLES, '/rules/by-source'),
  'GET /pages/rules/:id': page(ROLES, '/rules/KW-01'),
  'GET /pages/prisons': page(ROLES, '/prisons'),
  'GET /pages/prisons/:prisonId/watched': {
    needs: ROLES,
    ask: ({ prisonId }) => ({ path: `/prisons/${prisonId}/watched` }),
    answers: [200, 404],
  },
  'GET /help': page(ROLES, '/help'),
  'GET /help/glossary': page(ROLES, '/help/glossary'),
  'GET /accessibility-statement': page(ROLES, '/accessibility-statement'),
  'GET /location': page(ROLES, '/location'),
  'POST /location': {
    needs: ROLES,
    ask: () => ({ path: '/location', form: { location: 'XYI' } }),
    answers: [303, 303],
  },
  'GET /pending': page(SEE, '/pending'),
  'GET /roll': page(ADMIN, '/roll'),
  'GET /parked': page(ADMIN, '/parked'),
  // Nothing is set aside.
  'POST /parked/drop': {
    needs: ADMIN,
    ask: () => ({ path: '/parked/drop', form: { position: '1', because: 'DAMAGED' } }),
    answers: [404, 404],
  },
  'POST /parked/retry': { needs: ADMIN, ask: () => ({ path: '/parked/retry', form: {} }), answers: [200, 200] },
  'GET /prisoners/:prisonNumber': ofPerson(SEE, ''),
  'GET /prisoners/:prisonNumber/key-work.csv': ofPerson(HISTORY, '/key-work.csv'),
  'GET /prisoners/:prisonNumber/events': ofPerson(HISTORY, '/events'),
  'GET /prisoners/:prisonNumber/events.csv': ofPerson(HISTORY, '/events.csv'),
  'GET /prisoners/:prisonNumber/review-pack': ofPerson(HISTORY, '/review-pack'),
  'GET /prisoners/:prisonNumber/review-pack.pdf': {
    ...ofPerson(HISTORY, '/review-pack.pdf'),
    // Where Chromium cannot print it, back to the page, which says so.
    answers: [[200, 303], 404],
  },
  'POST /prisoners/:prisonNumber/review-pack/print': {
    needs: HISTORY,
    ask: ({ prisonNumber }) => ({ path: `/prisoners/${prisonNumber}/review-pack/print`, form: {} }),
    answers: [303, 404],
  },
  'GET /handover': page(READ, '/handover?prisonId=XYI'),
  'GET /handover/print': page(READ, '/handover/print?prisonId=XYI'),
  'GET /handover/history': page(READ, '/handover/history?prisonId=XYI'),
  'POST /handover/:prisonId': {
    needs: WORK,
    ask: ({ id, prisonId }) => ({
      path: `/handover/${prisonId}`,
      form: { note: 'All quiet.', requestId: id, since: '2026-01-01T00:00:00.000Z' },
    }),
    answers: [303, 404],
  },
  'POST /handover/:prisonId/:number/sign': {
    needs: WORK,
    ask: ({ prisonId }) => ({ path: `/handover/${prisonId}/1/sign`, form: {} }),
    // Whoever wrote it does not sign it.
    answers: [409, 404],
  },
  'GET /oversight': page(FIGURES, '/oversight'),
  'GET /oversight.csv': page(FIGURES, '/oversight.csv'),
};
