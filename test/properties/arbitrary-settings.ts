import fc from 'fast-check';
import { isoDate, type Day } from '../../src/prison/local-days.js';
import { withLimits, type Limit } from '../../src/kernel/limit.js';
import {
  EVERY_OTHER,
  WEEKLY,
  type KeyWorkTerms,
  type PrisonSettings,
  type RuleTerms,
} from '../../src/kernel/prison-settings.js';
import type { Rule } from '../../src/kernel/rule.js';
import { SEVERITIES, rank } from '../../src/prison/severity.js';
import { days, type History } from './arbitraries.js';

/** How a rule is in a prison for a time, before it is known which rule. */
type Deviation =
  'as everybody has it' | 'off' | { readonly raisedBy: number; readonly limits: 'own' | 'shorter' | 'longer' };

const deviations: fc.Arbitrary<Deviation> = fc.oneof(
  fc.constant('as everybody has it' as const),
  fc.constant('off' as const),
  fc.record({
    raisedBy: fc.constantFrom(0, 1, 3),
    limits: fc.constantFrom('own' as const, 'shorter' as const, 'longer' as const),
  }),
);

const schemes: fc.Arbitrary<(Pick<KeyWorkTerms, 'scheme' | 'everyWeeks'> & Partial<KeyWorkTerms>) | undefined> =
  fc.constantFrom(
    undefined,
    { scheme: false, everyWeeks: 1 },
    { scheme: true, everyWeeks: 1, minutes: 20 },
    { scheme: true, everyWeeks: 2 },
    { scheme: true, everyWeeks: 4 },
  );

/** What a prison says, by the times in between the days on which it says something else, counted back from the end. */
const sayings = fc.record({
  changes: fc.uniqueArray(fc.integer({ min: 0, max: 20 }), { maxLength: 3 }),
  times: fc.array(fc.record({ keyWork: schemes, rules: fc.array(deviations, { minLength: 2, maxLength: 2 }) }), {
    minLength: 4,
    maxLength: 4,
  }),
});

type Saying = typeof sayings extends fc.Arbitrary<infer Said> ? Said : never;

/** Settings of both prisons that histories tell of, or of one and of every other: they change while the history goes on. */
export type Settings = (rules: readonly Rule[], history: Pick<History, 'until'>) => readonly PrisonSettings[];

export const settingsOfPrisons: fc.Arbitrary<Settings> = fc
  .tuple(fc.option(sayings, { nil: undefined }), sayings, fc.constantFrom('XYM', EVERY_OTHER))
  .map(
    ([one, other, otherPrison]): Settings =>
      (rules, { until }) =>
        [['XYI', one] as const, [otherPrison, other] as const].flatMap(([prisonId, said]) =>
          said ? [settingsOf(prisonId, said, rules, days.dayOf(until))] : [],
        ),
  );

const settingsOf = (prisonId: string, { changes, times }: Saying, rules: readonly Rule[], end: Day): PrisonSettings => {
  const dates = [...changes].sort((a, b) => b - a).map((before) => isoDate(end - before));
  const spans = [undefined, ...dates].map((from, place) => ({ from, until: dates[place] }));
  const dated = spans.map(({ from, until }) => ({
    ...(from !== undefined && { from }),
    ...(until !== undefined && { until }),
  }));
  return {
    prisonId,
    keyWork: dated.flatMap((time, place) => {
      const keyWork = times[place]?.keyWork;
      return keyWork ? [{ ...WEEKLY, ...keyWork, ...time }] : [];
    }),
    rules: dated.flatMap((time, place) =>
      rules.flatMap((rule, at) => {
        const said = times[place]?.rules[at % 2] ?? 'off';
        return said === 'as everybody has it' ? [] : [{ ...termsOf(rule, said), ...time }];
      }),
    ),
  };
};

const termsOf = (rule: Rule, deviation: Exclude<Deviation, 'as everybody has it'>): RuleTerms => {
  const terms = { rule: rule.id, because: 'as it happens' };
  if (deviation === 'off') return terms;
  const { steps, repeats, closesWhen } = withLimits(rule, (limit) => otherLimit(limit, deviation.limits));
  const risen = steps.map((step) => ({
    ...step,
    level: SEVERITIES[(rank(step.level) + deviation.raisedBy) % 4] ?? 'LOW',
  }));
  return { ...terms, own: { steps: risen, repeats, ...(closesWhen && { closesWhen }) } };
};

const otherLimit = (limit: Limit, how: 'own' | 'shorter' | 'longer'): Limit => {
  if (how === 'own') return { ...limit, local: true };
  const by = how === 'longer' ? 2 : 0.5;
  if (limit.kind === 'hours')
    return { ...limit, milliseconds: limit.milliseconds * by, text: `${limit.text} x ${by}`, local: true };
  const longer = Math.ceil(limit.days * by);
  return { ...limit, days: longer, text: limit.text.replace(/^P\d+/, `P${longer}`), local: true };
};

/** Which of these rules need key work, or scale with how often it is done: settings have something to say about each. */
export const keyWorkUses: fc.Arbitrary<(rules: readonly Rule[]) => readonly Rule[]> = fc
  .array(fc.constantFrom(undefined, 'needed' as const, 'scales' as const), { minLength: 2, maxLength: 2 })
  .map((uses) => (rules) => rules.map((rule, place) => ({ ...rule, ...(uses[place] && { keyWork: uses[place] }) })));
