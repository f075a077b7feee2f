import { sayDate } from '../frame/moments.js';
import { english } from '../words/english.js';
import { addressOf, PERIODS } from './oversight-query.js';
import { type OversightFacts, prisonsIn } from './facts.js';
import type { Figure } from './figure.js';
import { figuresOf } from './figures.js';
import { type Summary, summaryOf } from './summary.js';
import { usefulnessOf } from './usefulness.js';

const words = english.oversight;

/** How each week went, in figures without people: all of the reader's prisons, then one of them. */
export interface OversightPage {
  readonly lead: string;
  readonly periods: readonly { readonly value: string; readonly text: string; readonly selected: boolean }[];
  readonly choices: readonly { readonly value: string; readonly text: string; readonly selected: boolean }[];
  /** Only where there are several. */
  readonly summary: Summary | undefined;
  /** The chosen one; `prison` is what people call it, and where it belongs. */
  readonly prisonId: string;
  readonly prison: string;
  readonly figures: readonly (Figure & { readonly csv: string })[];
  /** Which rules help, by what was said when safety alerts were closed. */
  readonly useful: ReturnType<typeof usefulnessOf>;
  readonly csv: string;
  readonly grafana: string;
}

export const oversightPage = (facts: OversightFacts): OversightPage => {
  const { choice, trends, grafana, names } = facts;
  const prisons = prisonsIn(facts);
  const prison = prisons.find(({ prisonId }) => prisonId === choice.prison);
  const csv = addressOf(choice, {}, '/oversight.csv');
  const { mondays, asAt } = trends;
  return {
    lead: words.lead(sayDate(trends.span.from), sayDate(trends.span.to)),
    periods: PERIODS.map((weeks) => ({
      value: String(weeks),
      text: words.weeks.last(weeks),
      selected: weeks === choice.weeks,
    })),
    choices: prisons.map(({ prisonId }) => ({
      value: prisonId,
      text: names.withId(prisonId),
      selected: prisonId === choice.prison,
    })),
    summary: prisons.length > 1 ? summaryOf(prisons, choice) : undefined,
    prisonId: prison?.prisonId ?? '',
    prison: prison ? names.inFull(prison.prisonId) : '',
    figures: prison
      ? figuresOf({ prison, mondays, asAt, weeks: choice.weeks }).map((figure) => ({
          ...figure,
          csv: `${csv}&figure=${figure.id}`,
        }))
      : [],
    useful: usefulnessOf(facts.useful, facts.rules),
    csv,
    grafana,
  };
};
