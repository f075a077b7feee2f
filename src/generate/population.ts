/** Who is in which prison. For everybody who leaves somebody comes, so that the prisons stay as full as they are. */
import { DAY, HOUR, type Instant } from '../prison/instant.js';
import type { Calendar } from './calendar.js';
import type { Chance } from './chance.js';
import { type HappeningInPrison, InventedLife, type SpanOfTime } from './invented-life.js';
import { InventedPrison } from './invented-prison.js';
import type { Practice } from './practice.js';
import { PRISON_KINDS, PRISON_SHAPES, type PrisonKind, type ReasonToCome } from './shapes.js';

export const SHAPE_NAMES = ['local', 'trainer', 'women', 'open', 'estate'] as const;
export type ShapeName = (typeof SHAPE_NAMES)[number];

export interface PopulationOptions {
  readonly people: number;
  readonly shape: ShapeName;
  readonly practice: Practice;
  readonly firstNumber: number;
  readonly calendar: Calendar;
  readonly chance: Chance;
}

/** A prison with the people who are in it; who leaves makes room for whoever comes. */
interface FullPrison {
  readonly prison: InventedPrison;
  readonly places: number;
  readonly lives: InventedLife[];
}

/** In how many weeks the prisons are filled. */
export const WEEKS_OF_FILLING = 4;

/** Of those who come back, the share who are taken for somebody else at first. */
const MISTAKEN = 0.03;

/** So many of those who left are remembered, and may come back; no earlier than after two weeks. */
const REMEMBERED = 1_000;
const GONE_FOR = 14 * DAY;

export class Population {
  private readonly prisons: readonly FullPrison[];
  private readonly gone = { women: [] as InventedLife[], men: [] as InventedLife[] };
  private numbers: number;

  constructor(private readonly options: PopulationOptions) {
    this.prisons = prisonsFor(options);
    this.numbers = options.firstNumber;
  }

  /** Those who work there, as they are told of before anything else happens. */
  staff(at: Instant): HappeningInPrison[] {
    return this.prisons.flatMap(({ prison }) => ofStaff(prison, prison.keyWorkers.named(at)));
  }

  /** What happens to all of them in a week, in no order. */
  *week(week: SpanOfTime): Generator<HappeningInPrison> {
    const leavers: InventedLife[] = [];
    for (const full of this.prisons) {
      this.fill(full, week);
      full.lives.forEach((life, place) => {
        if (life.leavesAt >= week.until) return;
        leavers.push(life);
        full.lives[place] = this.comer(full.prison, this.soonAfter(Math.max(life.leavesAt, week.from)));
        this.remember(life, full.prison.kind);
      });
    }
    for (const { prison, lives } of this.prisons) {
      yield* ofStaff(prison, prison.keyWorkers.week(week.from));
      for (const life of lives) yield* life.live(week);
    }
    for (const life of leavers) yield* life.live(week);
  }

  private fill({ prison, places, lives }: FullPrison, { from, until }: SpanOfTime): void {
    const most = Math.min(places, lives.length + Math.ceil(places / WEEKS_OF_FILLING));
    while (lives.length < most) {
      const day = this.options.calendar.startOfDay(from + this.options.chance.next() * (until - from));
      lives.push(this.comer(prison, day + this.options.chance.between(10 * 60, 19 * 60) * (HOUR / 60)));
    }
  }

  private soonAfter(at: Instant): Instant {
    return at + this.options.chance.between(3 * 60, 30 * 60) * (HOUR / 60);
  }

  /** Somebody comes: from another prison that is told of, once more, or for the first time. */
  private comer(prison: InventedPrison, at: Instant): InventedLife {
    const reason = this.options.chance.weighted(prison.shape.comeAs);
    const arrival = { prison, at, reason };
    const moved = reason === 'TRANSFERRED' ? this.taken(prison.shape.comeFrom, at) : undefined;
    const returning = isReturn(reason) ? this.returning(prison.kind, at) : undefined;
    const life = moved ?? returning ?? this.newcomer();
    if (moved) life.leaveFor(arrival);
    else if (returning && this.options.chance.happens(MISTAKEN)) life.arriveAs(this.numbers++, arrival);
    else life.arrive(arrival);
    return life;
  }

  /** Somebody who may be moved, and whose place goes to somebody else. */
  private taken(from: PrisonKind | undefined, at: Instant): InventedLife | undefined {
    const { chance } = this.options;
    const prisons = this.prisons.filter(({ prison, lives }) => prison.kind === from && lives.length > 0);
    for (let tries = 0; prisons.length > 0 && tries < 30; tries++) {
      const { prison, lives } = chance.pick(prisons);
      const place = chance.between(0, lives.length - 1);
      const life = lives[place];
      if (!life?.mayMove(at - 3 * HOUR)) continue;
      lives[place] = this.comer(prison, at);
      return life;
    }
    return undefined;
  }

  private newcomer(): InventedLife {
    const { calendar, practice, chance } = this.options;
    const number = this.numbers++;
    return new InventedLife(number, calendar, practice, chance.of(`person ${number}`));
  }

  /** One of those who have been here before. */
  private returning(kind: PrisonKind, at: Instant): InventedLife | undefined {
    const gone = this.goneFrom(kind);
    const { chance } = this.options;
    const place = chance.between(0, Math.floor(gone.length / 2));
    const life = gone[place];
    if (!life || life.leavesAt > at - GONE_FOR) return undefined;
    gone.splice(place, 1);
    return life;
  }

  private remember(life: InventedLife, kind: PrisonKind): void {
    const gone = this.goneFrom(kind);
    gone.push(life);
    if (gone.length > REMEMBERED) gone.shift();
  }

  private goneFrom(kind: PrisonKind): InventedLife[] {
    return kind === 'women' ? this.gone.women : this.gone.men;
  }
}

const isReturn = (reason: ReasonToCome): boolean => reason === 'READMISSION' || reason === 'RECALL';

const ofStaff = (prison: InventedPrison, happenings: readonly HappeningInPrison['happening'][]): HappeningInPrison[] =>
  prison.shape.keyWork ? happenings.map((happening) => ({ happening, prisonId: prison.id })) : [];

/** As many prisons as it takes, all people of a kind spread evenly among those of the kind. */
const prisonsFor = ({ people, shape, practice, chance }: PopulationOptions): FullPrison[] => {
  const prisons: FullPrison[] = [];
  for (const [kind, held] of peopleByKind(people, shape)) {
    const count = Math.max(1, Math.round(held / PRISON_SHAPES[kind].size));
    for (let place = 0; place < count; place++) {
      const places = Math.floor(((place + 1) * held) / count) - Math.floor((place * held) / count);
      const where = { place, number: prisons.length, people: places, alone: shape !== 'estate' };
      const prison = new InventedPrison(kind, where, practice, chance.of(`staff ${prisons.length}`));
      prisons.push({ prison, places, lives: [] });
    }
  }
  return prisons;
};

const peopleByKind = (people: number, shape: ShapeName): [PrisonKind, number][] => {
  if (shape !== 'estate') return [[shape, people]];
  const others = PRISON_KINDS.filter((kind) => kind !== 'trainer');
  const spread = others.map((kind): [PrisonKind, number] => [kind, Math.round(people * PRISON_SHAPES[kind].share)]);
  const trainers = people - spread.reduce((sum, [, held]) => sum + held, 0);
  return PRISON_KINDS.map(
    (kind): [PrisonKind, number] => spread.find(([one]) => one === kind) ?? [kind, trainers],
  ).filter(([, held]) => held > 0);
};
