import type { Instant } from '../../prison/instant.js';
import type { LocalDays } from '../../prison/local-days.js';
import { subjectIn } from '../../prison/alert-subject.js';
import { KEY_WORKER, keyWorkerIn } from '../key-worker.js';
import type { Limit } from '../limit.js';
import type { Occurrence } from '../occurrence.js';
import type { Rule } from '../rule.js';
import { beginningsIn, companies, type EventsByKnowledge, numberOf } from './known-events.js';
import { limitsIn, momentsOf, withReferred } from './moments.js';
import { rulesOfPrisons } from './local-rules.js';
import type { RuleStories, StoryTerms } from './rule-stories.js';
import { lastGiven } from './scopes.js';
import { situationOf, type SituationTerms } from './situation-of.js';
import { standing } from './standing.js';
import { changeBetween, type DefinitionalTransition, goOn, type Story } from './story.js';

/** For so long, by what was known, an allocation said who somebody's key worker is, or a session with them counted. */
export interface KeyWorkSpell {
  readonly prisonNumber: string;
  readonly event: Occurrence;
  readonly from: Instant;
  /** Nothing while it still does. */
  readonly until?: Instant;
}

/**
 * Who had whom as their key worker, and which sessions counted, by what was known at each instant, of people who have to do
 * with one another. What happened in between to nobody's knowledge is not told.
 */
export const keyWorkSpells = (known: EventsByKnowledge, days: LocalDays, until: Instant): KeyWorkSpell[] => {
  const spells: KeyWorkSpell[] = [];
  let running: readonly KeyWorkSpell[] = [];
  const goOnAt = (from: Instant, now: readonly Omit<KeyWorkSpell, 'from'>[]): void => {
    const isSame = (one: Omit<KeyWorkSpell, 'from'>, other: Omit<KeyWorkSpell, 'from'>): boolean =>
      one.prisonNumber === other.prisonNumber && one.event.id === other.event.id;
    spells.push(
      ...running.filter((one) => !now.some((other) => isSame(one, other))).map((one) => ({ ...one, until: from })),
    );
    running = now.map((one) => running.find((other) => isSame(one, other)) ?? { ...one, from });
  };
  for (const from of beginningsIn(known, until)) {
    const stands = standing(known.filter(({ since }) => since <= from).map(({ event }) => event));
    const kept = stands.numbers.filter((number) => stands.keptFor(number) === number);
    const now = kept.flatMap((prisonNumber) => {
      const events = stands.eventsOf(prisonNumber);
      const last = lastGiven(KEY_WORKER, situationOf(events, from, { days, rulesOf: NO_RULES }));
      const sessions = events.filter(({ type, at }) => type === 'KeyWorkerSessionHeld' && at <= from);
      return [...(last ? [last.event] : []), ...sessions].map((event) => ({ prisonNumber, event }));
    });
    goOnAt(from, now);
  }
  return [...spells, ...running];
};

const NO_RULES = (): readonly Rule[] => [];

/** What is told of key workers themselves, and what people's histories say of them. */
export interface KnownOfKeyWorkers {
  readonly told: EventsByKnowledge;
  readonly spells: readonly KeyWorkSpell[];
}

/**
 * Tells what became of each rule's alerts about key workers, looking at each of them afresh at every instant at which it
 * could change. The "prison number" of what it tells is the key worker (`key-worker:1001@XYI`).
 */
export const tellOfKeyWorkers = (
  { rules, settings = [], days, feeds }: StoryTerms,
  { told, spells }: KnownOfKeyWorkers,
  until: Instant,
): RuleStories[] => {
  const rulesOf = rulesOfPrisons(rules, settings, days);
  const toldTo = new Map(
    companies(told.map(({ event }) => event)).flatMap((company) => {
      const theirs = told.filter(({ event }) => company.includes(event));
      return [...new Set(company.map(numberOf))].map((key) => [key, theirs] as const);
    }),
  );
  const spellsOf = Map.groupBy(spells, ({ event }) => keyWorkerIn(event));
  const keys = [...new Set([...toldTo.keys(), ...spellsOf.keys()])];
  return rules.map((rule, place) => {
    const involved = withReferred(rule, rules);
    const local = settings.flatMap((one) => one.rules.filter((terms) => involved.some(({ id }) => id === terms.rule)));
    const limits = limitsIn([...involved, ...local]);
    const each = keys.map((key) => {
      const known = { told: toldTo.get(key) ?? [], spells: spellsOf.get(key) ?? [] };
      return { key, ...tellOfOne(key, { rule, place, limits }, { rulesOf, days, feeds, ...known }, until) };
    });
    return {
      stories: new Map(each.map(({ key, story }) => [key, story])),
      transitions: each.flatMap(({ transitions }) => transitions),
    };
  });
};

const tellOfOne = (
  key: string,
  { rule, place, limits }: { readonly rule: Rule; readonly place: number; readonly limits: readonly Limit[] },
  {
    rulesOf,
    days,
    feeds,
    told,
    spells,
  }: KnownOfKeyWorkers & Pick<SituationTerms, 'rulesOf' | 'days'> & Pick<StoryTerms, 'feeds'>,
  until: Instant,
): { readonly story: Story; readonly transitions: readonly DefinitionalTransition[] } => {
  const ofOwn = told.flatMap(({ event, since }) => (numberOf(event) === key ? since : []));
  const known = Math.min(...ofOwn, ...spells.map(({ from }) => from));
  const changes = [...told.map(({ since }) => since), ...spells.flatMap((spell) => [spell.from, spell.until ?? known])];
  const beginnings = [...new Set(changes)].filter((t) => t >= known && t <= until).sort((a, b) => a - b);
  const inForceFrom = days.startOf(days.named(rule.effectiveFrom));
  const prisonId = subjectIn(key)?.prisonId;
  const silence = prisonId === undefined ? undefined : feeds?.momentsOf(prisonId);
  const transitions: DefinitionalTransition[] = [];
  let story: Story = {};
  for (const [index, from] of beginnings.entries()) {
    const events = standing(told.filter(({ since }) => since <= from).map(({ event }) => event)).eventsOf(key);
    const present = spells.filter((spell) => spell.from <= from && from < (spell.until ?? Infinity));
    const { true: talks = [], false: allocations = [] } = Object.groupBy(present, ({ event }) =>
      String(event.type === 'KeyWorkerSessionHeld'),
    );
    const caseload = allocations.map(({ event }) => event);
    const situation = situationOf(events, from, {
      days,
      rulesOf,
      caseload,
      talks,
      prisonId,
      silentAt: feeds?.silentAt,
    });
    for (const t of momentsOf(limits, situation, from, beginnings[index + 1] ?? until + 1, silence)) {
      if (t < inForceFrom) continue;
      const at = situation.ruledAt(t);
      const after = goOn(at.rules[place] ?? rule, story, at);
      const change = changeBetween(story, after, situation);
      if (change) transitions.push({ at: t, prisonNumber: key, rule: rule.id, ...change });
      story = after;
    }
  }
  return { story, transitions };
};
