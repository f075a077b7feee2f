/** What goes wrong in a prison, how often, and what usually follows. */
import { DAY, HOUR, type Instant, MINUTE } from '../prison/instant.js';
import type { DemonstrationCalendar } from './calendar.js';
import type { Resident } from './cast.js';
import type { Chance } from '../generate/chance.js';
import { acct } from '../generate/habits/acct.js';
import { basic, charge, substances, violence } from '../generate/habits/discipline.js';
import { bereavement, cancelledVisits, contactLost } from '../generate/habits/family.js';
import { followUp, session } from '../generate/habits/key-work.js';
import { concern } from '../generate/habits/risk.js';
import { segregation } from '../generate/habits/segregation.js';
import { happens, type Happening } from '../generate/happening.js';
import { eventId } from './recording.js';

export interface Occasion {
  readonly at: Instant;
  /** The key worker. */
  readonly staffId: string;
  readonly person: Resident;
  readonly calendar: DemonstrationCalendar;
  readonly chance: Chance;
}

type Habit = (trouble: Occasion) => Happening[];

/** One trouble, with what the prison and the key worker do about it. */
export const someTrouble = (trouble: Occasion): Happening[] => trouble.chance.weighted(TROUBLES)(trouble);

const charged: Habit = ({ at, person, calendar, chance }) => charge(at, chargeNumber(person, at), calendar, chance);

const fight: Habit = ({ at, staffId, calendar, chance }) => [
  ...violence(at, chance),
  ...followUp(at, staffId, calendar, chance),
];

const underTheInfluence: Habit = ({ at, staffId, calendar, chance }) => [
  ...substances(at, chance),
  ...followUp(at + DAY, staffId, calendar, chance),
];

const onBasic: Habit = ({ at, staffId, calendar, chance }) => [
  session(calendar.workingHours(at - chance.between(1, 5) * DAY, chance), staffId),
  ...basic(at, calendar, chance),
  ...followUp(at, staffId, calendar, chance),
];

const inSegregation: Habit = ({ at, staffId, calendar, chance }) => [
  session(calendar.workingHours(at - chance.between(1, 3) * DAY, chance), staffId),
  ...segregation(at, chance.between(1, 8), calendar, chance),
  ...followUp(at, staffId, calendar, chance),
];

/** Self-harm, after which an ACCT is opened, mostly within the hour; or the fear of it. The key worker comes within days. */
const selfHarm: Habit = ({ at, staffId, calendar, chance }) => {
  const harmed = chance.happens(0.6);
  const opened = harmed ? at + (chance.happens(0.94) ? chance.between(5, 45) : 80) * MINUTE : at;
  return [
    ...(harmed ? [happens(at, 'SelfHarmReported', { severity: 'MINOR' })] : []),
    ...acct(opened, calendar, chance),
    session(calendar.workingHours(at + chance.between(1, 2) * DAY, chance), staffId, 30),
  ];
};

const grief: Habit = ({ at, chance }) => bereavement(at, chance);

const contact: Habit = ({ at, staffId, calendar, chance }) => [
  ...contactLost(at, calendar, chance),
  session(calendar.workingHours(at + chance.between(1, 3) * DAY, chance), staffId, 30),
];

const visits: Habit = ({ at, chance }) => cancelledVisits(at, chance);

/** Somebody sees that he is not well, and the key worker talks with him. */
const noticed: Habit = ({ at, staffId, calendar, chance }) => [
  concern(at, chance.pick(['STAFF', 'STAFF', 'FAMILY', 'PRISONER']), chance.pick(['MOOD', 'ISOLATION', 'NOT_EATING'])),
  session(calendar.workingHours(at + chance.between(1, 2) * DAY, chance), staffId, 30),
];

/** Written into the wrong record, and taken back. */
const mistake: Habit = ({ at, person, chance }) => {
  const wrong = happens(at, 'AssaultReported', { role: 'VICTIM' });
  const withdraws = eventId(wrong, person.prisonNumber);
  const taken = { withdraws, reason: 'Entered for the wrong person.' };
  return [wrong, happens(at + chance.between(20, 90) * HOUR, 'EventWithdrawn', taken)];
};

const TROUBLES: readonly { readonly weight: number; readonly value: Habit }[] = [
  { weight: 32, value: charged },
  { weight: 15, value: underTheInfluence },
  { weight: 11, value: visits },
  { weight: 9, value: fight },
  { weight: 8, value: selfHarm },
  { weight: 7, value: onBasic },
  { weight: 6, value: grief },
  { weight: 5, value: contact },
  { weight: 5, value: inSegregation },
  { weight: 4, value: noticed },
  { weight: 2, value: mistake },
];

/** A number that no other charge has: the person's, and the hour. */
const chargeNumber = ({ prisonNumber }: Resident, at: Instant): string =>
  `XYI-${prisonNumber.slice(1, 5)}${Math.floor(at / HOUR)}`;
