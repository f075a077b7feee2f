/** What happens in the prison while somebody watches, besides what its people's lives have in store anyway. */
import { HOUR, type Instant, MINUTE } from '../prison/instant.js';
import type { DemonstrationCalendar } from './calendar.js';
import { livesHere, type OrdinaryResident } from './cast.js';
import type { Chance } from '../generate/chance.js';
import { session } from '../generate/habits/key-work.js';
import { happens, type Happening, recorded } from '../generate/happening.js';
import { DAYS_AHEAD } from './ordinary-life.js';
import { someTrouble, type Occasion } from './troubles.js';

/** Who it happens to, and what. */
export interface Beat {
  readonly person: OrdinaryResident;
  readonly happenings: readonly Happening[];
}

/** One thing after another, each to somebody else: everybody has a turn before anybody has a second. */
export const beats = (
  residents: readonly OrdinaryResident[],
  calendar: DemonstrationCalendar,
  chance: Chance,
): Beat[] => {
  const turns = chance.shuffled(residents.filter(livesHere));
  return moments(calendar).flatMap((at, place) => {
    const person = turns[place % turns.length];
    const staffId = person?.stays.at(-1)?.staffIds.at(-1);
    if (!person || staffId === undefined) return [];
    return [{ person, happenings: beat({ at, staffId, person, calendar, chance: chance.of(`beat ${place}`) }) }];
  });
};

/** Three a minute at first, then ever more seldom; at last two an hour, until the lives end too. */
const moments = ({ began, ago }: DemonstrationCalendar): Instant[] => {
  const instants: Instant[] = [];
  const end = ago(-DAYS_AHEAD);
  for (let at = began + MINUTE / 2; at < end; at += Math.min(Math.max((at - began) / 10, MINUTE / 3), HOUR / 2))
    instants.push(Math.floor(at));
  return instants;
};

/** Recorded as it happens, so that it is seen; what follows takes as long as it takes. */
const beat = (trouble: Occasion): Happening[] =>
  SCENES[trouble.chance.weighted(FREQUENCY)](trouble).map((happening) =>
    happening.at < trouble.at + 2 * HOUR && happening.at >= trouble.at ? recorded(happening) : happening,
  );

const SCENES = {
  seen: ({ at, staffId }: Occasion) => [session(at, staffId)],
  notSeen: ({ at, staffId, chance }: Occasion) => [
    happens(at, 'KeyWorkerSessionMissed', {
      staffId,
      reason: chance.pick(['STAFF_NOT_AVAILABLE', 'REGIME_CURTAILED', 'DECLINED']),
    }),
  ],
  troubled: (trouble: Occasion) => someTrouble(trouble),
  /** Somebody comes and talks about it within the hour and a half. */
  troubledAndSeen: (trouble: Occasion) => [
    ...someTrouble(trouble),
    session(trouble.at + trouble.chance.between(2, 90) * MINUTE, trouble.staffId, 30),
  ],
};

const FREQUENCY: readonly { readonly weight: number; readonly value: keyof typeof SCENES }[] = [
  { weight: 45, value: 'seen' },
  { weight: 20, value: 'notSeen' },
  { weight: 15, value: 'troubled' },
  { weight: 20, value: 'troubledAndSeen' },
];
