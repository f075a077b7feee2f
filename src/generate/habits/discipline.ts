/** Charges and what comes of them; a move to Basic; assaults and substances. */
import { DAY, HOUR, type Instant, MINUTE } from '../../prison/instant.js';
import type { Calendar } from '../calendar.js';
import type { Chance } from '../chance.js';
import { happens, type Happening } from '../happening.js';

const OFFENCES = ['disobeying a lawful order', 'being in an unauthorised place', 'damage to a cell', 'disorder'];

export const charged = (at: Instant, chargeNumber: string): Happening =>
  happens(at, 'AdjudicationReported', { chargeNumber, offence: 'disorder' });

export const proved = (at: Instant, chargeNumber: string): Happening =>
  happens(at, 'AdjudicationProved', { chargeNumber });

/** A charge that is proved after some days; now and then it is quashed on review. */
export const charge = (at: Instant, chargeNumber: string, calendar: Calendar, chance: Chance): Happening[] => {
  const heard = calendar.workingHours(at + chance.between(2, 5) * DAY, chance);
  const quashed = calendar.workingHours(heard + chance.between(8, 20) * DAY, chance);
  return [
    happens(at, 'AdjudicationReported', { chargeNumber, offence: chance.pick(OFFENCES) }),
    ...(chance.happens(0.8) ? [proved(heard, chargeNumber)] : []),
    ...(chance.happens(0.05) ? [happens(quashed, 'AdjudicationQuashed', { chargeNumber })] : []),
  ];
};

export const movedToBasic = (at: Instant): Happening =>
  happens(at, 'IncentiveLevelChanged', { from: 'STANDARD', to: 'BASIC' });

/** A week or two on Basic, mostly reviewed in time. */
export const basic = (at: Instant, calendar: Calendar, chance: Chance): Happening[] => {
  const reviewed = calendar.workingHours(at + (chance.happens(0.88) ? chance.between(5, 7) : 10) * DAY, chance);
  return [
    movedToBasic(at),
    happens(reviewed, 'IncentiveReviewHeld', { level: 'STANDARD' }),
    happens(reviewed + 15 * MINUTE, 'IncentiveLevelChanged', { from: 'BASIC', to: 'STANDARD' }),
  ];
};

export const misuse = (at: Instant, kind: 'UNDER_INFLUENCE' | 'POSSESSION' | 'POSITIVE_TEST'): Happening =>
  happens(at, 'SubstanceMisuseIndicated', { kind });

export const referral = (at: Instant): Happening => happens(at, 'SubstanceMisuseIndicated', { kind: 'REFERRAL' });

/** Found under the influence, sometimes twice, and referred for help. */
export const substances = (at: Instant, chance: Chance): Happening[] => [
  misuse(at, chance.pick(['UNDER_INFLUENCE', 'POSSESSION', 'POSITIVE_TEST'])),
  referral(at + chance.between(1, 30) * HOUR),
  ...(chance.happens(0.3) ? [misuse(at + chance.between(5, 13) * DAY, 'UNDER_INFLUENCE')] : []),
];

/** A fight, or an assault; sometimes the two are kept apart afterwards, or a plan is made. */
export const violence = (at: Instant, chance: Chance): Happening[] => [
  happens(at, 'AssaultReported', { role: chance.pick(['ASSAILANT', 'VICTIM', 'FIGHTER']) }),
  ...(chance.happens(0.4) ? [happens(at + 20 * HOUR, 'NonAssociationRecorded')] : []),
  ...(chance.happens(0.3) ? [happens(at + 30 * HOUR, 'CsipStatusChanged', { status: 'CSIP_OPEN' })] : []),
];
