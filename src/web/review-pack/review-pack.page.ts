import type { KeyWorkerHistory } from '../../key-work/history/key-worker-history.js';
import { capitalised } from '../../kernel/say/join.js';
import { sayMoment } from '../frame/moments.js';
import { figuresOf } from '../person/figures.js';
import { shownPeriod, type TypedPeriod } from '../person/period.js';
import { ON_PAPER } from '../person/picture/drawing.js';
import { pictureOf } from '../person/picture/picture.js';
import { alertRows, keyWorkerRows, notKnownSaid, sessionRows } from '../person/tables.js';
import { type KnownPeople, sectionsOf, staffNamesOf, type PersonHead, personHead } from '../person/person-head.js';
import { sayRemarked, sayStaff, sayStep, type StaffNames } from '../lines/event-line.js';
import { english } from '../words/english.js';

const words = english.reviewPack;

/** What a pack is made from. */
export interface PackFacts {
  readonly history: KeyWorkerHistory;
  readonly people: KnownPeople;
  /** The name of whoever prepares it. */
  readonly preparedBy: string;
  /** Why the service itself may not know everything just now. */
  readonly warnings: readonly string[];
}

/** Everything that stands on the sheets. */
export const packOf = ({ history, people, preparedBy, warnings }: PackFacts) => {
  const staff = staffNamesOf(people);
  const head = personHead(history.prisonNumber, people);
  return {
    prisonNumber: history.prisonNumber,
    preparedAt: history.preparedAt,
    facts: factsOf(history, head, preparedBy),
    figures: figuresOf(history),
    picture: pictureOf(history, people, ON_PAPER),
    keyWorkers: keyWorkerRows(history, staff),
    sessions: sessionRows(history, people),
    entries: history.entries.map((entry) => entryRow(entry, staff)),
    spells: history.spells.map(({ what, from, until }) => ({ what: capitalised(what), from, until })),
    happened: history.meanwhile.map(({ topic, what, occurredAt, recordedAt, quashed, ...more }) => ({
      topic: english.person.topics[topic],
      occurredAt,
      recordedAt,
      detail: sayRemarked(more, people),
      what: quashed ? `${capitalised(what)} (${words.quashed})` : capitalised(what),
    })),
    alerts: alertRows(history.safetyAlerts, staff).map((row) => ({ ...row, done: doneAbout(row.id, history) })),
    withdrawn: history.withdrawn.map(({ what, occurredAt, withdrawnAt, reason }) => ({
      what: capitalised(what),
      occurredAt,
      withdrawnAt,
      reason,
    })),
    notKnown: [...warnings, ...notKnownSaid(history, people)],
    signers: words.signers,
  };
};

const factsOf = (history: KeyWorkerHistory, who: PersonHead, preparedBy: string) => [
  { label: words.facts.name, text: who.heading },
  { label: words.facts.prisonNumber, text: history.prisonNumber },
  { label: words.facts.location, text: who.location ?? words.facts.notKnown },
  ...(who.age === undefined ? [] : [{ label: english.person.who.age, text: who.age }]),
  { label: words.facts.legalStatus, text: who.legal ?? words.facts.notKnown },
  { label: words.facts.acct, text: who.acctSince ?? words.facts.noAcct },
  {
    label: words.facts.keyWorker,
    text: who.keyWorker ?? (who.location === undefined ? words.facts.notKnown : words.facts.noKeyWorker),
  },
  { label: words.facts.period, text: periodSaid(history) },
  { label: words.facts.preparedBy, text: preparedBy },
  { label: words.facts.preparedAt, text: sayMoment(history.preparedAt) },
  { label: words.facts.asOf, text: history.position },
];

const periodSaid = ({ from, to }: KeyWorkerHistory): string =>
  english.person.period.says(sayMoment(from), sayMoment(to));

const entryRow = (entry: KeyWorkerHistory['entries'][number], staff: StaffNames) => {
  const { occurredAt, recordedAt, staffId } = entry as typeof entry & { readonly staffId?: string };
  return { occurredAt, recordedAt, who: staffId === undefined ? '' : sayStaff(staffId, staff) };
};

const doneAbout = (id: string, { safetyAlerts }: KeyWorkerHistory): string[] =>
  (safetyAlerts.find((alert) => alert.id === id)?.done ?? []).map(({ what, at, by, more }) => {
    const { note, reasonCode, to } = more;
    const step = words.step(
      english.alert.transitions[what],
      sayMoment(at),
      by === 'custody-watch' ? english.lines.bySystem : by,
    );
    const why = typeof reasonCode === 'string' ? english.alert.reasonOf(reasonCode) : '';
    const details = sayStep({ ...(to !== undefined && { to }), ...(note !== undefined && { note }) });
    return [step, why, details].filter((part) => part !== '').join('. ');
  });

/** The pack on the screen, with what can be done with it. */
export interface PackPageFacts extends PackFacts {
  readonly period: TypedPeriod;
  readonly makesPdf: boolean;
  /** It is about to be printed. */
  readonly printing: boolean;
  readonly pdfFailed: boolean;
}

export const reviewPackPage = (facts: PackPageFacts) => {
  const { history, people, period, makesPdf, printing, pdfFailed } = facts;
  const { prisonNumber, from, to } = history;
  const at = `/prisoners/${prisonNumber}`;
  const query = `?from=${from}&to=${to}`;
  return {
    prisonNumber,
    who: personHead(prisonNumber, people),
    sections: sectionsOf(prisonNumber, 'reviewPack', true),
    errors: pdfFailed ? [...period.errors, { text: words.pdfFailed, href: '#print' }] : period.errors,
    at: `${at}/review-pack`,
    period: shownPeriod(period, history),
    print: `${at}/review-pack/print${query}`,
    pdf: makesPdf ? `${at}/review-pack.pdf${query}` : undefined,
    csv: `${at}/key-work.csv${query}`,
    printing,
    pack: packOf(facts),
  };
};

export type ReviewPackPage = ReturnType<typeof reviewPackPage>;
