/** Family and other ties, their loss, and who helps to bear it. */
import { FreeText, OneOf, YesNo } from './kinds.js';
import { About, Optional, Personal } from './members.js';

const CONTACT_CHANGES = [
  'CONTACT_ENDED',
  'CONTACT_REFUSED',
  'CONTACT_REMOVED',
  'VISITOR_BANNED',
  'VISITS_LOST',
  'CONTACT_RESTORED',
  'CONTACT_ADDED',
] as const;
const CANCELLED_BY = ['VISITOR', 'PRISONER', 'ESTABLISHMENT'] as const;

@About('person')
export class FamilyContactChanged {
  @OneOf(CONTACT_CHANGES) change!: (typeof CONTACT_CHANGES)[number];
  @Optional() @Personal() @FreeText() relationship?: string;
}

@About('person')
export class VisitCancelled {
  @OneOf(CANCELLED_BY) by!: (typeof CANCELLED_BY)[number];
}

@About('person')
export class BereavementNotified {
  @Optional() @Personal() @FreeText() relationship?: string;
  @Optional() @YesNo() seriousIllness?: boolean;
}

@About('person')
export class ChaplaincyContactHeld {}
