import fc from 'fast-check';
import {
  happening,
  histories,
  merges,
  moves,
  withdrawals,
  type Happening,
  type History,
  type Tale,
} from './arbitraries.js';

const HOUR = 3_600_000;
const staffId = ['1001', '1002', '1003'];
const chargeNumber = ['C1', 'C2', 'C3', 'C4'];
const yesOrNo = [true, false];
const days = [1, 3, 7, 21];
const startsOn = [undefined, undefined, 3, 9, 20];
const code = ['HC', 'HS', 'VLES', 'VIP', 'HA', 'HA'];
const markerId = [undefined, '1', '2'];

/** Every event type that a rule of the catalogue speaks of, with the values that make a difference. */
const SPOKEN_OF: Readonly<Record<string, Readonly<Record<string, readonly unknown[]>>>> = {
  KeyWorkerSessionHeld: { staffId, minutes: [undefined, 10, 30, 45], interpreterUsed: [undefined, true, false] },
  KeyWorkerAllocated: { staffId },
  KeyWorkerDeallocated: { staffId },
  CaseNoteQualityAssessed: { quality: ['POOR', 'POOR', 'GOOD'] },
  AdjudicationReported: { chargeNumber },
  AdjudicationProved: { chargeNumber },
  AdjudicationQuashed: { chargeNumber },
  CellularConfinementAwarded: { chargeNumber, days, suspended: yesOrNo, startsOn },
  CellularConfinementActivated: { chargeNumber, days, startsOn },
  CellularConfinementEnded: { chargeNumber },
  SocialVisitsRestricted: { chargeNumber: [undefined, 'C1', 'C2'], days },
  IncentiveLevelChanged: { to: ['BASIC', 'BASIC', 'STANDARD'] },
  IncentiveReviewHeld: {},
  SegregationStarted: { exceptionalCircumstances: [undefined, undefined, 'said'] },
  SegregationEnded: {},
  CellMoved: { segregationUnit: yesOrNo },
  SegregationHealthScreenCompleted: { fit: yesOrNo },
  SegregationReviewHeld: {
    authorisedUntil: [undefined, 5, 12, 20, 33],
    authorisedBy: [undefined, 'GOVERNOR', 'PRISON_GROUP_DIRECTOR'],
  },
  AcctSegregationDecisionRecorded: {},
  AcctOpened: {},
  AcctNotOpenedDecisionRecorded: {},
  AcctImmediateActionPlanCompleted: {},
  AcctAssessmentCompleted: {},
  AcctCaseReviewHeld: {
    nextReviewDue: [undefined, 5, 12, 20, 33],
    keyWorkerInvited: yesOrNo,
    keyWorkerAttended: yesOrNo,
    keyWorkerContributed: [true, false, undefined],
  },
  AcctClosed: {},
  AcctPostClosureReviewHeld: {},
  SelfHarmReported: {},
  ConcernNoticed: {},
  FirstNightCheckCompleted: {},
  FoundOnRoll: {},
  LegalStatusChanged: { status: ['REMAND', 'CONVICTED', 'SENTENCED', 'RECALLED'] },
  AssaultReported: {},
  SubstanceMisuseIndicated: { kind: ['UNDER_INFLUENCE', 'POSSESSION', 'REFERRAL'] },
  NonAssociationRecorded: {},
  CsipStatusChanged: { status: ['CSIP_OPEN', 'CSIP_CLOSED', 'ACCT_SUPPORT'] },
  RiskMarkerAdded: { code, markerId },
  RiskMarkerRemoved: { code, markerId },
  ComplexityOfNeedChanged: { level: ['HIGH', 'LOW'] },
  FamilyContactChanged: { change: ['CONTACT_ENDED', 'VISITS_LOST', 'CONTACT_RESTORED'] },
  VisitCancelled: { by: ['VISITOR', 'VISITOR', 'PRISONER'] },
  BereavementNotified: {},
  ChaplaincyContactHeld: {},
};

const spokenOf = (types: readonly string[]): fc.Arbitrary<Happening>[] =>
  types.map((type) => happening(type, SPOKEN_OF[type]));

const about = (types: readonly string[], numbers?: readonly string[]): fc.Arbitrary<Happening | Tale> =>
  fc.oneof(
    { weight: 12, arbitrary: fc.oneof(...spokenOf(types)) },
    { weight: 4, arbitrary: fc.oneof(...spokenOf(['KeyWorkerSessionHeld'])) },
    { weight: 3, arbitrary: moves },
    ...(numbers ? [{ weight: 2, arbitrary: merges(numbers) }] : []),
    { weight: 1, arbitrary: withdrawals },
    { weight: 1, arbitrary: happening('PersonDetailsChanged') },
  );

const KEY_WORK = [
  'KeyWorkerAllocated',
  'KeyWorkerDeallocated',
  'CaseNoteQualityAssessed',
  'RiskMarkerAdded',
  'ComplexityOfNeedChanged',
];
export const SPOKEN_TYPES = Object.keys(SPOKEN_OF);
const SEPARATION = Object.keys(SPOKEN_OF).filter((type) => /^(Segregation|Cell|Acct|SelfHarm|RiskMarker)/.test(type));
const ACCT = [
  'AcctOpened',
  'AcctClosed',
  'AcctCaseReviewHeld',
  'SelfHarmReported',
  'RiskMarkerAdded',
  'RiskMarkerRemoved',
];
const NUMBERS = ['A0001AA', 'A0002AA', 'A0003AA'];
const CHARGES = Object.keys(SPOKEN_OF).filter((type) => /^(Adjudication|Cellular|Substance|Incentive)/.test(type));

/** People in prison: everything happens to them, or only what a few rules are about, so that it comes often enough. */
export const peopleInPrison: fc.Arbitrary<History> = fc.oneof(
  histories(about(Object.keys(SPOKEN_OF)), { most: 30, span: 40, after: 10 }),
  histories(about(['KeyWorkerSessionHeld']), { most: 30, span: 18, after: 40 }),
  histories(about(['FoundOnRoll']), { most: 12, span: 20, after: 10 }),
  histories(about(KEY_WORK), { most: 30, span: 40, after: 10 }),
  histories(about(SEPARATION), { most: 30, span: 30, after: 10 }),
  histories(about(CHARGES), { most: 30, span: 30, after: 30 }),
  histories(about(ACCT), { most: 20, span: 20, after: 30 }),
  histories(moves, { most: 10, span: 20, after: 10 }),
);

const ASKS = Object.keys(SPOKEN_OF).filter((type) => /^(SelfHarm|Concern|Legal|Bereave|Family|Visit|Acct)/.test(type));
const MOVEMENTS = fc.oneof({ weight: 5, arbitrary: moves }, { weight: 2, arbitrary: withdrawals });

/** People of whom most is told again and again, with other revisions. */
export const peopleRetold: fc.Arbitrary<History> = fc.oneof(
  histories(about([...CHARGES, 'KeyWorkerSessionHeld']), { most: 25, span: 20, after: 20, retold: true }),
  histories(about(SEPARATION), { most: 25, span: 20, after: 10, retold: true }),
  histories(moves, { most: 12, span: 20, after: 10, retold: true }),
);

const typedLate: fc.Arbitrary<Tale> = fc
  .tuple(
    fc.oneof(...spokenOf(['SelfHarmReported'])),
    fc.oneof(...spokenOf(ACCT)),
    fc.constantFrom('TRANSFERRED', 'NEW_ADMISSION'),
    fc.boolean(),
  )
  .map(([ask, between, reason, isReleased]) => [
    { type: 'PrisonerReleased', data: { reason: isReleased ? 'RELEASED' : 'TRANSFERRED' }, after: 0 },
    { ...ask, after: HOUR, elsewhere: true },
    { ...between, after: 2 * HOUR },
    { type: 'PrisonerReceived', data: { reason }, after: 3 * HOUR, elsewhere: true },
  ]);

/** People of whom it is told where they are, and that it was not so, and whose concerns wait for them meanwhile. */
export const peopleMoved: fc.Arbitrary<History> = fc.oneof(
  histories(MOVEMENTS, { most: 15, span: 20, after: 10 }),
  histories(fc.oneof(MOVEMENTS, about(ASKS)), { most: 25, span: 20, after: 10 }),
  histories(fc.oneof(typedLate, about(ACCT)), { most: 10, span: 10, after: 10 }),
);

/** What latched rules are about, often enough for an alert to be open when the records are merged. */
const latching: fc.Arbitrary<Happening | Tale> = fc.oneof(
  { weight: 8, arbitrary: fc.oneof(...spokenOf(['AdjudicationReported', 'SubstanceMisuseIndicated'])) },
  { weight: 1, arbitrary: fc.oneof(...spokenOf(['KeyWorkerSessionHeld', 'AdjudicationQuashed'])) },
  { weight: 1, arbitrary: merges(NUMBERS.slice(0, 2)) },
  { weight: 1, arbitrary: withdrawals },
);

/** People whose records are merged, for good or by mistake, or whose records were told under the number of another. */
export const mergedInPrison: fc.Arbitrary<History> = fc.oneof(
  histories(about(Object.keys(SPOKEN_OF), NUMBERS), { most: 25, span: 40, after: 10, numbers: NUMBERS }),
  histories(about([...CHARGES, 'KeyWorkerSessionHeld'], NUMBERS), { most: 20, span: 25, after: 30, numbers: NUMBERS }),
  histories(latching, { most: 20, span: 45, after: 20, numbers: NUMBERS.slice(0, 2) }),
);
