/** Segregation: why somebody is kept apart from others, and the reviews. */
import { FreeText, LocalDate, OneOf, YesNo } from './kinds.js';
import { About, Optional, Personal } from './members.js';

const AUTHORITIES = [
  'RULE_45_GOOD_ORDER',
  'RULE_45_OWN_PROTECTION',
  'RULE_53_AWAITING_HEARING',
  'CELLULAR_CONFINEMENT',
  'OTHER',
] as const;
const REVIEW_OUTCOMES = ['CONTINUED', 'ENDED'] as const;
const AUTHORISED_BY = ['GOVERNOR', 'PRISON_GROUP_DIRECTOR'] as const;

@About('person')
export class SegregationStarted {
  @OneOf(AUTHORITIES) authority!: (typeof AUTHORITIES)[number];
  /** The recorded decision for someone on ACCT. */
  @Optional() @Personal() @FreeText() exceptionalCircumstances?: string;
}

@About('person')
export class SegregationEnded {}

@About('person')
export class SegregationHealthScreenCompleted {
  @YesNo() fit!: boolean;
}

@About('person')
export class SegregationReviewHeld {
  @OneOf(REVIEW_OUTCOMES) outcome!: (typeof REVIEW_OUTCOMES)[number];
  @Optional() @LocalDate() authorisedUntil?: string;
  @Optional() @OneOf(AUTHORISED_BY) authorisedBy?: (typeof AUTHORISED_BY)[number];
}

@About('person')
export class AcctSegregationDecisionRecorded {
  @Personal() @FreeText() decidedBy!: string;
  @Personal() @FreeText() justification!: string;
}
