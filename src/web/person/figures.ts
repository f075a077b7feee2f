import { LocalDays } from '../../prison/local-days.js';
import type { KeyWorkerHistory } from '../../key-work/history/key-worker-history.js';
import { sayDate } from '../frame/moments.js';
import { english } from '../words/english.js';
import { isUntold } from './untold.js';

const words = english.person.figures;

/** A number that everybody looks for first, and what goes with it. */
export interface HeadlineFigure {
  readonly label: string;
  readonly value: string;
  readonly note: string;
}

/** Key work in four figures. */
export const figuresOf = (history: KeyWorkerHistory): HeadlineFigure[] => {
  const { summary } = history;
  const untold = isUntold(history);
  const gap = untold ? null : summary.longestGap;
  return [
    sinceLast(history),
    {
      label: words.longestGap,
      value: gap ? words.days(gap.days) : '–',
      note: gap ? words.between(sayDate(gap.from), sayDate(gap.to)) : untold ? words.untold : noneOf(history),
    },
    { label: words.held, value: String(summary.sessionsHeld), note: words.missedToo(summary.sessionsMissed) },
    {
      label: words.minutes,
      value: summary.minutes.toLocaleString('en-GB'),
      note: untold
        ? words.untold
        : words.expected(summary.minutesExpected.toLocaleString('en-GB'), summary.minutesAWeekExpected),
    },
  ];
};

const noneOf = ({ summary, stays }: KeyWorkerHistory): string =>
  stays.length > 0 && summary.expectedEveryDays === null ? words.noScheme : words.none;

/** For somebody who has left, days that passed since then say nothing of their key work. */
const sinceLast = (history: KeyWorkerHistory): HeadlineFigure => {
  const { summary, stays } = history;
  const { lastSession, daysSinceLastSession } = summary;
  if (lastSession === null || daysSinceLastSession === null)
    return { label: words.sinceLast, value: '–', note: isUntold(history) ? words.untold : words.never };
  const note = words.lastOn(sayDate(lastSession));
  const left = stays.at(-1)?.until;
  if (left == null) return { label: words.sinceLast, value: words.days(daysSinceLastSession), note };
  const days = new LocalDays();
  const until = days.dayOf(Date.parse(left)) - days.dayOf(Date.parse(lastSession));
  return { label: words.untilDeparture, value: words.days(Math.max(0, until)), note };
};
