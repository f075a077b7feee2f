import type { Caller } from '../../access/caller.js';
import type { PrisonHandovers } from '../../handover/read-handovers.js';
import type { Changes } from '../../safety-alerts/list/read-changes.js';
import { SEVERITIES, type Severity } from '../../prison/severity.js';
import { sayMoment } from '../frame/moments.js';
import { english } from '../words/english.js';
import { type CriticalAlerts, type HandoverGroup, grouped, type RowFacts } from './groups.js';
import { type NoteFacts, type NoteLine, noteLine } from './note.js';
import { type TypedStart, queryOf, startFields } from './start.js';

const words = english.handover;

/** What a hand-over is told from. */
export interface HandoverFacts extends Omit<RowFacts, 'most'>, NoteFacts {
  /** Nothing for all of the reader's. */
  readonly prisonId: string | undefined;
  readonly start: TypedStart;
  /** Milliseconds since 1970-01-01T00:00:00Z. */
  readonly since: number;
  readonly changes: Changes;
  readonly critical: CriticalAlerts;
  readonly open: Readonly<Record<Severity, number>>;
  /** Nothing where all locations are looked at. */
  readonly handovers: PrisonHandovers | undefined;
  readonly caller: Pick<Caller, 'name' | 'roles' | 'prisons'>;
  readonly people: RowFacts['people'];
  /** Of the form that writes the next one. */
  readonly requestId: string;
}

/** What was typed into the form that hands over, where it could not be taken. */
export interface DraftNote {
  readonly note: string;
  readonly requestId: string;
}

/** More of a group than these nobody reads out at a hand-over. */
const MOST_ROWS = 25;

/** How a hand-over is shown. */
interface HandoverView {
  readonly done?: string | undefined;
  readonly unwritten?: DraftNote;
  /** All that was read, and not the first of each group only. */
  readonly isWhole?: boolean;
  readonly printing?: boolean;
}

/** What the next shift needs to know, and where this one says it. */
export interface HandoverPage {
  readonly prisonId: string;
  readonly location: string;
  readonly since: string;
  readonly sinceWhy: string;
  readonly form: TypedStart['typed'] & { readonly fault: string; readonly place: string };
  readonly print: string;
  /** Where all of each group is shown; empty where it is. */
  readonly all: string;
  readonly printing: boolean;
  readonly printedAt: number;
  readonly open: readonly { readonly severity: Severity; readonly text: string; readonly href: string }[];
  readonly happened: readonly { readonly text: string; readonly href: string }[];
  readonly groups: readonly HandoverGroup[];
  /** How much has changed that is neither counted nor listed; empty where all is. */
  readonly notAll: string;
  readonly notes: NotesSection | undefined;
  readonly writing: (DraftNote & { readonly fault: string }) | undefined;
  readonly errors: readonly { readonly text: string; readonly href: string }[];
  readonly done: string;
}

interface NotesSection {
  readonly waiting: readonly NoteLine[];
  readonly more: string;
  /** Said where nothing waits. */
  readonly quiet: readonly string[];
}

export const handoverPage = (facts: HandoverFacts, view: HandoverView = {}): HandoverPage => {
  const { prisonId, start, since, changes, handovers } = facts;
  const { done, unwritten, isWhole = false, printing = false } = view;
  const groups = grouped(changes, facts.critical, { ...facts, most: isWhole ? Infinity : MOST_ROWS });
  const [wrong] = start.errors;
  const fault = unwritten ? words.write.error : '';
  return {
    prisonId: prisonId ?? '',
    location: words.at(prisonId === undefined ? words.all : facts.people.prisonName(prisonId)),
    since: new Date(since).toISOString(),
    sinceWhy: start.instant === undefined ? sinceWhy(handovers, since) : '',
    form: { ...(wrong ? start.typed : startFields(since)), fault: wrong?.text ?? '', place: wrong?.href ?? '' },
    print: `/handover/print?${queryOf(since)}`,
    printing,
    printedAt: facts.now,
    all: isWhole ? '' : `/handover?${queryOf(since)}&all=yes`,
    open: [...SEVERITIES].reverse().map((severity) => openNow(severity, facts.open[severity])),
    happened: groups
      .filter(({ name }) => name !== 'critical')
      .map(({ name, count }) => ({
        text: `${count.toLocaleString('en-GB')} ${words.figures[name]}`,
        href: `#${name}`,
      })),
    groups,
    notAll: notAll(changes),
    notes: handovers && notesOf(handovers, facts),
    writing: writingOf(facts, fault, unwritten),
    errors: [...start.errors, ...(fault ? [{ text: fault, href: '#note' }] : [])],
    done: done === 'written' || done === 'signed' ? words.done[done] : '',
  };
};

const sinceWhy = (handovers: PrisonHandovers | undefined, since: number): string => {
  if (!handovers) return words.since.twelveHoursOfAll;
  const last = handovers.lastSigned;
  return last && Date.parse(last.at) === since ? words.since.signed(last.by) : words.since.twelveHours;
};

const openNow = (severity: Severity, count: number) => ({
  severity,
  text: `${count.toLocaleString('en-GB')} ${english.frame.severity[severity].toLowerCase()}`,
  href: `/alerts?view=open&severity=${severity}`,
});

const notAll = ({ content, totalElements }: Changes): string =>
  totalElements > content.length ? words.notAll(content.length, totalElements) : '';

const notesOf = (handovers: PrisonHandovers, facts: NoteFacts): NotesSection => {
  const { waiting, totalWaiting, lastSigned } = handovers;
  const [first] = lastSigned?.signatures ?? [];
  return {
    waiting: waiting.map((handover) => noteLine(handover, facts)),
    more: totalWaiting > waiting.length ? words.notes.more(totalWaiting - waiting.length) : '',
    quiet: [
      words.notes.quiet,
      lastSigned && first
        ? words.notes.lastSigned(lastSigned.by, sayMoment(lastSigned.at), first.by, sayMoment(first.at))
        : words.notes.neverSigned,
    ],
  };
};

const writingOf = ({ caller, handovers, requestId }: HandoverFacts, fault: string, unwritten?: DraftNote) =>
  handovers && caller.roles.has('ROLE_CUSTODY_WATCH__ALERTS__RW')
    ? { ...(unwritten ?? { note: '', requestId }), fault }
    : undefined;
