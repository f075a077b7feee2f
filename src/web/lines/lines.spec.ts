import { describe, expect, it } from '@jest/globals';
import { PrisonNames } from '../../prison/prison-names.js';
import type { PersonSummary } from '../../custody/people/person.js';
import { eventLine, sayStep } from './event-line.js';
import { personLine } from './person-line.js';

const nobody = () => undefined;

describe('an event on a page', () => {
  it('is told in words, with each member that it carries', () => {
    const line = eventLine('e1', 'KeyWorkerSessionMissed', { staffId: '1001', reason: 'STAFF_NOT_AVAILABLE' }, nobody);
    expect(line).toEqual({
      id: 'e1',
      what: 'Key worker session for which no staff were available',
      details: [
        { label: 'Staff', text: '1001' },
        { label: 'Reason', text: 'Staff not available' },
      ],
    });
  });

  it.each([
    [{ segregationUnit: true, location: 'SEGUNIT' }, 'Location', 'SEGUNIT'],
    [{ code: 'HA' }, 'Risk marker', 'HA (ACCT open)'],
    [{ kind: 'MOOD' }, 'Kind', 'Mood'],
    [{ noteRef: 'NOTE12345' }, 'Case note', 'NOTE12345'],
    [{ removedPrisonNumber: 'B0002BB' }, 'Number merged into this one', 'B0002BB'],
    [{ topics: ['sleep', 'visits'] }, 'Topics', 'sleep; visits'],
    [{ authorisedUntil: '2026-11-20' }, 'Authorised until', '20 November 2026'],
    [{ authority: 'RULE_45_GOOD_ORDER' }, 'Authority', 'Rule 45, good order'],
    [{ staffId: '1001' }, 'Staff', 'Ann Marke (1001)'],
  ])('says %j', (data, label, text) => {
    const names = (staffId: string) => (staffId === '1001' ? 'Ann Marke' : undefined);
    expect(eventLine('e1', 'CellMoved', data, names).details).toEqual([{ label, text }]);
  });
});

describe('what staff did with a safety alert', () => {
  it.each([
    [{ to: 'NOBODY_KNOWN' }, 'To: NOBODY_KNOWN'],
    [{ to: 'ASMITH_GEN', note: 'SEEN_TODAY' }, 'To: ASMITH_GEN. Note: SEEN_TODAY'],
    [{ until: '2026-11-20T07:00:00Z', prisonId: 'XYI' }, 'Until: 20 November 2026, 07:00. Prison id: XYI'],
    [{ to: null }, ''],
  ])('has user names and words as they were written: %j', (data, line) => {
    expect(sayStep(data)).toBe(line);
  });
});

const names = new PrisonNames(() => [{ prisonId: 'XYI', name: 'Example Hill', region: 'Wessex' }]);
const knowing = (person: PersonSummary | undefined) => ({ person: () => person, prisonName: names.of });

describe('somebody in a list', () => {
  const person: PersonSummary = {
    prisonNumber: 'A1234BC',
    name: { firstName: 'John', lastName: 'Smith' },
    prisonId: 'XYI',
    inCustody: true,
    away: false,
    location: 'B-2-014',
    segregated: true,
    legal: undefined,
    dateOfBirth: undefined,
    keyWorker: undefined,
    takeover: undefined,
    formerNumbers: [],
    acct: { state: 'OPEN', since: 0 },
  };

  it('is named last name first, with place and what is to be seen at once', () => {
    expect(personLine('A1234BC', knowing(person), new Set(['XYI']))).toEqual({
      prisonNumber: 'A1234BC',
      href: '/prisoners/A1234BC',
      name: 'Smith, John',
      location: 'Example Hill B-2-014',
      flags: ['ACCT open', 'Segregated'],
    });
  });

  it('has neither place nor flags for a prison that they have left', () => {
    expect(personLine('A1234BC', knowing(person), new Set(['XYM']))).toMatchObject({ location: '', flags: [] });
  });

  it('is there without a name where none is known', () => {
    expect(personLine('A1234BC', knowing(undefined), new Set(['XYI']))).toMatchObject({
      name: 'Name not known',
      flags: [],
    });
  });
});
