import type { CustodyEventType } from '../../custody/catalogue/catalogue.js';

/** What a case review asks about, and the events that tell of it. */
export const TOPICS = {
  'key worker allocations': ['KeyWorkerAllocated', 'KeyWorkerDeallocated'],
  'key worker sessions': ['KeyWorkerSessionHeld'],
  'missed key worker sessions': ['KeyWorkerSessionMissed'],
  'key worker entries': ['KeyWorkerEntryRecorded'],
  ACCT: [
    'AcctOpened',
    'AcctImmediateActionPlanCompleted',
    'AcctAssessmentCompleted',
    'AcctCaseReviewHeld',
    'AcctClosed',
    'AcctPostClosureReviewHeld',
    'AcctSegregationDecisionRecorded',
    'AcctNotOpenedDecisionRecorded',
  ],
  'self-harm': ['SelfHarmReported'],
  adjudications: [
    'AdjudicationReported',
    'AdjudicationProved',
    'AdjudicationQuashed',
    'CellularConfinementAwarded',
    'CellularConfinementActivated',
    'CellularConfinementEnded',
    'SocialVisitsRestricted',
  ],
  segregation: ['SegregationStarted', 'SegregationEnded', 'SegregationHealthScreenCompleted', 'SegregationReviewHeld'],
  'incentive level': ['IncentiveLevelChanged', 'IncentiveReviewHeld'],
  'family contact': ['FamilyContactChanged', 'VisitCancelled', 'BereavementNotified', 'ChaplaincyContactHeld'],
  'substance misuse': ['SubstanceMisuseIndicated'],
  violence: ['AssaultReported', 'NonAssociationRecorded', 'CsipStatusChanged'],
  'risk and need': [
    'ConcernNoticed',
    'RiskMarkerAdded',
    'RiskMarkerRemoved',
    'ComplexityOfNeedChanged',
    'FirstNightCheckCompleted',
  ],
  movements: ['PrisonerReceived', 'PrisonerReleased', 'CellMoved', 'LegalStatusChanged'],
} as const satisfies Readonly<Record<string, readonly CustodyEventType[]>>;

export type Topic = keyof typeof TOPICS;

/** Those that the history tells of in sections of their own. */
const TOLD_APART: readonly Topic[] = [
  'key worker allocations',
  'key worker sessions',
  'missed key worker sessions',
  'key worker entries',
];

const TOPIC_OF = new Map(
  (Object.keys(TOPICS) as Topic[]).flatMap((topic) => TOPICS[topic].map((type): [string, Topic] => [type, topic])),
);

/** Under what heading an event is told of; nothing for what a case review does not ask about. */
export const topicOf = (type: string): Topic | undefined => TOPIC_OF.get(type);

/** Under what heading an event is told of among what happened in between; nothing where it stands elsewhere. */
export const meanwhileTopicOf = (type: string): Topic | undefined => {
  const topic = topicOf(type);
  return topic === undefined || TOLD_APART.includes(topic) ? undefined : topic;
};
