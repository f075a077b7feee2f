import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { anyEntry, dataOf } from '../../../test/any-custody-event.js';
import type { Json } from '../../store/event-store.js';
import { ENVELOPE, SOURCE } from '../envelope.js';
import { derivedId } from '../event-id.js';
import { CATALOGUE } from './catalogue.js';

const PERSONAL = [
  'AcctNotOpenedDecisionRecorded.decidedBy',
  'AcctNotOpenedDecisionRecorded.justification',
  'AcctOpened.concern',
  'AcctSegregationDecisionRecorded.decidedBy',
  'AcctSegregationDecisionRecorded.justification',
  'AdjudicationProved.offence',
  'AdjudicationQuashed.offence',
  'AdjudicationReported.offence',
  'BereavementNotified.relationship',
  'CaseNoteQualityAssessed.concerns',
  'CellMoved.location',
  'ConcernNoticed.text',
  'EventWithdrawn.reason',
  'FamilyContactChanged.relationship',
  'KeyWorkerAllocated.reason',
  'KeyWorkerDeallocated.reason',
  'KeyWorkerSessionHeld.targetsSet',
  'KeyWorkerSessionHeld.topics',
  'PersonDetailsChanged.dateOfBirth',
  'PersonDetailsChanged.firstName',
  'PersonDetailsChanged.lastName',
  'PrisonerReceived.dateOfBirth',
  'SegregationStarted.exceptionalCircumstances',
  'StaffDetailsChanged.name',
];

const TYPES = [
  'AcctAssessmentCompleted',
  'AcctCaseReviewHeld',
  'AcctClosed',
  'AcctImmediateActionPlanCompleted',
  'AcctNotOpenedDecisionRecorded',
  'AcctOpened',
  'AcctPostClosureReviewHeld',
  'AcctSegregationDecisionRecorded',
  'AdjudicationProved',
  'AdjudicationQuashed',
  'AdjudicationReported',
  'AssaultReported',
  'BereavementNotified',
  'CaseNoteQualityAssessed',
  'CellMoved',
  'CellularConfinementActivated',
  'CellularConfinementAwarded',
  'CellularConfinementEnded',
  'ChaplaincyContactHeld',
  'ComplexityOfNeedChanged',
  'ConcernNoticed',
  'CsipStatusChanged',
  'EventWithdrawn',
  'FamilyContactChanged',
  'FeedCompleteUntil',
  'FirstNightCheckCompleted',
  'FoundOnRoll',
  'IncentiveLevelChanged',
  'IncentiveReviewHeld',
  'KeyWorkTimeScheduled',
  'KeyWorkTimeWithdrawn',
  'KeyWorkerAllocated',
  'KeyWorkerAvailabilityChanged',
  'KeyWorkerDeallocated',
  'KeyWorkerEntryRecorded',
  'KeyWorkerSessionHeld',
  'KeyWorkerSessionMissed',
  'LegalStatusChanged',
  'NonAssociationRecorded',
  'PersonDetailsChanged',
  'PrisonerReceived',
  'PrisonerRecordsMerged',
  'PrisonerReleased',
  'RiskMarkerAdded',
  'RiskMarkerRemoved',
  'SegregationEnded',
  'SegregationHealthScreenCompleted',
  'SegregationReviewHeld',
  'SegregationStarted',
  'SelfHarmReported',
  'SocialVisitsRestricted',
  'StaffDetailsChanged',
  'SubstanceMisuseIndicated',
  'VisitCancelled',
];

const entries = [...CATALOGUE.values()];
const pick = (data: Json, names: readonly string[]): Json =>
  Object.fromEntries(Object.entries(data).filter(([name]) => names.includes(name)));
const problemsWith = (type: string, data: Json) => CATALOGUE.get(type)?.data.problems(data);

describe('the catalogue of custody events', () => {
  it('marks exactly the personal members that docs/events.md names', () => {
    const personal = entries.flatMap(({ type, data }) =>
      data.members.filter((member) => member.personal).map(({ name }) => `${type}.${name}`),
    );
    expect(personal.sort()).toEqual(PERSONAL);
  });

  it('seals every string that is no code, no id and no date: of the others none takes a line of words', () => {
    const members = [...entries.flatMap(({ data }) => data.members), ...SOURCE.members, ...ENVELOPE.members];
    const strings = members.filter(({ schema }) => schema.type === 'string' || schema.type === 'array');
    const inClear = strings.filter(({ personal, name }) => !personal && name !== 'type');
    expect(inClear.length).toBeGreaterThan(40);
    for (const { name, check } of inClear)
      for (const words of [
        'Carl Cole',
        'said he is low',
        '<script>',
        'a\u00e9',
        'x\ny',
        ' 1',
        '',
        'x'.repeat(101),
        ['x y'],
      ])
        expect([name, words, check(words)]).toEqual([name, words, false]);
  });

  it('makes no personal member part of a derived id', () => {
    const personal = entries.flatMap(({ data }) => data.members.filter((member) => member.personal));
    expect(personal.length).toBe(PERSONAL.length);
    fc.assert(
      fc.property(
        anyEntry.chain((entry) => fc.tuple(fc.constant(entry), dataOf(entry), dataOf(entry))),
        ([entry, a, b]) => {
          const names = entry.data.members.filter((member) => member.personal).map(({ name }) => name);
          const changed = { ...a, ...pick(b, names) };
          const idOf = (data: Json) =>
            derivedId(entry, { prisonNumber: 'A1234BC', prisonId: 'XYI', occurredAtMs: 0, source: undefined, data });
          expect(idOf(changed)).toBe(idOf(a));
        },
      ),
    );
  });

  it('knows every type in docs/events.md, and about whom it is', () => {
    expect([...CATALOGUE.keys()]).toEqual(TYPES);
    expect(entries.filter(({ subject }) => subject !== 'person').map(({ type, subject }) => [type, subject])).toEqual([
      ['FeedCompleteUntil', 'feed'],
      ['KeyWorkTimeScheduled', 'staff'],
      ['KeyWorkTimeWithdrawn', 'staff'],
      ['KeyWorkerAvailabilityChanged', 'staff'],
      ['StaffDetailsChanged', 'staff'],
    ]);
  });

  it('takes whatever its own members allow', () => {
    fc.assert(
      fc.property(
        anyEntry.chain((entry) => dataOf(entry).map((data) => ({ entry, data }))),
        ({ entry, data }) => {
          expect(entry.data.problems(data)).toEqual([]);
        },
      ),
    );
  });

  it('takes no more text in one list than any store takes in one append', () => {
    const session = CATALOGUE.get('KeyWorkerSessionHeld');
    const problemsOf = (topics: readonly string[]) => session?.data.problems({ staffId: '1001', topics });
    const texts = Array.from({ length: 10 }, () => 'x'.repeat(3000));
    expect(problemsOf(texts)).toEqual([]);
    expect(problemsOf([...texts, 'y'])).toMatchObject([{ field: 'topics' }]);
  });

  it('says fine exactly where nothing is wrong, whatever was sent', () => {
    const odd = fc.oneof(
      fc.constantFrom<unknown>(
        null,
        undefined,
        '',
        ' ',
        'HIGH',
        0,
        1,
        21,
        22,
        1.5,
        '5',
        true,
        'true',
        [],
        ['a'],
        [1],
        {},
      ),
      fc.constantFrom('2026-02-30', '2026-02-28', '2026-01-07T10:05:00Z', '2026-01-07T24:00:00Z', 'A1234BC', 'a1234bc'),
      fc.string({ maxLength: 8 }),
    );
    const spoilt = anyEntry.chain((entry) => {
      const names = [...entry.data.members.map(({ name }) => name), 'unknown', '__proto__', 'constructor'];
      const change = fc.record({ name: fc.constantFrom(...names), value: odd, drop: fc.boolean() });
      return fc.tuple(dataOf(entry), fc.array(change, { maxLength: 2 })).map(([data, changes]) => ({
        entry,
        data: changes.reduce<Json>((sofar, { name, value, drop }) => {
          const others = Object.entries(sofar).filter(([member]) => member !== name);
          return Object.fromEntries(drop ? others : [...others, [name, value]]);
        }, data),
      }));
    });
    const answers = { fine: 0, refused: 0 };
    fc.assert(
      fc.property(spoilt, ({ entry: { data: shape }, data }) => {
        const normal = shape.normalised(data);
        const fine = shape.problems(normal).length === 0;
        answers[fine ? 'fine' : 'refused']++;
        expect(shape.isFine(normal)).toBe(fine);
        if (shape.isFine(data)) expect(normal).toEqual(data);
      }),
      { numRuns: 3000 },
    );
    expect(Math.min(answers.fine, answers.refused)).toBeGreaterThan(500);
  });

  it.each([
    [
      'CellularConfinementAwarded',
      { chargeNumber: '1', days: 22, suspended: false },
      'data.days',
      '22',
      /from 1 to 21/,
    ],
    ['CellularConfinementAwarded', { chargeNumber: '1', days: 0, suspended: false }, 'data.days', '0', /from 1 to 21/],
    ['SegregationHealthScreenCompleted', { fit: 'true' }, 'data.fit', 'true', /without quotation marks/],
    ['SelfHarmReported', { severity: 'BAD' }, 'data.severity', 'BAD', /one of MINOR, MODERATE, SERIOUS/],
    ['CsipStatusChanged', { status: 'OPEN' }, 'data.status', 'OPEN', /one of REFERRAL_PENDING, .*, ACCT_SUPPORT$/],
    ['RiskMarkerAdded', { code: 'self harm' }, 'data.code', 'self harm', /NOMIS code of a risk marker.*such as HA/],
    [
      'KeyWorkerEntryRecorded',
      { staffId: '1001', noteRef: 'see note' },
      'data.noteRef',
      'see note',
      /cannot be erased/,
    ],
    ['LegalStatusChanged', { status: 'FREE' }, 'data.status', 'FREE', /one of REMAND, CONVICTED/],
    ['SegregationEnded', { why: 'x' }, 'data.why', 'x', /is not a known member. There are none/],
    ['IncentiveLevelChanged', { from: 'BASIC' }, 'data.to', null, /is missing: it must be one of BASIC, STANDARD/],
    [
      'SegregationReviewHeld',
      { outcome: 'ENDED', authorisedUntil: '2026-02-30' },
      'data.authorisedUntil',
      '2026-02-30',
      /exists/,
    ],
    [
      'SegregationStarted',
      { authority: 'OTHER', exceptionalCircumstances: ' ' },
      'data.exceptionalCircumstances',
      ' ',
      /text/,
    ],
  ])('refuses %s %j by field, value and what is allowed', (type, data, field, value, message) => {
    const problems = CATALOGUE.get(type)?.data.problems(data, 'data.');
    expect(problems).toEqual([{ field, value, message: expect.stringMatching(message) }]);
  });

  it('suggests the code that was meant, and leaving out what holds nothing', () => {
    const told = (type: string, data: Json) => problemsWith(type, data)?.[0]?.message;
    expect(told('PrisonerReceived', { reason: 'new_admission' })).toMatch(
      /HOSPITAL_RETURN\. Did you mean NEW_ADMISSION\?$/,
    );
    expect(told('SelfHarmReported', { severity: 'LOW' })).toBe('must be one of MINOR, MODERATE, SERIOUS');
    expect(told('AcctOpened', { concern: ' ' })).toMatch(/\. Leave it out where there is none$/);
    expect(told('EventWithdrawn', { withdraws: '3f0c6a52-8f55-4c0e-9d6b-0a7a3a3c9f10' })).not.toMatch(/leave it out/i);
  });

  it('suggests the member that was meant', () => {
    expect(problemsWith('KeyWorkerSessionHeld', { staffId: '1', minuts: 3 })?.[0]?.message).toContain(
      'Did you mean minutes?',
    );
  });
});
