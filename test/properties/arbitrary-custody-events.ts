import fc from 'fast-check';
import { happening, histories, moves, withdrawals, type Happening, type History } from './arbitraries.js';

const staffId = ['1001', '1002', '1003'];
const chargeNumber = ['C1', 'C2', 'C3', 'C4'];
const yesOrNo = [true, false];
const days = [1, 3, 7, 21];

/** Every event type that a rule of the catalogue speaks of, with the values that make a difference. */
const SPOKEN_OF: Readonly<Record<string, Readonly<Record<string, readonly unknown[]>>>> = {
  KeyWorkerSessionHeld: { staffId, interpreterUsed: [undefined, true, false] },
  KeyWorkerAllocated: { staffId },
  KeyWorkerDeallocated: { staffId },
  CaseNoteQualityAssessed: { quality: ['POOR', 'POOR', 'GOOD'] },
  AdjudicationReported: { chargeNumber },
  AdjudicationProved: { chargeNumber },
  AdjudicationQuashed: { chargeNumber },
  CellularConfinementAwarded: { chargeNumber, days, suspended: yesOrNo },
  CellularConfinementActivated: { chargeNumber, days },
  CellularConfinementEnded: { chargeNumber },
  SocialVisitsRestricted: { days },
  IncentiveLevelChanged: { to: ['BASIC', 'BASIC', 'STANDARD'] },
  IncentiveReviewHeld: {},
  SegregationStarted: { exceptionalCircumstances: [undefined, undefined, 'said'] },
  SegregationEnded: {},
  SegregationHealthScreenCompleted: {},
  SegregationReviewHeld: {},
  AcctSegregationDecisionRecorded: {},
  AcctOpened: {},
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
  AssaultReported: {},
  SubstanceMisuseIndicated: { kind: ['UNDER_INFLUENCE', 'POSSESSION', 'REFERRAL'] },
  NonAssociationRecorded: {},
  CsipStatusChanged: {},
  RiskMarkerAdded: { code: ['HC', 'HS', 'VLES', 'VIP', 'HA'] },
  RiskMarkerRemoved: { code: ['HC', 'HS', 'VLES'] },
  ComplexityOfNeedChanged: { level: ['HIGH', 'LOW'] },
  FamilyContactChanged: { change: ['CONTACT_ENDED', 'VISITS_LOST', 'CONTACT_RESTORED'] },
  VisitCancelled: { by: ['VISITOR', 'VISITOR', 'PRISONER'] },
  BereavementNotified: {},
  ChaplaincyContactHeld: {},
};

const spokenOf = (types: readonly string[]): fc.Arbitrary<Happening>[] =>
  types.map((type) => happening(type, SPOKEN_OF[type]));

const about = (types: readonly string[]): fc.Arbitrary<Happening> =>
  fc.oneof(
    { weight: 12, arbitrary: fc.oneof(...spokenOf(types)) },
    { weight: 4, arbitrary: fc.oneof(...spokenOf(['KeyWorkerSessionHeld'])) },
    { weight: 2, arbitrary: moves },
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
const SEPARATION = Object.keys(SPOKEN_OF).filter((type) =>
  /^(Segregation|Cellular|Acct|SelfHarm|RiskMarker)/.test(type),
);
const CHARGES = Object.keys(SPOKEN_OF).filter((type) => /^(Adjudication|Cellular|Substance|Incentive)/.test(type));

/** People in prison: everything happens to them, or only what a few rules are about, so that it comes often enough. */
export const peopleInPrison: fc.Arbitrary<History> = fc.oneof(
  histories(about(Object.keys(SPOKEN_OF)), { most: 30, span: 40, after: 10 }),
  histories(about(['KeyWorkerSessionHeld']), { most: 30, span: 18, after: 40 }),
  histories(about(KEY_WORK), { most: 30, span: 40, after: 10 }),
  histories(about(SEPARATION), { most: 30, span: 30, after: 10 }),
  histories(about(CHARGES), { most: 30, span: 30, after: 30 }),
);
