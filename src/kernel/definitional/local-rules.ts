import type { Instant } from '../../prison/instant.js';
import { isoDate, type LocalDays } from '../../prison/local-days.js';
import {
  EVERY_OTHER,
  type KeyWorkTerms,
  type PrisonSettings,
  type RuleTerms,
  type TimeInForce,
} from '../prison-settings.js';
import type { Rule } from '../rule.js';

/** The rules of the prison that holds somebody, each in its place, at an instant. */
export type RulesOfPrison = (prisonId: string | undefined, t: Instant) => readonly Rule[];

/** What a prison says on some day: of key work, and by rule. */
interface SettingsOfDay {
  readonly keyWork: KeyWorkTerms | undefined;
  readonly rules: readonly RuleTerms[];
}

/**
 * The rules as each prison has them, read afresh from its settings for the local day of every instant
 * (docs/rules-meaning.md, "A prison's own settings").
 */
export const rulesOfPrisons = (
  rules: readonly Rule[],
  settings: readonly PrisonSettings[],
  days: LocalDays,
): RulesOfPrison => {
  const found = new Map<string, readonly Rule[]>();
  return (prisonId, t) => {
    const own = [prisonId, EVERY_OTHER].flatMap((id) => settings.find((one) => one.prisonId === id) ?? [])[0];
    if (!own) return rules;
    const ofDay = settingsOf(own, isoDate(days.dayOf(t)));
    const said = JSON.stringify(ofDay);
    const known = found.get(said) ?? rules.map((rule) => asHere(rule, ofDay));
    found.set(said, known);
    return known;
  };
};

const settingsOf = ({ keyWork, rules }: PrisonSettings, date: string): SettingsOfDay => {
  const isInForce = ({ from = date, until }: TimeInForce): boolean =>
    from <= date && (until === undefined || date < until);
  return { keyWork: keyWork.find(isInForce), rules: rules.filter(isInForce) };
};

const asHere = (rule: Rule, { keyWork, rules }: SettingsOfDay): Rule => {
  const own = rules.find((terms) => terms.rule === rule.id);
  if (own && own.own === undefined) return aboutNobody(rule);
  if (rule.keyWork !== undefined && keyWork && !keyWork.scheme) return aboutNobody(rule);
  const { steps, repeats, closesWhen } = own?.own ?? rule;
  const weeks = rule.keyWork === 'scales' && keyWork ? keyWork.everyWeeks : 1;
  return {
    ...rule,
    steps: lettingHave(keyWork?.caseload, atPaceOf(keyWork, timesAsLong(steps, weeks))),
    repeats: timesAsLong(repeats, weeks),
    ...(closesWhen && { closesWhen }),
  };
};

/** "Where another rule asks for it, it is false." */
const aboutNobody = (rule: Rule): Rule => ({
  ...rule,
  appliesTo: { name: 'nobody', condition: { op: 'any', of: [] } },
});

/** "More than a key worker may have": one more than the prison says, where it says so. */
const lettingHave = (caseload: number | undefined, steps: Rule['steps']): Rule['steps'] =>
  JSON.parse(JSON.stringify(steps), (_, value: unknown) =>
    typeof value === 'object' && value !== null && 'overCapacity' in value && caseload !== undefined
      ? { ...value, atLeast: caseload + 1 }
      : value,
  ) as Rule['steps'];

/** "Its limits in days are so many times as long; a limit that the prison sets itself stands as it is." */
const timesAsLong = <Part>(part: Part, weeks: number): Part =>
  JSON.parse(JSON.stringify(part), (_, value: unknown) => {
    if (typeof value !== 'object' || value === null || !('kind' in value) || value.kind !== 'days') return value;
    if ('local' in value || !('days' in value) || !('text' in value)) return value;
    const days = Number(value.days) * weeks;
    return { ...value, days, text: String(value.text).replace(/^P\d+/, `P${days}`) };
  }) as Part;

/** "What is expected is what the prison's key work says." */
const atPaceOf = (keyWork: KeyWorkTerms | undefined, steps: Rule['steps']): Rule['steps'] =>
  JSON.parse(JSON.stringify(steps), (name, value: unknown) =>
    name === 'pace' && keyWork ? { everyWeeks: keyWork.everyWeeks, minutes: keyWork.minutes } : value,
  ) as Rule['steps'];
