import { DAY, HOUR, type Instant, MINUTE, toIso } from '../prison/instant.js';
import { DemonstrationCalendar } from './calendar.js';
import { ordinaryResidents, type Resident, STAFF } from './cast.js';
import { Chance } from '../generate/chance.js';
import { happens, type Happening, recorded } from '../generate/happening.js';
import { beats } from './beats.js';
import { opening } from './opening.js';
import { trainer, womensPrison } from './other-prisons.js';
import { DAYS_AHEAD, ordinaryLife } from './ordinary-life.js';
import { type DemonstrationEvent, DEMONSTRATION, record } from './recording.js';
import { arrivesAt, movements, PRISON, type StayScript, stayAt } from './stay.js';
import type { Alias } from './scripts/life-script.js';
import { type LifeScriptName, LIFE_SCRIPTS } from './scripts/life-scripts.js';

/** Somebody, and everything that happens to them: months back, and weeks ahead. */
interface DemoLife {
  readonly person: Resident;
  readonly stays: readonly StayScript[];
  readonly happenings: readonly Happening[];
  readonly alias?: Alias | undefined;
}

/**
 * Everything that is told of the demonstration's prisons, before it begins and after, in the order in which it is recorded.
 * Depends on `began` and `seed` alone.
 */
export const everything = (began: Instant, seed: number): DemonstrationEvent[] => {
  const calendar = new DemonstrationCalendar(began);
  const chance = new Chance(seed);
  const lives = [...scriptedLives(calendar), ...ordinaryLives(seed, calendar, chance)];
  const events = [
    ...staff(calendar, chance.of('staff')),
    ...lives.flatMap((life) => recordedLife(life, calendar, chance.of(`records ${life.person.prisonNumber}`))),
    ...womensPrison(calendar, seed),
    ...trainer(calendar, seed),
  ];
  return inTheOrderRecorded([...new Map(events.map((event) => [event.id, event])).values(), marker(began)]);
};

const scriptedLives = (calendar: DemonstrationCalendar): DemoLife[] => {
  const play = opening(calendar);
  return Object.entries(LIFE_SCRIPTS).map(([name, { person, stays, happenings, alias }]) => ({
    person,
    stays,
    alias,
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
const onStage = (happening: Happening, { began }: DemonstrationCalendar): Happening =>
  happening.at < began + HOUR ? recorded(happening) : happening;

const ordinaryLives = (seed: number, calendar: DemonstrationCalendar, chance: Chance): DemoLife[] => {
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

/** Only what happens in prison is recorded, by the prison in which it happens, under the number that the person has then. */
const recordedLife = (life: DemoLife, calendar: DemonstrationCalendar, chance: Chance): DemonstrationEvent[] =>
  [...details(life, calendar), ...life.happenings].flatMap((happening) => {
    const stay = stayAt(life.stays, happening.at, calendar);
    const { prisonNumber } = knownAs(life, happening.at, calendar);
    return stay ? [record(happening, { prisonNumber, prisonId: stay.prisonId }, chance)] : [];
  });

const knownAs = ({ person, alias }: DemoLife, at: Instant, calendar: DemonstrationCalendar): Resident =>
  alias && calendar.ago(alias.from, '00:00') <= at && at < mergedAt(alias, calendar) ? alias.as : person;

const mergedAt = ({ until }: Alias, calendar: DemonstrationCalendar): Instant => calendar.ago(until, '11:00');

/** Name and date of birth: as somebody first arrives, and where that was under an alias, once more when it is over. */
const details = (life: DemoLife, calendar: DemonstrationCalendar): Happening[] => {
  const { stays, alias } = life;
  const named = stays.map((stay) => nameAt(arrivesAt(stay, calendar), life, calendar));
  if (!alias) return named.slice(0, 1);
  const at = mergedAt(alias, calendar);
  const removed = { removedPrisonNumber: alias.as.prisonNumber };
  return [...named, happens(at, 'PrisonerRecordsMerged', removed), nameAt(at, life, calendar)];
};

const nameAt = (at: Instant, life: DemoLife, calendar: DemonstrationCalendar): Happening => {
  const { firstName, lastName, dateOfBirth } = knownAs(life, at, calendar);
  return happens(at, 'PersonDetailsChanged', { firstName, lastName, dateOfBirth });
};

/** Who works there; some are on leave now and then. */
const staff = (calendar: DemonstrationCalendar, chance: Chance): DemonstrationEvent[] =>
  STAFF.flatMap(({ staffId, name, prisonId }) => {
    const leave = calendar.ago(chance.between(20, 150), '08:00');
    const availability = (at: Instant, status: string): Happening =>
      happens(at, 'KeyWorkerAvailabilityChanged', { staffId, status });
    return [
      happens(calendar.ago(185, '09:00'), 'StaffDetailsChanged', { staffId, name }),
      availability(leave, 'UNAVAILABLE_ANNUAL_LEAVE'),
      availability(leave + 7 * DAY, 'ACTIVE'),
      ...timeForKeyWork(staffId, calendar, chance),
    ].map((happening) => record(happening, { prisonId }, chance));
  });

/** One afternoon a week is kept free for key work; in one week of three half of it is taken for the wing. */
const timeForKeyWork = (staffId: string, calendar: DemonstrationCalendar, chance: Chance): Happening[] => {
  const happenings: Happening[] = [];
  for (let day = 28 - chance.between(0, 6); day > -DAYS_AHEAD; day -= 7) {
    const [from, half, until] = ['13:30', '15:15', '17:00'].map((time) => toIso(calendar.ago(day, time)));
    const taken = { staffId, from: half, until, redeployedTo: 'RESIDENTIAL_UNIT' };
    happenings.push(happens(calendar.ago(day + 10, '09:00'), 'KeyWorkTimeScheduled', { staffId, from, until }));
    if (chance.happens(1 / 3)) happenings.push(happens(calendar.ago(day, '07:40'), 'KeyWorkTimeWithdrawn', taken));
  }
  return happenings;
};

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
