import type { Caller } from '../../access/caller.js';
import { hold, type Holders } from '../../access/holders.js';
import type { People } from '../../custody/people/people.js';
import type { HandoverWithNote } from '../../handover/note-reader.js';
import { ERASED, KEY_MISSING } from '../../personal-data/seals.js';
import { sayMoment } from '../frame/moments.js';
import { personLine } from '../lines/person-line.js';
import { english } from '../words/english.js';

const words = english.handover.notes;

/** What notes are told with. */
export interface NoteFacts {
  readonly people: Pick<People, 'person' | 'prisonName'>;
  readonly holders: Holders;
  readonly caller: Pick<Caller, 'name' | 'roles' | 'prisons'>;
}

/** A hand-over as a page shows it. */
export interface NoteLine {
  readonly id: string;
  readonly from: string;
  readonly covers: string;
  readonly text: string;
  /** The note itself is not to be read any more: `text` says why. */
  readonly isGone: boolean;
  readonly people: readonly NamedPerson[];
  readonly signatures: readonly string[];
  /** Where to sign it; empty where the reader cannot, and `cannot` says why. */
  readonly signAt: string;
  readonly cannot: string;
}

/** Somebody named in a note; without a name if the reader's prisons do not hold them. */
interface NamedPerson {
  readonly prisonNumber: string;
  readonly href: string;
  readonly name: string;
}

const GONE: Readonly<Record<string, string>> = { [ERASED]: words.expired, [KEY_MISSING]: words.keyMissing };

export const noteLine = (handover: HandoverWithNote, facts: NoteFacts): NoteLine => {
  const { prisonId, number, by, at, since, note, signatures } = handover;
  const gone = GONE[note];
  const cannot = whyNotSigned(handover, facts.caller);
  return {
    id: `handover-${number}`,
    from: words.from(by),
    covers: words.covers(sayMoment(since), sayMoment(at)),
    text: gone ?? note,
    isGone: gone !== undefined,
    people: gone === undefined ? handover.names.map((name) => namedPerson(name, facts)) : [],
    signatures: signatures.map((signature) => words.signedBy(signature.by, sayMoment(signature.at))),
    signAt: cannot === '' ? `/handover/${prisonId}/${number}/sign` : '',
    cannot,
  };
};

const whyNotSigned = ({ by }: HandoverWithNote, { name, roles }: NoteFacts['caller']): string => {
  if (!roles.has('ROLE_CUSTODY_WATCH__ALERTS__RW')) return words.readOnly;
  return by === name ? words.own : '';
};

const namedPerson = (prisonNumber: string, { people, holders, caller }: NoteFacts): NamedPerson => {
  if (!hold(caller.prisons, prisonNumber, holders)) return { prisonNumber, href: '', name: '' };
  const { href, name } = personLine(prisonNumber, people, caller.prisons);
  return { prisonNumber, href, name };
};
