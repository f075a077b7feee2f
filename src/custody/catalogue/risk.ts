/** Harm, violence, substances, and what is known of a person's risk. */
import { Code, OneOf } from './kinds.js';
import { About, Optional } from './members.js';

const ROLES = ['ASSAILANT', 'VICTIM', 'FIGHTER'] as const;
const SUBSTANCE_KINDS = ['UNDER_INFLUENCE', 'POSSESSION', 'POSITIVE_TEST', 'REFERRAL'] as const;
const COMPLEXITY_LEVELS = ['LOW', 'MEDIUM', 'HIGH'] as const;

@About('person')
export class SelfHarmReported {
  @Optional() @Code() severity?: string;
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
  @Code() status!: string;
}

/** `code` is a NOMIS code, such as `HC`: self-harm in custody. */
@About('person')
export class RiskMarkerAdded {
  @Code() code!: string;
}

@About('person')
export class RiskMarkerRemoved extends RiskMarkerAdded {}

@About('person')
export class ComplexityOfNeedChanged {
  @OneOf(COMPLEXITY_LEVELS) level!: (typeof COMPLEXITY_LEVELS)[number];
}
