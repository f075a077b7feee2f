import { type CustodyEvent, occurrenceOf } from '../../src/custody/custody-event.js';
import type { OneTelling } from '../../src/custody/tellings/telling-port.js';
import { companies } from '../../src/kernel/definitional/known-events.js';
import type { Occurrence } from '../../src/kernel/occurrence.js';
import { eventsOf, expectedOf } from '../acceptance/cases.js';
import { GRACE, Service } from './service.js';

export const knownAt = ({ recordedAtMs, occurredAtMs }: CustodyEvent): number => Math.max(recordedAtMs, occurredAtMs);

/** What became known at each instant, in the order of the instants. */
const asKnown = (events: readonly CustodyEvent[]): [number, CustodyEvent[]][] =>
  [...Map.groupBy(events, knownAt)].sort(([a], [b]) => a - b);

/** Lives a history: events come in when they became known; `between` is what the world does after each instant. */
export const live = async (
  events: readonly CustodyEvent[],
  between: (service: Service) => Promise<void> = () => Promise.resolve(),
  service = new Service(),
): Promise<string[]> => {
  await service.start();
  const known = asKnown(events);
  for (const [instant, together] of known) {
    await service.know(instant, ...together);
    await between(service);
  }
  const until = known.at(-1)?.[0] ?? 0;
  await service.wait(until + GRACE);
  return (await service.transitions()).filter((line) => Date.parse(line.slice(0, 24)) <= until);
};

/** A few people of a crowd: enough to meet late, withdrawn, merged and simultaneous records, few enough to be quick. */
export const some = (name: string, count: number): { events: CustodyEvent[]; expected: string[] } => {
  const crowd = eventsOf(name);
  // Whoever has to do with a dozen others would take minutes; merged records have histories of their own.
  const together = companies(crowd.map(occurrenceOf))
    .filter((company) => peopleIn(company).size <= 2)
    .slice(0, count);
  const people = peopleIn(together.flat());
  const events = crowd.filter(({ prisonNumber }) => people.has(prisonNumber));
  const last = Math.max(...events.map(knownAt));
  return {
    events,
    expected: expectedOf(name)
      .filter((line) => people.has(line.split(' ')[1]) && Date.parse(line.slice(0, 24)) <= last)
      .sort(),
  };
};

const peopleIn = (occurrences: readonly Pick<Occurrence, 'prisonNumber'>[]): Set<string | undefined> =>
  new Set(occurrences.map(({ prisonNumber }) => prisonNumber));

export const peopleOf = (events: readonly CustodyEvent[]): string[] => [
  ...new Set(events.flatMap(({ prisonNumber }) => prisonNumber ?? [])),
];

/** Tells a service the history of people of whom it knows nothing, all but that it is complete. */
export const tellHistory = async (service: Service, events: readonly CustodyEvent[]): Promise<OneTelling> => {
  const history = service.telling('history');
  await history.begin(peopleOf(events));
  await history.record(events);
  return history;
};
