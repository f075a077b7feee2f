import { DAY, HOUR, type Instant, MINUTE, toIso } from '../prison/instant.js';
import { Calendar } from './calendar.js';
import { ordinaryResidents, type Resident, STAFF } from './cast.js';
import { Chance } from './chance.js';
import { happens, type Happening, recorded } from './happening.js';
import { beats } from './beats.js';
import { opening } from './opening.js';
import { ordinaryLife } from './ordinary-life.js';
import { type DemonstrationEvent, DEMONSTRATION, record } from './recording.js';
import { arrivesAt, movements, PRISON, type StayScript, stayAt } from './stay.js';
import { type LifeScriptName, LIFE_SCRIPTS } from './scripts/life-scripts.js';

/** Somebody, and everything that happens to them: months back, and weeks ahead. */
interface DemoLife {
  readonly person: Resident;
  readonly stays: readonly StayScript[];
  readonly happenings: readonly Happening[];
}

/**
 * Everything that happens in the demonstration prison, before it begins and after, in the order in which it is recorded.
 * Depends on `began` and `seed` alone.
 */
export const everything = (began: Instant, seed: number): DemonstrationEvent[] => {
  const calendar = new Calendar(began);
  const chance = new Chance(seed);
  const lives = [...scriptedLives(calendar), ...ordinaryLives(seed, calendar, chance)];
  const events = [
    ...staff(calendar, chance.of('staff')),
    ...lives.flatMap((life) => recordedLife(life, calendar, chance.of(`records ${life.person.prisonNumber}`))),
  ];
  return inTheOrderRecorded([...new Map(events.map((event) => [event.id, event])).values(), marker(began)]);
};

const scriptedLives = (calendar: Calendar): DemoLife[] => {
  const play = opening(calendar);
  return Object.entries(LIFE_SCRIPTS).map(([name, { person, stays, happenings }]) => ({
    person,
    stays,
    happenings: [
      ...stays.flatMap((stay) => movements(stay, calendar)),
      ...happenings(calendar).map(atOnce),
      ...(play[name as LifeScriptName] ?? []).map((happening) => onStage(happening, calendar)),
    ],
  }));
};

/** A told life depends on nobody's forgetting to write it up. */
const atOnce = (happening: Happening): Happening => ({ recordedAfter: 4 * MINUTE, ...happening });

/** What the opening shows is recorded as it happens. */
const onStage = (happening: Happening, { began }: Calendar): Happening =>
  happening.at < began + HOUR ? recorded(happening) : happening;

const ordinaryLives = (seed: number, calendar: Calendar, chance: Chance): DemoLife[] => {
  const residents = ordinaryResidents(seed);
  const more = new Map<Resident, Happening[]>();
  for (const { person, happenings } of beats(residents, calendar, chance.of('beats')))
    more.set(person, [...(more.get(person) ?? []), ...happenings]);
  return residents.map((person) => ({
    person,
    stays: person.stays,
    happenings: [...ordinaryLife(person, calendar, chance.of(person.prisonNumber)), ...(more.get(person) ?? [])],
  }));
};

/** Only what happens in prison is recorded, by the prison in which it happens. */
const recordedLife = (
  { person, stays, happenings }: DemoLife,
  calendar: Calendar,
  chance: Chance,
): DemonstrationEvent[] =>
  [...details(person, stays, calendar), ...happenings].flatMap((happening) => {
    const stay = stayAt(stays, happening.at, calendar);
    return stay ? [record(happening, { prisonNumber: person.prisonNumber, prisonId: stay.prisonId }, chance)] : [];
  });

const details = ({ firstName, lastName, dateOfBirth }: Resident, [first]: readonly StayScript[], calendar: Calendar) =>
  first ? [happens(arrivesAt(first, calendar), 'PersonDetailsChanged', { firstName, lastName, dateOfBirth })] : [];

/** Who works there; some are on leave now and then. */
const staff = (calendar: Calendar, chance: Chance): DemonstrationEvent[] =>
  STAFF.flatMap(({ staffId, name, prisonId }) => {
    const leave = calendar.ago(chance.between(20, 150), '08:00');
    const availability = (at: Instant, status: string): Happening =>
      happens(at, 'KeyWorkerAvailabilityChanged', { staffId, status });
    return [
      happens(calendar.ago(185, '09:00'), 'StaffDetailsChanged', { staffId, name }),
      availability(leave, 'UNAVAILABLE_ANNUAL_LEAVE'),
      availability(leave + 7 * DAY, 'ACTIVE'),
    ].map((happening) => record(happening, { prisonId }, chance));
  });

/** Says in the log itself that it holds a demonstration, and when that began. */
const marker = (began: Instant): DemonstrationEvent =>
  record(
    recorded(happens(began, 'FeedCompleteUntil', { feed: DEMONSTRATION, until: toIso(began) })),
    { prisonId: PRISON },
    new Chance(0),
  );

const inTheOrderRecorded = (events: readonly DemonstrationEvent[]): DemonstrationEvent[] => {
  const text = ({ recordedAt, occurredAt, id }: DemonstrationEvent): string => `${recordedAt} ${occurredAt} ${id}`;
  return [...events].sort((a, b) => (text(a) < text(b) ? -1 : 1));
};
