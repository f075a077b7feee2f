import { pixels } from './scale.js';

/** How many there are of several kinds. */
export interface BarsChartFacts {
  /** Names it on the page. */
  readonly id: string;
  /** What is to be seen, in a sentence. */
  readonly headline: string;
  readonly rows: readonly { readonly label: string; readonly value: number }[];
}

/** Bars below each other, each with its number. Lengths are CSS pixels; text is 14 of them high. */
export interface BarsChart extends Pick<BarsChartFacts, 'id' | 'headline'> {
  readonly width: number;
  readonly height: number;
  readonly left: number;
  readonly bars: readonly {
    readonly label: string;
    readonly y: number;
    readonly width: number;
    readonly value: string;
  }[];
}

const [WIDTH, LEFT, ROW] = [760, 240, 34];
/** The longest bar; its number stands beside it. */
const LONGEST = 440;

export const barsChart = ({ id, headline, rows }: BarsChartFacts): BarsChart => {
  const greatest = Math.max(1, ...rows.map(({ value }) => value));
  return {
    id,
    headline,
    width: WIDTH,
    height: rows.length * ROW + 4,
    left: LEFT,
    bars: rows.map(({ label, value }, row) => ({
      label,
      y: row * ROW + 4,
      value: value.toLocaleString('en-GB'),
      width: pixels((value / greatest) * LONGEST),
    })),
  };
};
