import { describe, expect, it } from '@jest/globals';
import { aHistory } from '../../../test/web/a-history.js';
import type { PersonSummary } from '../../custody/people/person.js';
import { figuresOf } from './figures.js';
import { type PersonFacts, personPage } from './person.page.js';
import { typedPeriod } from './period.js';
import { notKnownSaid } from './tables.js';

const JOHN: PersonSummary = {
  prisonNumber: 'A1234BC',
  name: { firstName: 'John', lastName: 'Smith' },
  prisonId: 'XYI',
  inCustody: true,
  away: false,
  location: 'B-2-014',
  segregated: false,
  dateOfBirth: undefined,
  legal: { status: 'REMAND', since: Date.parse('2026-09-30T16:00:00Z') },
  keyWorker: '1001',
  takeover: undefined,
  formerNumbers: [],
  acct: { state: 'OPEN', since: Date.parse('2026-10-05T09:00:00Z') },
};

const prisonName = (prisonId: string): string => (prisonId === 'XYI' ? 'Example Hill' : prisonId);

const facts = (more: Partial<PersonFacts> = {}, person: PersonSummary | undefined = JOHN): PersonFacts => ({
  prisonNumber: 'A1234BC',
  history: aHistory(),
  alerts: [],
  pending: [],
  notWatched: undefined,
  maySeeAlerts: true,
  people: {
    today: '2026-11-08',
    person: () => person,
    staffName: (id) => (id === '1001' ? 'Ann Marke' : undefined),
    prisonName,
  },
  period: typedPeriod({}, '2026-11-08'),
  ...more,
});

describe('the page about somebody', () => {
  it('says at its head who it is, where, whose, and that an ACCT is open', () => {
    expect(personPage(facts()).who).toMatchObject({
      heading: 'Smith, John',
      prisonNumber: 'A1234BC',
      location: 'B-2-014, Example Hill',
      acct: 'ACCT open',
      acctSince: 'ACCT open since 5 October 2026',
      legal: 'On remand since 30 September 2026',
      keyWorker: 'Ann Marke (1001)',
    });
  });

  it('says so where somebody is away, has no key worker, has left, or has no known name', () => {
    const who = (more: Partial<PersonSummary>) => personPage(facts({}, { ...JOHN, ...more })).who;
    expect(who({ away: true }).location).toBe('B-2-014, Example Hill, temporarily away');
    expect(who({ keyWorker: undefined }).keyWorker).toBe('None allocated');
    expect(who({ legal: undefined }).legal).toBe('Not recorded');
    expect(who({ inCustody: false })).toMatchObject({
      location: 'No longer in prison. Last in Example Hill',
      keyWorker: undefined,
      legal: undefined,
    });
    expect(who({ name: undefined }).heading).toBe('A1234BC');
  });

  it('says where rules are not watched, and leads on to what the prison is told', () => {
    expect(personPage(facts({ notWatched: { prisonId: 'XYI', count: 2 } })).notWatched).toEqual({
      text: '2 rules are not watched in Example Hill, since nobody tells us of what they need. No safety alert of them is raised here.',
      href: '/prisons/XYI/watched',
    });
    expect(personPage(facts()).notWatched).toBeUndefined();
  });

  it('says of somebody young until when they are under 18, then under 21', () => {
    const age = (dateOfBirth: string | undefined) => personPage(facts({}, { ...JOHN, dateOfBirth })).who.age;
    expect(age('2009-03-03')).toBe('Under 18 until 3 March 2027');
    expect(age('2008-11-09')).toBe('Under 18 until 9 November 2026');
    expect(age('2008-11-08')).toBe('Under 21 until 8 November 2029');
    expect(age('2005-11-08')).toBeUndefined();
    expect(age(undefined)).toBeUndefined();
  });

  it('shows those who may not read key work the safety alerts alone, and why', () => {
    const page = personPage(facts({ history: undefined }));
    expect(page).toMatchObject({ keyWork: undefined, period: undefined, csv: undefined });
    expect(page.noHistory).toMatch(/^Your role does not include key worker history/);
    expect(page.sections).toHaveLength(1);
  });

  it('says at the top that somebody is back without a return on record, until one is', () => {
    const reason = 'Sent to court on 28 November 2026 at 08:10; no return or arrival is on record since then.';
    const alert = {
      ...{ id: 'a', rule: 'DATA-02', severity: 'LOW', state: 'OPEN', raisedAt: '2026-11-28T18:00:00.000Z' },
      reason: `${reason} To act: people who run this service.`,
    } as PersonFacts['alerts'][number];
    expect(personPage(facts({ alerts: [alert] })).noReturn).toBe(reason);
    expect(personPage(facts({ alerts: [{ ...alert, state: 'RESOLVED' }] })).noReturn).toBeUndefined();
    expect(personPage(facts({ alerts: [{ ...alert, rule: 'KW-01' }] })).noReturn).toBeUndefined();
  });

  it('links to the table of the days that it shows', () => {
    expect(personPage(facts()).csv).toBe('/prisoners/A1234BC/key-work.csv?from=2026-10-05&to=2026-11-08');
  });
});

describe('the figures', () => {
  const summary = { ...aHistory().summary, lastSession: '2026-10-12T09:00:00.000Z', daysSinceLastSession: 200 };
  const stay = { prisonId: 'XYI', arrived: true, since: '2026-10-05T14:00:00.000Z' };

  it('count from the last session to now, or until the person left', () => {
    const here = aHistory({ summary, stays: [{ ...stay, until: null }] });
    const gone = aHistory({ summary, stays: [{ ...stay, until: '2026-11-01T10:00:00.000Z' }] });
    expect(figuresOf(here)[0]).toMatchObject({ label: 'Since the last session', value: '200 days' });
    expect(figuresOf(gone)[0]).toMatchObject({ label: 'From the last session to departure', value: '20 days' });
  });

  it('say so where no session was ever recorded', () => {
    expect(figuresOf(aHistory())[0]).toMatchObject({ value: '–', note: 'No session recorded' });
  });
});

describe('what is not known', () => {
  it('is told in the words of pages, what never had a source in one sentence', () => {
    const silent = (about: string) => ({ code: 'NEVER_RECORDED_HERE', about, says: '' }) as const;
    const feed = { code: 'FEED_SILENT', about: 'nomis', says: '', until: '2026-11-01T10:00:00.000Z' } as const;
    const notKnown = [silent('self-harm'), silent('violence'), feed];
    expect(notKnownSaid(aHistory({ notKnown }), { prisonName })).toEqual([
      'Nothing was ever recorded for anybody in Example Hill about: self-harm and violence. There may be no source for it.',
      'The source nomis has stopped sending: it is known to be complete only until 1 November 2026, 10:00.',
    ]);
  });

  it('say in one sentence which rules are not watched for want of the same records', () => {
    const unwatched = (about: string, ruleName: string) =>
      ({ code: 'NOT_WATCHED', about, says: '', what: 'segregation health screens', ruleName }) as const;
    const notKnown = [unwatched('SEG-01', 'Health screen not recorded'), unwatched('SEG-06', 'Unfit for segregation')];
    expect(notKnownSaid(aHistory({ notKnown }), { prisonName })).toEqual([
      'Not watched in Example Hill, since nobody tells us of segregation health screens: Health screen not recorded and Unfit for segregation.',
    ]);
  });
});
