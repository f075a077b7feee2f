import { describe, expect, it } from '@jest/globals';
import { reasonLine } from './reason-line.js';

const NAMES: Readonly<Record<string, string>> = { '9030': 'Redstart, Officer', 'a.redstart': 'Redstart, Alex' };
const alert = (reason: string, state: 'OPEN' | 'RESOLVED' = 'OPEN', stillTrue?: true) =>
  reasonLine({ reason, state, ...(stillTrue && { stillTrue }) }, (staffId) => NAMES[staffId]);

describe('what an alert says on pages', () => {
  it('names the key worker who is to act', () => {
    expect(alert('None since 3 May 2026. To act: key worker 9030, key work manager.')).toBe(
      'None since 3 May 2026. To act: key worker Redstart, Officer (9030), key work manager.',
    );
    expect(alert('None. To act: key work manager, key worker 9030.')).toBe(
      'None. To act: key work manager, key worker Redstart, Officer (9030).',
    );
  });

  it('keeps the staff id where no name is known, and what it says where nobody is allocated', () => {
    const said = ['None. To act: key worker 1001.', 'None. To act: key worker (none is allocated), key work manager.'];
    expect(said.map((reason) => alert(reason))).toEqual(said);
  });

  it('knows a staff id with a full stop in it', () => {
    const reason = 'None since 3 May 2026. To act: key worker a.redstart, key work manager.';
    expect(alert(reason)).toBe(
      'None since 3 May 2026. To act: key worker Redstart, Alex (a.redstart), key work manager.',
    );
    expect(alert('None. To act: key worker a.redstart.')).toBe('None. To act: key worker Redstart, Alex (a.redstart).');
    expect(alert(reason, 'RESOLVED')).toBe('None since 3 May 2026.');
  });

  it('tells nobody to act once it is closed, unless it is still true', () => {
    const reason = 'No key worker session is recorded. To act: key work manager.';
    expect(alert(reason, 'RESOLVED')).toBe('No key worker session is recorded.');
    expect(alert(reason, 'RESOLVED', true)).toBe(reason);
  });
});
