/** Harm, violence, substances, and what is known of a person's risk. */
import { FreeText, Id, MarkerCode, OneOf } from './kinds.js';
import { About, Optional, Personal } from './members.js';

const HARM_SEVERITIES = ['MINOR', 'MODERATE', 'SERIOUS'] as const;
const NOTICED_BY = ['STAFF', 'FAMILY', 'PRISONER', 'OTHER_AGENCY'] as const;
const CONCERN_KINDS = [
  'MOOD',
  'BEHAVIOUR',
  'ISOLATION',
  'DEBT_OR_BULLYING',
  'NOT_EATING',
  'SELF_NEGLECT',
  'OTHER',
] as const;
const ROLES = ['ASSAILANT', 'VICTIM', 'FIGHTER'] as const;
const SUBSTANCE_KINDS = ['UNDER_INFLUENCE', 'POSSESSION', 'POSITIVE_TEST', 'REFERRAL'] as const;
/** Challenge, Support and Intervention Plan: from the referral to the end, as the CSIP service names it. */
const CSIP_STATUSES = [
  'REFERRAL_PENDING',
  'REFERRAL_SUBMITTED',
  'INVESTIGATION_PENDING',
  'AWAITING_DECISION',
  'PLAN_PENDING',
  'CSIP_OPEN',
  'CSIP_CLOSED',
  'NO_FURTHER_ACTION',
  'SUPPORT_OUTSIDE_CSIP',
  'ACCT_SUPPORT',
] as const;
const COMPLEXITY_LEVELS = ['LOW', 'MEDIUM', 'HIGH'] as const;

@About('person')
export class SelfHarmReported {
  @Optional() @OneOf(HARM_SEVERITIES) severity?: (typeof HARM_SEVERITIES)[number];
}

/** Somebody noticed that the person is not well, before there is a name for it. */
@About('person')
export class ConcernNoticed {
  @OneOf(NOTICED_BY) by!: (typeof NOTICED_BY)[number];
  @OneOf(CONCERN_KINDS) kind!: (typeof CONCERN_KINDS)[number];
  @Optional() @Personal() @FreeText() text?: string;
}

@About('person')
export class AssaultReported {
  @OneOf(ROLES) role!: (typeof ROLES)[number];
}

@About('person')
export class SubstanceMisuseIndicated {
  @OneOf(SUBSTANCE_KINDS) kind!: (typeof SUBSTANCE_KINDS)[number];
}

@About('person')
export class NonAssociationRecorded {}

@About('person')
export class CsipStatusChanged {
  @OneOf(CSIP_STATUSES) status!: (typeof CSIP_STATUSES)[number];
}

/** `code` is a NOMIS code, such as `HC`: self-harm in custody. A source that has several of one code tells them apart by `markerId`. */
@About('person')
export class RiskMarkerAdded {
  @MarkerCode() code!: string;
  @Optional() @Id() markerId?: string;
}

@About('person')
export class RiskMarkerRemoved extends RiskMarkerAdded {}

@About('person')
export class ComplexityOfNeedChanged {
  @OneOf(COMPLEXITY_LEVELS) level!: (typeof COMPLEXITY_LEVELS)[number];
}
