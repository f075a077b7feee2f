import type { AlertFilter } from '../../safety-alerts/list/alert-filter.js';
import { sayMoment } from '../frame/moments.js';
import { english } from '../words/english.js';
import type { ToldTwiceNotice } from '../pending/pending-reader.js';
import type { LastVisit } from './last-visits.js';

const words = english.home;

/** A number that leads to exactly the list that it counts. */
export interface Counter {
  readonly label: string;
  readonly hint: string;
  readonly href: string;
  readonly filter: AlertFilter;
}

/** The counters of somebody, worst first. @param me user name */
export const counters = ({ at, isFirst }: LastVisit, me: string): Counter[] => [
  {
    label: words.overdue.label,
    hint: words.overdue.hint,
    href: '/alerts?view=open&overdue=true',
    filter: { state: ['OPEN', 'ACKNOWLEDGED'], overdue: true },
  },
  {
    label: words.escalated.label,
    hint: words.escalated.hint,
    href: '/alerts?view=open&escalated=true',
    filter: { state: ['OPEN', 'ACKNOWLEDGED'], escalated: true },
  },
  {
    label: words.fresh.label,
    hint: isFirst ? words.fresh.atFirst(sayMoment(at)) : words.fresh.hint(sayMoment(at)),
    href: `/alerts?view=open&listedFrom=${encodeURIComponent(at)}`,
    filter: { state: ['OPEN', 'ACKNOWLEDGED'], listedFrom: at },
  },
  {
    label: words.mine.label,
    hint: words.mine.hint,
    href: '/alerts?view=mine',
    filter: { state: ['OPEN', 'ACKNOWLEDGED'], assignedTo: me },
  },
];

/** What somebody opens every morning. */
export interface HomePage {
  readonly mayWork: boolean;
  readonly counters: readonly {
    readonly label: string;
    readonly hint: string;
    readonly href: string;
    readonly count: string;
  }[];
  /** How many are new, not acknowledged and not snoozed. */
  readonly triage: { readonly text: string; readonly href: string } | undefined;
  /** Of people whom two prisons tell of. */
  readonly toldTwice: ToldTwiceNotice | undefined;
  readonly freshness: readonly string[];
  readonly places: readonly { readonly text: string; readonly href: string; readonly hint: string }[];
}

/** @param counts of the counters, in their order; and last of what is to triage */
export const homePage = (
  numbers: readonly Counter[],
  counts: readonly number[],
  { toldTwice, freshness, places }: Pick<HomePage, 'toldTwice' | 'freshness' | 'places'>,
): HomePage => {
  const toTriage = counts[numbers.length] ?? 0;
  return {
    mayWork: numbers.length > 0,
    toldTwice,
    freshness,
    places,
    counters: numbers.map(({ label, hint, href }, i) => ({
      label,
      hint,
      href,
      count: (counts[i] ?? 0).toLocaleString('en-GB'),
    })),
    triage:
      numbers.length > 0
        ? { text: toTriage > 0 ? words.triage(toTriage) : words.nothing, href: '/alerts?view=triage' }
        : undefined,
  };
};
