/** Who is whose key worker, and whether they talk. */
import { FreeText, Id, Instant, ListOfText, OneOf, WholeNumber, YesNo } from './kinds.js';
import { About, Optional, Personal } from './members.js';
import { type MissedReason, MISSED_REASONS } from '../../prison/missed-session.js';

const AVAILABILITY = [
  'ACTIVE',
  'UNAVAILABLE_ANNUAL_LEAVE',
  'UNAVAILABLE_LONG_TERM_ABSENCE',
  'UNAVAILABLE_NO_PRISONER_CONTACT',
  'INACTIVE',
] as const;
const QUALITIES = ['GOOD', 'ADEQUATE', 'POOR'] as const;

/** What somebody does instead of key work. */
const REDEPLOYED_TO = ['RESIDENTIAL_UNIT', 'ESCORT_OR_BED_WATCH', 'CONSTANT_SUPERVISION', 'TRAINING', 'OTHER'] as const;

const A_DAY_IN_MINUTES = 1440;

@About('person')
export class KeyWorkerAllocated {
  @Id() staffId!: string;
  @Optional() @Personal() @FreeText() reason?: string;
}

@About('person')
export class KeyWorkerDeallocated extends KeyWorkerAllocated {}

@About('staff')
export class KeyWorkerAvailabilityChanged {
  @Id() staffId!: string;
  @OneOf(AVAILABILITY) status!: (typeof AVAILABILITY)[number];
}

/** From one instant to another is kept free for key work. */
@About('staff')
export class KeyWorkTimeScheduled {
  @Id() staffId!: string;
  @Instant() from!: string;
  @Instant() until!: string;
}

/** Time that had been kept free is taken for something else. */
@About('staff')
export class KeyWorkTimeWithdrawn extends KeyWorkTimeScheduled {
  @Optional() @OneOf(REDEPLOYED_TO) redeployedTo?: (typeof REDEPLOYED_TO)[number];
}

@About('person')
export class KeyWorkerSessionHeld {
  @Id() staffId!: string;
  @Optional() @WholeNumber(0, A_DAY_IN_MINUTES) minutes?: number;
  @Optional() @YesNo() inPrivate?: boolean;
  @Optional() @YesNo() interpreterUsed?: boolean;
  @Optional() @Personal() @ListOfText() topics?: string[];
  @Optional() @Personal() @ListOfText() targetsSet?: string[];
  @Optional() @Id() noteRef?: string;
}

/** A note that is not a session. */
@About('person')
export class KeyWorkerEntryRecorded {
  @Id() staffId!: string;
  @Optional() @Id() noteRef?: string;
}

@About('person')
export class KeyWorkerSessionMissed {
  @Optional() @Id() staffId?: string;
  @OneOf(MISSED_REASONS) reason!: MissedReason;
}

@About('person')
export class CaseNoteQualityAssessed {
  @Id() noteRef!: string;
  @Id() staffId!: string;
  @OneOf(QUALITIES) quality!: (typeof QUALITIES)[number];
  @Optional() @Personal() @ListOfText() concerns?: string[];
}
