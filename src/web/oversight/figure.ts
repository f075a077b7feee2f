import type { Definition } from '../../answers/definition.js';
import { ALERT_DEFINITIONS } from '../../safety-alerts/figures/alert-definitions.js';
import { DEFINITIONS, KEYWORKER_API } from '../../key-work/figures/definitions.js';
import type { BarsChart } from '../charts/bars-chart.js';
import type { WeeksChart } from '../charts/weeks-chart.js';
import { english } from '../words/english.js';

const words = english.oversight;

const ALL = { ...DEFINITIONS, ...ALERT_DEFINITIONS, ...KEYWORKER_API } as const satisfies Record<string, Definition>;
export type FigureName = keyof typeof ALL;

/** A table, its first column the headers of its rows. */
interface Table {
  readonly columns: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

/** A figure of the page, with all that says what it is. */
export interface Figure {
  /** Names it on the page, and in the download. */
  readonly id: string;
  readonly heading: string;
  /** The figure itself. */
  readonly value: string;
  /** What is to be seen, in a sentence. */
  readonly headline: string;
  /** How it was before, or as at when it is. */
  readonly lines: readonly string[];
  readonly weeks?: WeeksChart;
  readonly bars?: BarsChart;
  readonly table?: Table;
  readonly calculated: readonly Calculation[];
  /** By another formula, and why it differs. */
  readonly otherwise?: readonly { readonly line: string; readonly differs: string }[];
}

interface Calculation {
  readonly name: string;
  readonly says: string;
  readonly version: string;
}

/** How figures are calculated, from their definitions. */
export const calculated = (...names: readonly FigureName[]): Calculation[] =>
  names.map((name) => {
    const { says, version } = ALL[name];
    return { name: words.figureName(name), says: words.inWords(says), version: words.version(name, version) };
  });

/** A figure of keyworker-api beside ours. */
export const byKeyworkerApi = (name: keyof typeof KEYWORKER_API, value: string) => ({
  line: words.keyworkerApi.line(words.figureName(name), value),
  differs: `${words.inWords(KEYWORKER_API[name].says)} ${words.inWords(KEYWORKER_API[name].differs)}`,
});

/** How a figure compares with the period before. */
export const comparison = (
  weeks: number,
  now: number | null,
  before: number | null,
  say: { readonly value: (n: number) => string; readonly change?: (n: number) => string },
): string => {
  if (now === null) return before === null ? '' : words.before.was(weeks, say.value(before));
  if (before === null) return words.before.none(weeks);
  const change = Math.abs(now - before);
  const was = say.value(before);
  if (change === 0) return words.before.same(weeks, was);
  return words.before[now > before ? 'up' : 'down'](weeks, was, (say.change ?? say.value)(change));
};
