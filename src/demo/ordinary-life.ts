import { DAY, HOUR, type Instant, MINUTE } from '../prison/instant.js';
import type { DemonstrationCalendar } from './calendar.js';
import type { OrdinaryResident } from './cast.js';
import type { Chance } from '../generate/chance.js';
import { courtDay, hospital, withAbsence } from '../generate/habits/absences.js';
import { allocated, handover, weeklySessions } from '../generate/habits/key-work.js';
import type { Happening } from '../generate/happening.js';
import { arrivesAt, leavesAt, movements, type StayScript, stayAt } from './stay.js';
import { someTrouble } from './troubles.js';

/** How many days past the beginning lives are told. */
export const DAYS_AHEAD = 28;

/** A life left to chance: it comes, is seen by its key worker more or less every week, has troubles, and goes. */
export const ordinaryLife = (
  resident: OrdinaryResident,
  calendar: DemonstrationCalendar,
  chance: Chance,
): Happening[] => {
  const inPrison = [
    ...resident.stays.flatMap((stay) => keyWork(stay, resident.reliability, calendar, chance)),
    ...troubles(resident, calendar, chance),
  ].filter(({ at }) => stayAt(resident.stays, at, calendar));
  const coming = resident.stays.flatMap((stay) => movements(stay, calendar));
  return withAbsences([...inPrison, ...coming], resident, calendar, chance);
};

const keyWork = (
  stay: StayScript,
  reliability: number,
  calendar: DemonstrationCalendar,
  chance: Chance,
): Happening[] => {
  const [staffId, next] = stay.staffIds;
  if (staffId === undefined) return [];
  const arrived = arrivesAt(stay, calendar);
  const until = endOf(stay, calendar);
  const allocation = arrived + (chance.happens(0.92) ? 18 * HOUR : chance.between(4, 6) * DAY);
  const first = allocation + (chance.happens(0.9) ? chance.between(1, 3) : chance.between(5, 11)) * DAY;
  const change = next === undefined ? until : first + 0.6 * (until - first);
  const sessions = { staffId, reliability, from: first, until: change };
  return [
    allocated(allocation, staffId),
    ...weeklySessions(sessions, calendar, chance),
    ...(next === undefined ? [] : handover(change, staffId, next)),
    ...(next === undefined
      ? []
      : weeklySessions({ ...sessions, staffId: next, from: change + 3 * DAY, until }, calendar, chance)),
  ];
};

/** Troubles come when they come; a person of trouble has more of them. */
const troubles = (resident: OrdinaryResident, calendar: DemonstrationCalendar, chance: Chance): Happening[] => {
  const happenings: Happening[] = [];
  const [first] = resident.stays;
  const wait = (): number => chance.between(2, resident.troubleEvery * 2 - 2) * DAY;
  let at = first ? arrivesAt(first, calendar) + wait() : Infinity;
  for (; at < calendar.ago(-DAYS_AHEAD); at += wait()) {
    const moment = calendar.startOfDay(at) + chance.between(8 * 60, 21 * 60) * MINUTE;
    const staffId = keyWorkerAt(resident, moment, calendar);
    if (staffId !== undefined)
      happenings.push(...someTrouble({ at: moment, staffId, person: resident, calendar, chance }));
  }
  return happenings;
};

/** Court for some, every few weeks; a night in hospital for a few. */
const withAbsences = (
  life: Happening[],
  { stays }: OrdinaryResident,
  calendar: DemonstrationCalendar,
  chance: Chance,
): Happening[] => {
  const last = stays.at(-1);
  if (!last || !chance.happens(0.18)) return life;
  const end = endOf(last, calendar) - 2 * DAY;
  let lived = life;
  for (let day = arrivesAt(last, calendar) + 9 * DAY; day < end; day += chance.between(18, 40) * DAY)
    lived = withAbsence(lived, chance.happens(0.93) ? courtDay(day, calendar) : hospital(day, 1));
  return lived;
};

/** Who is the key worker at an instant; nobody outside a stay. */
const keyWorkerAt = ({ stays }: OrdinaryResident, at: Instant, calendar: DemonstrationCalendar): string | undefined =>
  stayAt(stays, at, calendar)?.staffIds[0];

const endOf = (stay: StayScript, calendar: DemonstrationCalendar): Instant =>
  Math.min(leavesAt(stay, calendar), calendar.ago(-DAYS_AHEAD));
