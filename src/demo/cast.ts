/** Who lives and works in the demonstration prison. Nobody here exists. */
import { Chance } from '../generate/chance.js';
import { inventedPerson, type InventedPerson, officers, otherOfficers } from '../generate/names.js';
import { NEIGHBOUR, PRISON, type StayScript } from './stay.js';

/** People in all; about five in six of them are in the prison on the day on which the demonstration begins. */
const PEOPLE = 365;

/** The first numbers are kept for lives told on purpose: `scripts/life-scripts.ts`. */
const KEPT_FOR_TOLD_LIVES = 40;

export interface Resident extends InventedPerson {
  readonly prisonNumber: string;
}

/** Somebody whose life is left to chance. */
export interface OrdinaryResident extends Resident {
  readonly stays: readonly StayScript[];
  /** How likely a week's key worker session is to be held. */
  readonly reliability: number;
  /** Days between one trouble and the next, on average. */
  readonly troubleEvery: number;
}

/** Key workers: of the demonstration prison from 9001, of its neighbour from 9501. */
export const STAFF = [
  ...officers.map((name, place) => ({ prisonId: PRISON, staffId: String(9001 + place), name })),
  ...otherOfficers.slice(0, 6).map((name, place) => ({ prisonId: NEIGHBOUR, staffId: String(9501 + place), name })),
];

const nth = (from: readonly string[], place: number): string => from[place % from.length] ?? '';

/** The person with that number, from 1 on: a prison number and a name that nobody could take for real. */
export const resident = (number: number): Resident => ({
  prisonNumber: `Z${String(number).padStart(4, '0')}ZZ`,
  ...inventedPerson(number),
});

/** The name and number under which one of the told lives was recorded for a time: nobody else's. */
export const ALIAS = resident(KEPT_FOR_TOLD_LIVES);

/** Those whose lives are left to chance: who they are depends on the seed only, never on the day. */
export const ordinaryResidents = (seed: number): OrdinaryResident[] =>
  Array.from({ length: PEOPLE - KEPT_FOR_TOLD_LIVES }, (_, place) => {
    const number = KEPT_FOR_TOLD_LIVES + 1 + place;
    const chance = new Chance(seed).of(`resident ${number}`);
    return {
      ...resident(number),
      stays: stays(number, chance),
      reliability: chance.weighted(RELIABILITY),
      troubleEvery: chance.happens(0.12) ? 18 : 60,
    };
  });

/** Whether somebody is in the demonstration prison when it begins, and stays for the next days. */
export const livesHere = ({ stays }: OrdinaryResident): boolean =>
  stays.some(({ prisonId, from, until }) => prisonId === PRISON && from > 14 && until === undefined);

const RELIABILITY = [
  { weight: 20, value: 0.93 },
  { weight: 50, value: 0.42 },
  { weight: 30, value: 0.3 },
];

/** The new wings were filled within a month, five months ago; since then somebody comes and goes almost every day. */
const stays = (number: number, chance: Chance): StayScript[] => {
  const from = chance.happens(0.45) ? chance.between(125, 155) : chance.between(-20, 125);
  const here: StayScript = {
    prisonId: PRISON,
    from,
    ...arrivalAndCell(chance),
    staffIds: keyWorkers(number, PRISON, chance),
  };
  if (chance.happens(0.06)) return [...cameFromNeighbour(number, from, chance), { ...here, arrival: 'TRANSFERRED' }];
  if (!chance.happens(0.22)) return [here];
  const until = from - chance.between(12, 120);
  if (until < -20 || chance.happens(0.75)) return [{ ...here, until, leaving: 'RELEASED' }];
  const there = { ...here, prisonId: NEIGHBOUR, from: until, arrival: 'TRANSFERRED' } as const;
  return [
    { ...here, until, leaving: 'TRANSFERRED' },
    { ...there, staffIds: keyWorkers(number, NEIGHBOUR, chance) },
  ];
};

const cameFromNeighbour = (number: number, until: number, chance: Chance): StayScript[] => [
  {
    prisonId: NEIGHBOUR,
    from: until + chance.between(15, 30),
    until,
    leaving: 'TRANSFERRED',
    ...arrivalAndCell(chance),
    staffIds: keyWorkers(number, NEIGHBOUR, chance).slice(0, 1),
  },
];

const arrivalAndCell = (chance: Chance): Pick<StayScript, 'arrival' | 'cell'> => ({
  arrival: chance.pick(['NEW_ADMISSION', 'NEW_ADMISSION', 'READMISSION', 'RECALL'] as const),
  cell: `${chance.pick(['A', 'B', 'C'])}-${chance.between(1, 3)}-${String(chance.between(1, 40)).padStart(3, '0')}`,
});

/** Mostly one key worker; for some a second takes over. */
const keyWorkers = (number: number, prisonId: string, chance: Chance): string[] => {
  const staff = STAFF.filter((member) => member.prisonId === prisonId).map(({ staffId }) => staffId);
  const first = nth(staff, number);
  return chance.happens(0.22) ? [first, nth(staff, number + 1)] : [first];
};
