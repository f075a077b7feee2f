import { HOUR } from '../../../prison/instant.js';
import { LocalDays } from '../../../prison/local-days.js';
import type { KeyWorkerHistory } from '../../../key-work/history/key-worker-history.js';
import { sayDate } from '../../frame/moments.js';
import { type KnownNames } from '../../lines/event-line.js';
import { english } from '../../words/english.js';
import { isUntold } from '../untold.js';
import { type AxisLine, ticksOf } from './axis.js';
import { acrossOf, drawGroups, type DrawnGroup, type LaneGroup, round, type Size, type DrawnSpan } from './drawing.js';
import { alertLanes, type Fact, happenedLanes, keyWorkLanes, noonOf, silentTopics } from './facts.js';

const words = english.person.picture;

/** A period of somebody's time in prison on one time axis, and the same facts as a table. */
export interface Picture {
  readonly headline: string;
  readonly describes: string;
  readonly width: number;
  readonly height: number;
  readonly top: number;
  readonly bottom: number;
  readonly right: number;
  readonly ticks: readonly AxisLine[];
  /** The longest time without a session, behind everything else. */
  readonly shade: { readonly x: number; readonly width: number } | undefined;
  readonly groups: readonly DrawnGroup[];
  readonly silent: string;
  readonly rows: readonly {
    readonly from: number;
    readonly until?: number | 'open';
    readonly what: string;
    readonly detail: string;
  }[];
}

/** Draws what a history tells. */
export const pictureOf = (history: KeyWorkerHistory, names: KnownNames, size: Size): Picture => {
  const groups: LaneGroup[] = [
    { label: words.groups.happened, lanes: happenedLanes(history, names) },
    { label: words.groups.keyWork, lanes: keyWorkLanes(history, names.staffName) },
    { label: words.groups.alerts, note: words.alertsKey, lanes: alertLanes(history) },
  ].filter(({ lanes }) => lanes.length > 0);
  const window = windowOf(history);
  return {
    headline: headlineOf(history),
    describes: words.describes(english.person.period.says(sayDate(history.from), sayDate(history.to))),
    width: size.width,
    ...drawGroups(groups, window, size),
    ticks: ticksOf(window, size),
    shade: shadeOf(history, window, size),
    silent: silentSaid(history),
    rows: groups
      .flatMap(({ lanes }) => lanes.flatMap(({ facts }) => facts))
      .sort((a, b) => a.from - b.from)
      .map(({ from, until, what, detail }: Fact) => ({ from, ...(until !== undefined && { until }), what, detail })),
  };
};

/** Until the day ends that the period ends with. */
const windowOf = ({ from, to }: KeyWorkerHistory): DrawnSpan => {
  const days = new LocalDays();
  return { from: days.startOf(days.named(from)), until: days.endOf(to) };
};

const WORTH_A_SHADE = 14;

const shadeOf = (history: KeyWorkerHistory, window: DrawnSpan, size: Size): Picture['shade'] => {
  const gap = history.summary.longestGap;
  if (isUntold(history) || !gap || gap.days < WORTH_A_SHADE) return undefined;
  const across = acrossOf(window, size);
  const x = across(noonOf(gap.from));
  return { x, width: round(across(noonOf(gap.to)) - x) };
};

/** What somebody should know who reads nothing else. */
const headlineOf = (history: KeyWorkerHistory): string => {
  const { summary, meanwhile } = history;
  const { longestGap: gap } = summary;
  if (isUntold(history)) return `${words.untold}.`;
  const everyDays = summary.expectedEveryDays ?? 7;
  if (!gap) return `${history.stays.length > 0 && summary.expectedEveryDays === null ? words.noScheme : words.noStay}.`;
  if (summary.sessionsHeld === 0 && gap.days <= everyDays) {
    const last = summary.lastSession === null ? undefined : sayDate(summary.lastSession);
    return `${words.noSession(gap.days, last)}.`;
  }
  if (gap.days <= everyDays) return `${words.noLongGap(gap.days)}.`;
  const within = meanwhile.filter(({ occurredAt, quashed, topic }) => {
    const at = Date.parse(occurredAt);
    return !quashed && topic !== 'movements' && at > noonOf(gap.from) && at < noonOf(gap.to) + 12 * HOUR;
  });
  return `${words.longGap(gap.days, sayDate(gap.from), sayDate(gap.to))}. ${words.inTheGap(within.length)}`;
};

const silentSaid = (history: KeyWorkerHistory): string => {
  const silent = silentTopics(history);
  return silent.length === 0
    ? ''
    : words.nothing(
        silent.map((topic) => topic.replace(/^[A-Z](?=[a-z])/, (letter) => letter.toLowerCase())).join(', '),
      );
};
