import { sayShortDate } from '../frame/moments.js';
import { pixels, ticksUpTo } from './scale.js';

/** How a series is drawn. They differ in form, so that they can be told apart in black and white. */
type MarkForm = 'column' | 'outline' | 'mark' | 'line';

export interface Series {
  readonly label: string;
  readonly form: MarkForm;
  /** A value a week; nothing where there is none, which is not 0. */
  readonly values: readonly (number | null)[];
}

/** What a chart by week shows. */
export interface WeeksChartFacts {
  /** Names it on the page. */
  readonly id: string;
  /** What is to be seen, in a sentence. */
  readonly headline: string;
  /** Of the axis: `Sessions`. */
  readonly unit: string;
  /** The first days of the weeks, `2026-11-16`. */
  readonly mondays: readonly string[];
  readonly series: readonly Series[];
}

/** A chart, ready to be drawn. Lengths are CSS pixels; text is 13 of them high. */
export interface WeeksChart extends Pick<WeeksChartFacts, 'id' | 'headline' | 'unit'> {
  readonly width: number;
  readonly height: number;
  readonly left: number;
  readonly right: number;
  readonly bottom: number;
  readonly ticks: readonly { readonly y: number; readonly label: string }[];
  readonly labels: readonly { readonly x: number; readonly label: string }[];
  readonly key: readonly { readonly x: number; readonly label: string; readonly form: MarkForm }[];
  readonly series: readonly DrawnSeries[];
}

interface DrawnSeries {
  readonly form: MarkForm;
  readonly shapes: readonly ChartMark[];
  /** Of a line, without the weeks that have no value. */
  readonly path: string;
}

/** The middle of a mark or a point, the top left of a column. */
interface ChartMark {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  readonly says: string;
}

const [WIDTH, HEIGHT, LEFT, RIGHT, TOP, BOTTOM] = [760, 290, 56, 750, 56, 250];
/** A date takes so much. */
const LABEL = 48;
const LETTER = 6.9;

export const weeksChart = ({ id, headline, unit, mondays, series }: WeeksChartFacts): WeeksChart => {
  const ticks = ticksUpTo(Math.max(0, ...series.flatMap(({ values }) => values.map((value) => value ?? 0))));
  const greatest = ticks.at(-1) ?? 1;
  const slot = (RIGHT - LEFT) / Math.max(1, mondays.length);
  const place: ChartLayout = {
    mondays,
    slot,
    columns: series.filter(isColumn).length,
    up: (value) => pixels(BOTTOM - (value / greatest) * (BOTTOM - TOP)),
    middle: (week) => LEFT + (week + 0.5) * slot,
  };
  const every = Math.ceil(LABEL / slot);
  return {
    id,
    headline,
    unit,
    width: WIDTH,
    height: HEIGHT,
    left: LEFT,
    right: RIGHT,
    bottom: BOTTOM,
    ticks: ticks.map((value) => ({ y: place.up(value), label: value.toLocaleString('en-GB') })),
    labels: mondays.map((monday, week) => ({
      x: pixels(place.middle(week)),
      label: week % every === 0 ? sayShortDate(monday) : '',
    })),
    key: keyOf(series),
    series: series.map((one) => drawn(one, series.filter(isColumn).indexOf(one), place)),
  };
};

interface ChartLayout {
  readonly mondays: readonly string[];
  /** The width of a week. */
  readonly slot: number;
  /** How many stand beside each other in a week. */
  readonly columns: number;
  readonly up: (value: number) => number;
  readonly middle: (week: number) => number;
}

const isColumn = ({ form }: Series): boolean => form === 'column' || form === 'outline';

const drawn = (series: Series, column: number, place: ChartLayout): DrawnSeries => {
  const shapes = series.values.map((value, week) =>
    value === null ? undefined : shapeOf(series, { column, value, week }, place),
  );
  return { form: series.form, shapes: shapes.filter((shape) => shape !== undefined), path: pathThrough(shapes) };
};

/** One value of a series, in one week. */
interface Mark {
  readonly column: number;
  readonly value: number;
  readonly week: number;
}

const shapeOf = ({ form, label }: Series, { column, value, week }: Mark, place: ChartLayout): ChartMark => {
  const { slot, columns, up, middle, mondays } = place;
  const says = `${sayShortDate(mondays[week] ?? '')}: ${value.toLocaleString('en-GB')} ${label.toLowerCase()}`;
  const y = up(value);
  if (form === 'line') return { x: pixels(middle(week)), y, width: 0, height: 0, says };
  const all = Math.min(slot * 0.72, 30 * Math.max(1, columns));
  if (form === 'mark') return { x: pixels(middle(week) - slot * 0.44), y, width: pixels(slot * 0.88), height: 0, says };
  const width = all / columns;
  return {
    x: pixels(middle(week) - all / 2 + column * width),
    y,
    width: pixels(width),
    height: pixels(BOTTOM - y),
    says,
  };
};

/** Broken where a week has no value: nothing is made up. */
const pathThrough = (shapes: readonly (ChartMark | undefined)[]): string =>
  shapes.map((shape, week) => shape && `${shapes[week - 1] ? 'L' : 'M'}${shape.x} ${shape.y}`).join('');

const keyOf = (series: readonly Series[]): WeeksChart['key'] => {
  let x = LEFT;
  return series.map(({ label, form }) => {
    const entry = { x: pixels(x), label, form };
    x += 34 + label.length * LETTER + 24;
    return entry;
  });
};
