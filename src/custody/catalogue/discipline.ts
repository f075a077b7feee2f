/** Charges, punishments, incentive levels. */
import { FreeText, Id, LocalDate, OneOf, WholeNumber, YesNo } from './kinds.js';
import { About, Optional, Personal } from './members.js';

const INCENTIVE_LEVELS = ['BASIC', 'STANDARD', 'ENHANCED'] as const;
type IncentiveLevel = (typeof INCENTIVE_LEVELS)[number];

/** Prison Rules 1999, rule 55: cellular confinement for at most 21 days. */
const LONGEST_CONFINEMENT = 21;
/** Only catches typing errors: no policy sets a limit. */
const LONGEST_RESTRICTION = 3650;

@About('person')
export class AdjudicationReported {
  @Id() chargeNumber!: string;
  @Optional() @Personal() @FreeText() offence?: string;
}

@About('person')
export class AdjudicationProved extends AdjudicationReported {}

@About('person')
export class AdjudicationQuashed extends AdjudicationReported {}

@About('person')
export class CellularConfinementAwarded {
  @Id() chargeNumber!: string;
  @WholeNumber(1, LONGEST_CONFINEMENT) days!: number;
  @YesNo() suspended!: boolean;
  /** The first day, where it follows another confinement. */
  @Optional() @LocalDate() startsOn?: string;
}

@About('person')
export class CellularConfinementActivated {
  @Id() chargeNumber!: string;
  @WholeNumber(1, LONGEST_CONFINEMENT) days!: number;
  @Optional() @LocalDate() startsOn?: string;
}

@About('person')
export class CellularConfinementEnded {
  @Id() chargeNumber!: string;
}

@About('person')
export class SocialVisitsRestricted {
  @Optional() @Id() chargeNumber?: string;
  @WholeNumber(1, LONGEST_RESTRICTION) days!: number;
}

@About('person')
export class IncentiveLevelChanged {
  @OneOf(INCENTIVE_LEVELS) from!: IncentiveLevel;
  @OneOf(INCENTIVE_LEVELS) to!: IncentiveLevel;
}

@About('person')
export class IncentiveReviewHeld {
  @OneOf(INCENTIVE_LEVELS) level!: IncentiveLevel;
}
