import { describe, expect, it } from '@jest/globals';
import { InvalidAction } from '../../safety-alerts/alert/errors.js';
import type { Verb } from '../../safety-alerts/http/actions.js';
import type { SentForm } from './forms.js';
import { faultsIn, readForm } from './read-form.js';

const ME = 'RLARK_GEN';

/** What the page says is wrong with a form. */
const faults = async (verb: Verb, sent: SentForm): Promise<{ field: string; text: string }[]> => {
  try {
    await readForm(verb, sent, ME);
    return [];
  } catch (error) {
    if (!(error instanceof InvalidAction)) throw error;
    return faultsIn(verb, sent, error.errors);
  }
};

describe('the forms of an alert', () => {
  it('send what was typed, and what was to be seen of the alert', async () => {
    const read = (verb: Verb, sent: SentForm) => readForm(verb, sent, ME);
    const seen = { intent: { seenRevision: 3 } };
    expect(await read('acknowledge', { seen: '3', note: '  ' })).toEqual({ request: { type: 'Acknowledge' }, ...seen });
    expect(await read('assign', { seen: '3', whom: 'me', user: 'OTHER' })).toEqual({
      request: { type: 'Assign', to: ME },
      ...seen,
    });
    expect(await read('assign', { whom: 'somebody', user: ' AMARKE_GEN ' })).toEqual({
      request: { type: 'Assign', to: 'AMARKE_GEN' },
      intent: {},
    });
    expect(await read('assign', { whom: 'nobody' })).toMatchObject({ request: { to: null } });
    expect(await read('resolve', { seen: '0', reasonCode: 'DUPLICATE', useful: 'no' })).toEqual({
      request: { type: 'Resolve', reasonCode: 'DUPLICATE', useful: 'no' },
      intent: { seenRevision: 0 },
    });
  });

  it('let a note through whatever has happened since', async () => {
    expect(await readForm('note', { seen: '3', note: 'Spoke to the wing.' }, ME)).toEqual({
      request: { type: 'AddNote', note: 'Spoke to the wing.' },
      intent: {},
    });
  });

  it.each([
    ['27', '11', '2026', '2026-11-27T07:00:00.000Z'],
    ['1', '7', '2026', '2026-07-01T06:00:00.000Z'],
  ])(
    'snooze until the morning of %s %s %s, by the clock on the wall of the prison',
    async (day, month, year, until) => {
      const sent = { length: 'date', day, month, year, reasonCode: 'SESSION_PLANNED' };
      const { request } = await readForm('snooze', sent, ME);
      expect(request).toEqual({ type: 'Snooze', until, reasonCode: 'SESSION_PLANNED' });
    },
  );

  it('snooze until it gets worse', async () => {
    const sent = { length: 'worse', day: '1', reasonCode: 'SEEN_TODAY' };
    const { request } = await readForm('snooze', sent, ME);
    expect(request).toEqual({ type: 'Snooze', until: null, reasonCode: 'SEEN_TODAY' });
  });

  it.each<[Verb, SentForm, string, RegExp]>([
    ['note', { note: ' ' }, 'note', /Enter a note/],
    ['note', { note: 'x'.repeat(4001) }, 'note', /4,000/],
    ['assign', {}, 'to', /Select who/],
    ['assign', { whom: 'somebody', user: 'Ann Marke' }, 'to', /user name/],
    ['snooze', { reasonCode: 'SEEN_TODAY' }, 'until', /how long/],
    ['snooze', { length: 'date', day: '31', month: '2', year: '2027', reasonCode: 'SEEN_TODAY' }, 'until', /date/],
    ['snooze', { length: 'date', day: 'x', month: '', year: '', reasonCode: 'SEEN_TODAY' }, 'until', /date/],
    ['snooze', { length: 'worse' }, 'reasonCode', /reason/],
    ['resolve', {}, 'reasonCode', /reason/],
    ['resolve', { reasonCode: 'OTHER' }, 'note', /other reason/],
    ['resolve', { reasonCode: 'DUPLICATE', useful: 'maybe' }, 'useful', /leave the question unanswered/],
  ])('%s: %j is told at %s', async (verb, sent, field, text) => {
    expect(await faults(verb, sent)).toEqual([{ field, text: expect.stringMatching(text) as unknown }]);
  });
});
