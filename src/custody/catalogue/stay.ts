/** A person comes to a prison, goes, is moved within it, and is recorded under a name and number. */
import { LEGAL_STATUSES, type LegalStatus } from '../../prison/legal-status.js';
import { FreeText, Id, LocalDate, OneOf, PrisonNumber, Words, YesNo } from './kinds.js';
import { About, Optional, Personal } from './members.js';

const ARRIVAL_REASONS = [
  'NEW_ADMISSION',
  'READMISSION',
  'RECALL',
  'TRANSFERRED',
  'RETURN_FROM_COURT',
  'TEMPORARY_ABSENCE_RETURN',
  'HOSPITAL_RETURN',
] as const;

/** `RELEASED_TO_HOSPITAL`: to a secure hospital, for good. `TAKEN_TO_HOSPITAL`: expected back. */
const LEAVING_REASONS = [
  'RELEASED',
  'TRANSFERRED',
  'DIED',
  'RELEASED_TO_HOSPITAL',
  'SENT_TO_COURT',
  'TEMPORARY_ABSENCE_RELEASE',
  'TAKEN_TO_HOSPITAL',
] as const;

@About('person')
export class PrisonerReceived {
  @OneOf(ARRIVAL_REASONS) reason!: (typeof ARRIVAL_REASONS)[number];
  @Optional() @Personal() @LocalDate() dateOfBirth?: string;
}

/** Somebody has looked, in the first night or the morning after it, how a person is who came from outside. */
@About('person')
export class FirstNightCheckCompleted {}

@About('person')
export class PrisonerReleased {
  @OneOf(LEAVING_REASONS) reason!: (typeof LEAVING_REASONS)[number];
}

@About('person')
export class LegalStatusChanged {
  @OneOf(LEGAL_STATUSES) status!: LegalStatus;
}

@About('person')
export class PersonDetailsChanged {
  @Personal() @Words() firstName!: string;
  @Personal() @Words() lastName!: string;
  @Optional() @Personal() @LocalDate() dateOfBirth?: string;
}

/** The event's own prison number is the one kept. */
@About('person')
export class PrisonerRecordsMerged {
  @PrisonNumber() removedPrisonNumber!: string;
}

@About('person')
export class CellMoved {
  @Personal() @FreeText() location!: string;
  @YesNo() segregationUnit!: boolean;
}

/** The roll of a prison has somebody of whom nobody had told where they are (docs/roll.md). */
@About('person')
export class FoundOnRoll {}

@About('staff')
export class StaffDetailsChanged {
  @Id() staffId!: string;
  @Personal() @Words() name!: string;
  @Optional() @Id() userName?: string;
}
