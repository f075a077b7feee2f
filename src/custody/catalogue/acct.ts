/** Assessment, Care in Custody and Teamwork: the care of people at risk of suicide or self-harm (PSI 64/2011). */
import { DateOrInstant, FreeText, YesNo } from './kinds.js';
import { About, Optional, Personal } from './members.js';

@About('person')
export class AcctOpened {
  @Optional() @Personal() @FreeText() concern?: string;
}

/** After a self-harm: the decision not to open one. */
@About('person')
export class AcctNotOpenedDecisionRecorded {
  @Personal() @FreeText() decidedBy!: string;
  @Personal() @FreeText() justification!: string;
}

@About('person')
export class AcctImmediateActionPlanCompleted {}

@About('person')
export class AcctAssessmentCompleted {}

@About('person')
export class AcctCaseReviewHeld {
  @Optional() @DateOrInstant() nextReviewDue?: string;
  @YesNo() keyWorkerInvited!: boolean;
  @YesNo() keyWorkerAttended!: boolean;
  @Optional() @YesNo() keyWorkerContributed?: boolean;
}

@About('person')
export class AcctClosed {}

@About('person')
export class AcctPostClosureReviewHeld {}
