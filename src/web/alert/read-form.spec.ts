import { describe, expect, it } from '@jest/globals';
import { InvalidAction } from '../../safety-alerts/alert/errors.js';
import type { ActionName, Sent } from './forms.js';
import { faultsIn, readForm } from './read-form.js';

const ME = 'RLARK_GEN';

/** What the page says is wrong with a form. */
const faults = async (action: ActionName, sent: Sent): Promise<{ field: string; text: string }[]> => {
  try {
    await readForm[action](sent, ME);
    return [];
  } catch (error) {
    if (!(error instanceof InvalidAction)) throw error;
    return faultsIn(action, sent, error.errors);
  }
};

describe('the forms of an alert', () => {
  it('send what was typed, and what was to be seen of the alert', async () => {
    expect(await readForm.acknowledge({ seen: '3', note: '  ' })).toEqual({ seenRevision: 3 });
    expect(await readForm.assign({ seen: '3', whom: 'me', user: 'OTHER' }, ME)).toEqual({ to: ME, seenRevision: 3 });
    expect(await readForm.assign({ whom: 'somebody', user: ' AMARKE_GEN ' }, ME)).toEqual({ to: 'AMARKE_GEN' });
    expect(await readForm.assign({ whom: 'nobody' }, ME)).toEqual({ to: null });
    expect(await readForm.resolve({ seen: '0', reasonCode: 'DUPLICATE', useful: 'no' })).toEqual({
      ...{ reasonCode: 'DUPLICATE', useful: 'no', seenRevision: 0 },
    });
  });

  it('let a note through whatever has happened since', async () => {
    expect(await readForm.note({ seen: '3', note: 'Spoke to the wing.' })).toEqual({ note: 'Spoke to the wing.' });
  });

  it.each([
    ['27', '11', '2026', '2026-11-27T07:00:00.000Z'],
    ['1', '7', '2026', '2026-07-01T06:00:00.000Z'],
  ])(
    'snooze until the morning of %s %s %s, by the clock on the wall of the prison',
    async (day, month, year, until) => {
      const sent = { length: 'date', day, month, year, reasonCode: 'SESSION_PLANNED' };
      expect(await readForm.snooze(sent)).toEqual({ until, reasonCode: 'SESSION_PLANNED' });
    },
  );

  it('snooze until it gets worse', async () => {
    const sent = { length: 'worse', day: '1', reasonCode: 'SEEN_TODAY' };
    expect(await readForm.snooze(sent)).toEqual({ untilWorse: true, reasonCode: 'SEEN_TODAY' });
  });

  it.each<[ActionName, Sent, string, RegExp]>([
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
    ['resolve', { reasonCode: 'DUPLICATE', useful: 'maybe' }, 'useful', /yes or no/],
  ])('%s: %j is told at %s', async (action, sent, field, text) => {
    expect(await faults(action, sent)).toEqual([{ field, text: expect.stringMatching(text) as unknown }]);
  });
});
