import type { Where } from '../condition.js';

/** What one such event is called, and what several are. Of the phrases for a type the first whose `where` fits is used. */
export interface Phrase {
  readonly type: string;
  readonly where: readonly Where[];
  readonly one: string;
  readonly many: string;
}

const phrase = (type: string, one: string, many = `${one}s`, where: readonly Where[] = []): Phrase => ({
  type,
  one,
  many,
  where,
});
const is = (field: string, ...values: unknown[]): Where[] => [{ field, is: values }];
const isNot = (field: string, ...values: unknown[]): Where[] => [{ field, not: values }];

const ARRIVALS = is('reason', 'NEW_ADMISSION', 'READMISSION', 'RECALL', 'TRANSFERRED');
const WORSE = is('change', 'CONTACT_ENDED', 'CONTACT_REFUSED', 'CONTACT_REMOVED', 'VISITOR_BANNED', 'VISITS_LOST');
const OFFERED_AND_MISSED = ['DECLINED', 'STAFF_NOT_AVAILABLE', 'REGIME_CURTAILED', 'OTHER'];
const DECIDED: Where[] = [{ field: 'exceptionalCircumstances', recorded: true }];

/** The types of custody events (docs/events.md), in the words that staff use. */
export const PHRASES: readonly Phrase[] = [
  phrase('PrisonerReceived', 'arrival', 'arrivals', ARRIVALS),
  phrase('PrisonerReceived', 'return from court', 'returns from court', is('reason', 'RETURN_FROM_COURT')),
  phrase(
    'PrisonerReceived',
    'return from temporary absence',
    'returns from temporary absence',
    is('reason', 'TEMPORARY_ABSENCE_RETURN'),
  ),
  phrase('PrisonerReceived', 'return from hospital', 'returns from hospital', is('reason', 'HOSPITAL_RETURN')),
  phrase('PrisonerReceived', 'return'),
  phrase('PrisonerReleased', 'departure to court', 'departures to court', is('reason', 'SENT_TO_COURT')),
  phrase(
    'PrisonerReleased',
    'departure on temporary absence',
    'departures on temporary absence',
    is('reason', 'TEMPORARY_ABSENCE_RELEASE'),
  ),
  phrase('PrisonerReleased', 'departure to hospital', 'departures to hospital', is('reason', 'TAKEN_TO_HOSPITAL')),
  phrase('PrisonerReleased', 'transfer to another prison', 'transfers to another prison', is('reason', 'TRANSFERRED')),
  phrase('PrisonerReleased', 'departure'),
  phrase('PrisonerRecordsMerged', 'merge of two records', 'merges of two records'),
  phrase('PersonDetailsChanged', 'change of name or date of birth', 'changes of name or date of birth'),
  phrase('LegalStatusChanged', 'conviction', 'convictions', is('status', 'CONVICTED')),
  phrase('LegalStatusChanged', 'sentence', 'sentences', is('status', 'SENTENCED')),
  phrase('LegalStatusChanged', 'recall', 'recalls', is('status', 'RECALLED')),
  phrase('LegalStatusChanged', 'indeterminate sentence', 'indeterminate sentences', is('status', 'INDETERMINATE')),
  phrase('CellMoved', 'move into the segregation unit', 'moves into the segregation unit', is('segregationUnit', true)),
  phrase('LegalStatusChanged', 'change of legal status', 'changes of legal status'),
  phrase('CellMoved', 'cell move'),
  phrase('FirstNightCheckCompleted', 'first night check'),
  phrase('FoundOnRoll', 'name on the roll', 'names on the roll'),
  phrase('KeyWorkerAllocated', 'key worker allocation'),
  phrase('KeyWorkerDeallocated', 'key worker deallocation'),
  phrase(
    'KeyWorkerAvailabilityChanged',
    'return of the key worker',
    'returns of the key worker',
    is('status', 'ACTIVE'),
  ),
  phrase(
    'KeyWorkerAvailabilityChanged',
    'absence of the key worker',
    'absences of the key worker',
    isNot('status', 'ACTIVE'),
  ),
  phrase('KeyWorkTimeScheduled', 'time scheduled for key work', 'times scheduled for key work'),
  phrase('KeyWorkTimeWithdrawn', 'time withdrawn from key work', 'times withdrawn from key work'),
  phrase('KeyWorkerSessionHeld', 'key worker session'),
  phrase('KeyWorkerEntryRecorded', 'key worker entry', 'key worker entries'),
  phrase(
    'KeyWorkerSessionMissed',
    'declined key worker session',
    'declined key worker sessions',
    is('reason', 'DECLINED'),
  ),
  phrase(
    'KeyWorkerSessionMissed',
    'key worker session for which no staff were available',
    'key worker sessions for which no staff were available',
    is('reason', 'STAFF_NOT_AVAILABLE'),
  ),
  phrase(
    'KeyWorkerSessionMissed',
    'key worker session lost to a curtailed regime',
    'key worker sessions lost to a curtailed regime',
    is('reason', 'REGIME_CURTAILED'),
  ),
  phrase(
    'KeyWorkerSessionMissed',
    'key worker session missed for court',
    'key worker sessions missed for court',
    is('reason', 'AT_COURT'),
  ),
  phrase('KeyWorkerSessionMissed', 'missed key worker session', 'missed key worker sessions', is('reason', 'OTHER')),
  phrase(
    'KeyWorkerSessionMissed',
    'key worker session missed other than for court',
    'key worker sessions missed other than for court',
    is('reason', ...OFFERED_AND_MISSED),
  ),
  phrase('KeyWorkerSessionMissed', 'missed key worker session'),
  phrase('CaseNoteQualityAssessed', 'case note assessment'),
  phrase('AdjudicationReported', 'reported charge'),
  phrase('AdjudicationProved', 'proved charge'),
  phrase('AdjudicationQuashed', 'quashed charge'),
  phrase(
    'CellularConfinementAwarded',
    'unsuspended award of cellular confinement',
    'unsuspended awards of cellular confinement',
    is('suspended', false),
  ),
  phrase('CellularConfinementAwarded', 'award of cellular confinement', 'awards of cellular confinement'),
  phrase('CellularConfinementActivated', 'activation of cellular confinement', 'activations of cellular confinement'),
  phrase('CellularConfinementEnded', 'end of cellular confinement', 'ends of cellular confinement'),
  phrase('SocialVisitsRestricted', 'restriction of social visits', 'restrictions of social visits'),
  phrase('IncentiveLevelChanged', 'move to Basic', 'moves to Basic', is('to', 'BASIC')),
  phrase('IncentiveLevelChanged', 'move off Basic', 'moves off Basic', isNot('to', 'BASIC')),
  phrase('IncentiveReviewHeld', 'incentive review'),
  phrase(
    'SegregationStarted',
    'start of segregation with its exceptional circumstances recorded',
    'starts of segregation with their exceptional circumstances recorded',
    DECIDED,
  ),
  phrase('SegregationStarted', 'start of segregation', 'starts of segregation'),
  phrase('SegregationEnded', 'end of segregation', 'ends of segregation'),
  phrase('SegregationHealthScreenCompleted', 'segregation health screen'),
  phrase(
    'SegregationReviewHeld',
    'segregation review by the prison group director',
    'segregation reviews by the prison group director',
    is('authorisedBy', 'PRISON_GROUP_DIRECTOR'),
  ),
  phrase('SegregationReviewHeld', 'segregation review'),
  phrase('AcctSegregationDecisionRecorded', 'recorded ACCT segregation decision'),
  phrase(
    'AcctNotOpenedDecisionRecorded',
    'recorded decision not to open an ACCT',
    'recorded decisions not to open an ACCT',
  ),
  phrase('ConcernNoticed', 'concern noticed', 'concerns noticed'),
  phrase('AcctOpened', 'opening of an ACCT', 'openings of an ACCT'),
  phrase('AcctImmediateActionPlanCompleted', 'immediate action plan'),
  phrase('AcctAssessmentCompleted', 'ACCT assessment'),
  phrase('AcctCaseReviewHeld', 'ACCT case review'),
  phrase('AcctClosed', 'closing of an ACCT', 'closings of an ACCT'),
  phrase('AcctPostClosureReviewHeld', 'ACCT post-closure review'),
  phrase('SelfHarmReported', 'self-harm incident'),
  phrase('AssaultReported', 'assault'),
  phrase(
    'SubstanceMisuseIndicated',
    'indication of substance misuse',
    'indications of substance misuse',
    isNot('kind', 'REFERRAL'),
  ),
  phrase('SubstanceMisuseIndicated', 'substance misuse referral', 'substance misuse referrals', is('kind', 'REFERRAL')),
  phrase('SubstanceMisuseIndicated', 'substance misuse record'),
  phrase('NonAssociationRecorded', 'non-association'),
  phrase('CsipStatusChanged', 'change of CSIP status', 'changes of CSIP status'),
  phrase('RiskMarkerAdded', 'isolated prisoner marker', 'isolated prisoner markers', is('code', 'VIP')),
  phrase('RiskMarkerAdded', 'ACCT marker', 'ACCT markers', is('code', 'HA')),
  phrase('RiskMarkerRemoved', 'removal of an ACCT marker', 'removals of an ACCT marker', is('code', 'HA')),
  phrase('RiskMarkerAdded', 'marker of self-harm in custody', 'markers of self-harm in custody', is('code', 'HC')),
  phrase(
    'RiskMarkerAdded',
    'marker of self-harm in the community',
    'markers of self-harm in the community',
    is('code', 'HS'),
  ),
  phrase('RiskMarkerAdded', 'risk marker'),
  phrase('RiskMarkerRemoved', 'removal of a risk marker', 'removals of a risk marker'),
  phrase('ComplexityOfNeedChanged', 'change of complexity of need', 'changes of complexity of need'),
  phrase('FamilyContactChanged', 'family contact change for the worse', 'family contact changes for the worse', WORSE),
  phrase('FamilyContactChanged', 'family contact change'),
  phrase('VisitCancelled', 'visit cancelled by the visitor', 'visits cancelled by the visitor', is('by', 'VISITOR')),
  phrase('VisitCancelled', 'cancelled visit'),
  phrase(
    'BereavementNotified',
    'notice of bereavement or serious illness',
    'notices of bereavement or serious illness',
  ),
  phrase('ChaplaincyContactHeld', 'chaplaincy contact'),
  phrase('FeedCompleteUntil', 'report of the feed', 'reports of the feed'),
];

/** How somebody left, by the reason of a `PrisonerReleased`. */
const LEAVINGS: Readonly<Record<string, string>> = {
  SENT_TO_COURT: 'Sent to court',
  TEMPORARY_ABSENCE_RELEASE: 'Released on temporary absence',
  TAKEN_TO_HOSPITAL: 'Taken to hospital',
  TRANSFERRED: 'Transferred to another prison',
};

/** How somebody left: `Sent to court`. */
export const sayLeaving = (reason: unknown): string => LEAVINGS[String(reason)] ?? 'Left the prison';

/** The risk families of `config/rules/definitions.yml`, in the words that staff use. */
const FAMILIES: Readonly<Record<string, string>> = {
  DISCIPLINE: 'discipline',
  SEPARATION: 'separation from others',
  SUBSTANCE: 'substance misuse',
  HARM: 'self-harm or an ACCT',
  VIOLENCE: 'violence',
  LOSS: 'loss of family or contact',
  TRANSITION: 'a move to this prison',
};

/** What a risk family is called. */
export const sayFamily = (family: string): string => FAMILIES[family] ?? family.toLowerCase();
