import type { Fact, FactForm, Lane } from './facts.js';

/** Lanes that belong together, under a heading. */
export interface LaneGroup {
  readonly label: string;
  readonly note?: string | undefined;
  readonly lanes: readonly Lane[];
}

/** The span of time that is drawn. Milliseconds since 1970-01-01T00:00:00Z. */
export interface DrawnSpan {
  readonly from: number;
  readonly until: number;
}

/** How large it is, in CSS pixels; text is 13 of them high. */
export interface Size {
  readonly width: number;
  /** Of the column of names at the left. */
  readonly names: number;
  /** Of each lane, from top to bottom. */
  readonly lane: number;
}

export const ON_SCREEN: Size = { width: 960, names: 246, lane: 25 };
export const ON_PAPER: Size = { width: 700, names: 240, lane: 18 };

/** One shape, in pixels. A moment has no width. */
export interface DrawnShape {
  readonly form: FactForm;
  readonly x: number;
  readonly width: number;
  /** Goes on beyond the right edge. */
  readonly open: boolean;
  readonly says: string;
  readonly label?: { readonly text: string; readonly x: number; readonly inside: boolean } | undefined;
}

export interface DrawnLane {
  readonly label: string;
  /** The middle of the lane. */
  readonly y: number;
  readonly shapes: readonly DrawnShape[];
}

export interface DrawnGroup {
  readonly label: string;
  readonly note: string | undefined;
  /** The base line of the heading. */
  readonly y: number;
  readonly lanes: readonly DrawnLane[];
}

const AXIS = 26;
const HEADING = 28;
const MARGIN = 12;
const LETTER = 6.7;
/** From the middle of a mark to its label. */
const BESIDE = 9;
/** The longest label takes so much. */
const ROOM = 280;

/** To a tenth of a pixel. */
export const round = (pixels: number): number => Math.round(pixels * 10) / 10;

/** Where instants lie across the picture. */
export const acrossOf = ({ from, until }: DrawnSpan, { width, names }: Size): ((at: number) => number) => {
  const right = width - MARGIN;
  return (at) => round(Math.min(right, Math.max(names, names + ((at - from) / (until - from)) * (right - names))));
};

/** Puts lanes below each other, each fact where its time is. */
export const drawGroups = (groups: readonly LaneGroup[], window: DrawnSpan, size: Size) => {
  const drawn: DrawnGroup[] = [];
  let y = AXIS;
  for (const { label, note, lanes } of groups) {
    const heading = (y += HEADING) - 9;
    const middles = lanes.map((lane) => drawLane(lane, (y += size.lane) - size.lane / 2, window, size));
    drawn.push({ label, note, y: heading, lanes: middles });
  }
  return { groups: drawn, height: y + AXIS, top: AXIS, bottom: y + 4, right: size.width - MARGIN };
};

const drawLane = ({ label, facts }: Lane, y: number, window: DrawnSpan, size: Size): DrawnLane => {
  const across = acrossOf(window, size);
  const inWindow = facts
    .filter(({ from, until = from }) => from < window.until && (until === 'open' || until >= window.from))
    .sort((a, b) => a.from - b.from);
  const starts = inWindow.map(({ from }) => across(from));
  const shapes = inWindow.map((fact, index) =>
    shapeOf(fact, across, {
      before: starts[index - 1] ?? size.names,
      after: starts[index + 1] ?? size.width - MARGIN + BESIDE,
      last: index === starts.length - 1,
    }),
  );
  return { label, y, shapes };
};

/** Where the shapes beside one begin, in the same lane. */
interface Neighbours {
  readonly before: number;
  readonly after: number;
  /** Nothing comes after it. */
  readonly last: boolean;
}

const shapeOf = (fact: Fact, across: (at: number) => number, neighbours: Neighbours): DrawnShape => {
  const { form, from, until } = fact;
  const x = across(from);
  const end = until === undefined ? x : across(until === 'open' ? Infinity : until);
  const width = until === undefined ? 0 : Math.max(3, round(end - x));
  const says = fact.detail === '' ? fact.what : `${fact.what}. ${fact.detail}`;
  const label = width > 0 ? labelInside(fact, x, width, neighbours) : labelBeside(fact, x, neighbours);
  return { form, x, width, open: until === 'open', says, label };
};

type Label = DrawnShape['label'];

const labelInside = ({ labels }: Fact, x: number, width: number, { after }: Neighbours): Label => {
  const room = Math.min(width, after - BESIDE - x);
  const text = labels.find((label) => widthOf(label) + BESIDE <= room);
  return text === undefined ? undefined : { text, x: round(x + 5), inside: true };
};

/** At the right of a mark; at its left where only the edge is at the right, and the mark before has room for its own. */
const labelBeside = ({ labels }: Fact, x: number, { before, after, last }: Neighbours): Label => {
  for (const text of labels) {
    if (x + BESIDE + widthOf(text) <= after - BESIDE) return { text, x: round(x + BESIDE), inside: false };
    const left = x - BESIDE - widthOf(text);
    if (last && left >= before + ROOM) return { text, x: round(left), inside: false };
  }
  return undefined;
};

const widthOf = (text: string): number => text.length * LETTER;
