import { subjectText } from '../../prison/alert-subject.js';
import type { Instant } from '../../prison/instant.js';
import { type Day, type LocalDays, mondayOf } from '../../prison/local-days.js';
import type { Occurrence } from '../occurrence.js';
import type { PrisonWeek } from '../prison-week.js';
import type { CourseStay } from './course.js';
import { beginningsIn, type EventsByKnowledge } from './known-events.js';
import { type Life, type LifeEvent, lifeOf } from './life.js';
import { rulesOfPrisons } from './local-rules.js';
import { momentsOf } from './moments.js';
import type { RuleStories, StoryTerms } from './rule-stories.js';
import { situationOf } from './situation-of.js';
import { standing } from './standing.js';
import { changeBetween, type DefinitionalTransition, goOn, type Story } from './story.js';

/** From an instant on, what is known of a week of a prison that is over: so much more, or less, than before. */
interface WeekChange {
  readonly at: Instant;
  readonly prisonId: string;
  readonly monday: Day;
  readonly more: PrisonWeek;
}

/** Rules look back no further than these many weeks that are over. */
const WEEKS = 5;
const NOTHING: PrisonWeek = { daysToBeSeen: 0, held: 0, neverSeen: 0 };
const FIELDS = ['daysToBeSeen', 'held', 'neverSeen'] as const;

const plus = (one: PrisonWeek, other: PrisonWeek, by: 1 | -1 = 1): PrisonWeek => ({
  daysToBeSeen: one.daysToBeSeen + by * other.daysToBeSeen,
  held: one.held + by * other.held,
  neverSeen: one.neverSeen + by * other.neverSeen,
});

/** What is known of the key work of prisons, by instant: all that people add, taken together. */
export class KeyWorkOfPrisons {
  private readonly changes = new Map<string, WeekChange>();
  /** By prison: when it was heard of. */
  readonly heardOf = new Map<string, Instant>();

  constructor(private readonly days: LocalDays) {}

  /**
   * Adds people who have to do with one another. A week counts by what is known when it ends, and by what becomes known of
   * it later from then on.
   */
  add(known: EventsByKnowledge, until: Instant): void {
    const beginnings = beginningsIn(known, until);
    let before: readonly Life[] = [];
    for (const [place, from] of beginnings.entries()) {
      const stands = standing(known.filter(({ since }) => since <= from).map(({ event }) => event));
      const kept = stands.numbers.filter((number) => stands.keptFor(number) === number);
      const now = kept.map((number) => lifeOf(stands.eventsOf(number)));
      for (const prisonId of now.flatMap(prisonsIn)) this.hearOf(prisonId, from);
      this.addChapter(before, now, from, beginnings[place + 1] ?? until + 1);
      before = now;
    }
  }

  /** By instant what changes then, in order. */
  get inOrder(): readonly (readonly [Instant, readonly WeekChange[]])[] {
    return [...Map.groupBy(this.changes.values(), ({ at }) => at)].sort(([a], [b]) => a - b);
  }

  private hearOf(prisonId: string, at: Instant): void {
    this.heardOf.set(prisonId, Math.min(at, this.heardOf.get(prisonId) ?? at));
  }

  private addChapter(before: readonly Life[], now: readonly Life[], from: Instant, until: Instant): void {
    const { days } = this;
    const prisons = new Set([...before, ...now].flatMap(prisonsIn));
    const present = mondayOf(days.dayOf(from));
    for (let monday = present - 7 * WEEKS; days.startOf(monday + 7) < until; monday += 7) {
      const ends = days.startOf(monday + 7);
      for (const prisonId of prisons) {
        const week = this.weekOf(now, prisonId, monday);
        if (ends >= from) this.note({ at: ends, prisonId, monday, more: week });
        else this.note({ at: from, prisonId, monday, more: plus(week, this.weekOf(before, prisonId, monday), -1) });
      }
    }
  }

  private note(change: WeekChange): void {
    const { at, prisonId, monday, more } = change;
    if (FIELDS.every((field) => more[field] === 0)) return;
    const key = [at, prisonId, monday].join(' ');
    this.changes.set(key, { ...change, more: plus(this.changes.get(key)?.more ?? NOTHING, more) });
  }

  private weekOf(lives: readonly Life[], prisonId: string, monday: Day): PrisonWeek {
    return lives.map((life) => weekIn(life, prisonId, monday, this.days)).reduce((all, one) => plus(all, one), NOTHING);
  }
}

const prisonsIn = ({ stays, happened }: Life): string[] => [
  ...stays.map(({ prisonId }) => prisonId),
  ...happened.filter(isSession).map(({ event }) => event.prisonId),
];

const isSession = ({ event }: LifeEvent): boolean => event.type === 'KeyWorkerSessionHeld';

const weekIn = (life: Life, prisonId: string, monday: Day, days: LocalDays): PrisonWeek => {
  const ends = Array.from({ length: 7 }, (_, day) => days.startOf(monday + day + 1));
  const held = life.happened.filter(
    (one) => isSession(one) && one.event.prisonId === prisonId && mondayOf(days.dayOf(one.event.at)) === monday,
  );
  const atTheEnd = eligibleStay(life, ends.at(-1) ?? 0);
  return {
    daysToBeSeen: ends.filter((end) => eligibleStay(life, end)?.prisonId === prisonId && !isAway(life, end)).length,
    held: held.length,
    neverSeen: atTheEnd?.prisonId === prisonId && isNeverSeen(life, atTheEnd, ends.at(-1) ?? 0) ? 1 : 0,
  };
};

/** The stay in which somebody was just before an instant, where key work was due to them: complexity of need not HIGH. */
const eligibleStay = ({ stays, happened }: Life, end: Instant): CourseStay | undefined => {
  const stay = stays.findLast(({ since }) => since < end);
  if (!stay || (stay.left && stay.left.at < end)) return undefined;
  const complexity = happened.findLast(
    (one) => one.event.type === 'ComplexityOfNeedChanged' && takenInAt(one) < end,
  )?.event;
  return complexity?.data['level'] === 'HIGH' ? undefined : stay;
};

const isAway = ({ absences }: Life, end: Instant): boolean =>
  absences.some(({ from, until }) => from < end && until >= end);

const isNeverSeen = ({ happened }: Life, stay: CourseStay, end: Instant): boolean =>
  stay.arrival && !happened.some((one) => isSession(one) && one.stay === stay && takenInAt(one) < end);

/** What belongs to a stay that began after it is taken in with that. */
const takenInAt = ({ event, stay }: LifeEvent): Instant => Math.max(event.at, stay?.since ?? event.at);

const NO_EVENTS: readonly Occurrence[] = [];

/**
 * Tells what became of each rule's alerts about prisons, looking at each prison afresh at every midnight, and whenever a week
 * of it that is over was known to be another, or a feed of it fell silent or was heard again. The "prison number" of what it tells is the prison (`prison:XYI@XYI`).
 */
export const tellOfPrisons = (
  { rules, settings = [], days, feeds }: StoryTerms,
  keyWork: KeyWorkOfPrisons,
  until: Instant,
): RuleStories[] => {
  const rulesOf = rulesOfPrisons(rules, settings, days);
  const told = rules.map(() => ({
    stories: new Map<string, Story>(),
    transitions: new Array<DefinitionalTransition>(),
  }));
  const { inOrder } = keyWork;
  for (const [prisonId, heardOf] of keyWork.heardOf) {
    const prison = subjectText({ kind: 'prison', id: prisonId, prisonId });
    const changes = inOrder.map(([at, all]) => [at, all.filter((one) => one.prisonId === prisonId)] as const);
    const weeks = new Map<Day, PrisonWeek>();
    const weeksBefore = (t: Instant, count: number): PrisonWeek[] => {
      const first = mondayOf(days.dayOf(t)) - 7 * count;
      return Array.from({ length: count }, (_, week) => weeks.get(first + 7 * week) ?? NOTHING);
    };
    const situation = situationOf(NO_EVENTS, heardOf, {
      days,
      rulesOf,
      prisonId,
      weeksBefore,
      silentAt: feeds?.silentAt,
    });
    const ofWeeks = changes.flatMap(([at, own]) => (own.length > 0 ? at : []));
    const instants = [...ofWeeks, ...(feeds?.momentsOf(prisonId) ?? [])];
    let next = 0;
    for (const t of momentsOf([], situation, heardOf, until + 1, instants)) {
      for (; (changes[next]?.[0] ?? Infinity) <= t; next++)
        for (const { monday, more } of changes[next]?.[1] ?? [])
          weeks.set(monday, plus(weeks.get(monday) ?? NOTHING, more));
      const at = situation.ruledAt(t);
      for (const [place, rule] of rules.entries()) {
        const story = told[place];
        if (!story || t < days.startOf(days.named(rule.effectiveFrom))) continue;
        const before = story.stories.get(prison) ?? {};
        const after = goOn(at.rules[place] ?? rule, before, at);
        const change = changeBetween(before, after, at);
        if (change) story.transitions.push({ at: t, prisonNumber: prison, rule: rule.id, ...change });
        story.stories.set(prison, after);
      }
    }
  }
  return told;
};
