/** Family and friends: bereavement, contact that ends, visitors who do not come. */
import { DAY, HOUR, type Instant } from '../../prison/instant.js';
import type { Calendar } from '../calendar.js';
import type { Chance } from '../chance.js';
import { happens, type Happening } from '../happening.js';

const RELATIVES = ['mother', 'father', 'grandmother', 'brother', 'uncle'];

export const bereaved = (at: Instant, relationship: string): Happening =>
  happens(at, 'BereavementNotified', { relationship });

export const chaplain = (at: Instant): Happening => happens(at, 'ChaplaincyContactHeld');

/** A death or a serious illness in the family; the chaplain comes, mostly within three days. */
export const bereavement = (at: Instant, chance: Chance): Happening[] => [
  happens(at, 'BereavementNotified', { relationship: chance.pick(RELATIVES), seriousIllness: chance.happens(0.3) }),
  chaplain(at + (chance.happens(0.9) ? chance.between(3, 60) : 90) * HOUR),
];

export const contactEnded = (at: Instant, relationship = 'partner'): Happening =>
  happens(at, 'FamilyContactChanged', { change: 'CONTACT_ENDED', relationship });

/** Contact with somebody close ends; sometimes it comes back. */
export const contactLost = (at: Instant, calendar: Calendar, chance: Chance): Happening[] => {
  const restored = calendar.workingHours(at + chance.between(10, 30) * DAY, chance);
  const change = chance.pick(['CONTACT_ENDED', 'CONTACT_REFUSED', 'VISITS_LOST', 'VISITOR_BANNED']);
  return [
    happens(at, 'FamilyContactChanged', { change, relationship: 'partner' }),
    ...(chance.happens(0.4)
      ? [happens(restored, 'FamilyContactChanged', { change: 'CONTACT_RESTORED', relationship: 'partner' })]
      : []),
  ];
};

/** A visitor who does not come, and perhaps not the next time either. */
export const cancelledVisits = (at: Instant, chance: Chance): Happening[] => [
  happens(at, 'VisitCancelled', { by: 'VISITOR' }),
  ...(chance.happens(0.4) ? [happens(at + 14 * DAY, 'VisitCancelled', { by: 'VISITOR' })] : []),
];
