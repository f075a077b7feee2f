/** The key workers of an invented prison: who is there, and how much time they are given for key work. */
import { DAY, HOUR, type Instant } from '../prison/instant.js';
import type { Chance, Weighted } from './chance.js';
import { happens, type Happening } from './happening.js';
import { officers } from './names.js';

/** How many people one key worker has, where all are at work. */
const CASELOAD = 6;

export interface KeyWorker {
  readonly staffId: string;
  /** How likely a week's session is to be held while the key worker is at work. */
  readonly time: number;
  /** Not at work until then. */
  awayUntil: Instant;
  /** Away for months, so that somebody else should take over. */
  longAway: boolean;
}

/** Some are given their time; most do key work when nothing else is asked of them; some hardly ever. */
const TIME: readonly Weighted<number>[] = [
  { weight: 20, value: 0.9 },
  { weight: 50, value: 0.55 },
  { weight: 30, value: 0.25 },
];

/** In a week: how likely somebody goes on leave, or falls away for long. */
const LEAVE = 0.09;
const LONG_ABSENCE = 0.003;

export class KeyWorkers {
  private readonly all: readonly KeyWorker[];

  /** @param never none is ever away */
  constructor(
    firstId: number,
    people: number,
    private readonly chance: Chance,
    private readonly never: boolean,
  ) {
    this.all = Array.from({ length: Math.max(2, Math.ceil(people / CASELOAD)) }, (_, place) => ({
      staffId: String(firstId + place),
      time: chance.weighted(TIME),
      awayUntil: -Infinity,
      longAway: false,
    }));
  }

  /** Their names, as they are told once. */
  named(at: Instant): Happening[] {
    return this.all.map(({ staffId }, place) =>
      happens(at, 'StaffDetailsChanged', { staffId, name: officers[place % officers.length] }),
    );
  }

  /** Who goes away in the week from that instant on, and when they are back. */
  week(from: Instant): Happening[] {
    return this.never
      ? []
      : this.all.filter(({ awayUntil }) => awayUntil < from).flatMap((one) => this.goes(one, from));
  }

  /** Somebody who is at work, but not that one. */
  another(at: Instant, than?: KeyWorker): KeyWorker {
    for (let tries = 0; tries < 20; tries++) {
      const one = this.chance.pick(this.all);
      if (one !== than && one.awayUntil <= at) return one;
    }
    return this.chance.pick(this.all.filter((one) => one !== than));
  }

  private goes(one: KeyWorker, from: Instant): Happening[] {
    const [leave, long] = [this.chance.happens(LEAVE), this.chance.happens(LONG_ABSENCE)];
    if (!leave && !long) return [];
    const at = from + this.chance.between(0, 6) * DAY + 8 * HOUR;
    one.longAway = long;
    one.awayUntil = at + (long ? this.chance.between(60, 180) : this.chance.pick([5, 7, 7, 14])) * DAY;
    const status = long ? 'UNAVAILABLE_LONG_TERM_ABSENCE' : 'UNAVAILABLE_ANNUAL_LEAVE';
    const { staffId } = one;
    return [
      happens(at, 'KeyWorkerAvailabilityChanged', { staffId, status }),
      happens(one.awayUntil, 'KeyWorkerAvailabilityChanged', { staffId, status: 'ACTIVE' }),
    ];
  }
}
