import type { KeyObject } from 'node:crypto';
import { subjectIn } from '../prison/alert-subject.js';

/** Seals what is written about one subject (AES-256). `id` tells it from every other key there ever was. */
export interface DataKey {
  readonly id: string;
  readonly key: KeyObject;
}

/** The subject that a person is, and back. */
export const personSubject = (prisonNumber: string): string => PERSON + prisonNumber;
export const prisonNumberOf = (subject: string): string => subject.slice(PERSON.length);
export const isPerson = (subject: string): boolean => subject.startsWith(PERSON);
const PERSON = 'person-';

/** The subject of whom an alert is about: a person by their prison number, others by the text that names them. */
export const keySubjectOf = (about: string): string => {
  const subject = subjectIn(about);
  if (!subject) return personSubject(about);
  const { kind, id, prisonId } = subject;
  return kind === 'feed' ? `feed-${prisonId}-${id}` : kind === 'prison' ? `prison-${id}` : `staff-${id}`;
};

/** The log itself: its key is that of the hashes of its chain. It is never destroyed, and stays with its log. */
export const LOG_SUBJECT = 'log';

/** Why a subject's personal data were destroyed: coded, never free text. */
export interface Erasure {
  readonly reason: string;
  /** User name. */
  readonly by: string;
  /** ISO 8601, UTC. */
  readonly at: string;
  /** What spoke against it and was confirmed, as codes. */
  readonly confirmed?: readonly string[];
}

/** An erasure that was carried out, named after the key that it destroyed. */
export interface KeyErasure extends Erasure {
  readonly id: string;
  readonly subject: string;
  /** Nobody opens anything with the key any more, but it lies in the event server's files until they are scavenged. */
  readonly pending?: boolean;
}

/**
 * The keys to what is personal in the log, kept outside it. A subject is a person (`person-A1234BC`), a member of staff
 * (`staff-1001`), a feed (`feed-XYI-case-notes`), a prison (`prison-XYI`), the note of a hand-over (`handover-XYI-12`) or {@link LOG_SUBJECT}. A subject has at most one key at a time; once destroyed it never comes back, and a new one is made only
 * for what is written afterwards.
 * @throws StoreUnavailable, StoreUnreadable, and StoreAccessDenied of a server, from every method
 */
export interface KeyRing {
  /** The key for what is written now; made on first need, durable when its promise resolves. */
  current(subject: string): Promise<DataKey>;
  /** A key that something was sealed with; `erased` once destroyed, `missing` where this ring never held it. */
  find(subject: string, id: string): Promise<DataKey | 'erased' | 'missing'>;
  /**
   * Destroys the subject's key for good: neither its value nor a copy in a file is left when the promise resolves, unless
   * the answer says `pending`. Where there is nothing to destroy since the last erasure, that one is the answer.
   */
  erase(subject: string, erasure: Erasure): Promise<KeyErasure>;
  /** The last erasure of a subject; nothing when there was none. */
  lastErasure(subject: string): Promise<KeyErasure | undefined>;
  /** Every erasure there was, in the order in which they were carried out. */
  erasures(): Promise<readonly KeyErasure[]>;
  close(): Promise<void>;
}

/** A key as a ring keeps it. `wrapped`: base64, locked with the master key; a key without it was destroyed. */
export interface KeptKey {
  readonly id: string;
  readonly subject: string;
  readonly wrapped?: string;
  readonly erasure?: Erasure;
}

/** A ring whose keys can go into another one with the same master key. */
export interface MovableKeyRing extends KeyRing {
  /** Every key that there is or was; of one subject, what was destroyed first comes first. */
  kept(): AsyncIterable<KeptKey>;
  /** Takes in what another ring kept, in its order. May be repeated: what is here already stays. @throws WrongMasterKey */
  take(kept: readonly KeptKey[]): Promise<void>;
}

/** Nest's token for the {@link KeyRing}. */
export const KEY_RING = Symbol('KeyRing');
