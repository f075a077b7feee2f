import type { Json } from '../store/event-store.js';
import { decrypt, encrypt } from './cipher.js';
import { BrokenSeal } from './errors.js';
import type { KeyErasure, KeyRing } from './key-ring.js';

/** What a personal member reads as where nobody looked inside: that it was recorded, which is all that rules may ask. */
const UNOPENED = '(personal)';
/** What a personal member reads as once the person was erased. */
export const ERASED = '(erased)';
/** What a personal member reads as where its key is in no key ring here: see docs/personal-data.md. */
export const KEY_MISSING = '(key missing)';

/** The event, and who it is about. What is sealed for one event opens for no other. */
export interface SealedPlace {
  readonly subject: string;
  readonly stream: string;
  readonly id: string;
}

/** How personal members lie in the log: their names in the clear, their values sealed. */
interface SealedMembers {
  readonly members: readonly string[];
  /** The id of the key. */
  readonly key: string;
  /** Base64 of what {@link encrypt} makes of the members as JSON. */
  readonly box: string;
}

/** The member under which the sealed ones lie. */
const SEALED = '$personal';

/** Whether something in the data needs a key to be read. */
export const isSealed = (data: Json): boolean => SEALED in data;

/** The id of the key that something in the data was sealed with; nothing where nothing was. */
export const keyOfSeal = (data: Json): string | undefined => (data[SEALED] as SealedMembers | undefined)?.key;

/** The members that anybody can read who has the log. */
export const membersInClear = (data: Json): string[] => Object.keys(data).filter((name) => name !== SEALED);

/**
 * The data as they read without any key: every sealed member is {@link UNOPENED}, and so are these, where an earlier version
 * wrote them in the clear.
 */
export const unopened = (data: Json, personal: readonly string[] = []): Json => {
  const { [SEALED]: sealed, ...clear } = data;
  const members = [
    ...((sealed as SealedMembers | undefined)?.members ?? []),
    ...personal.filter((name) => name in clear),
  ];
  return members.length === 0 ? data : { ...clear, ...allOf(members, UNOPENED) };
};

/** Whether any of these members reads as something that it never was. */
export const isUnreadable = (data: Json, personal: readonly string[]): boolean =>
  personal.some((name) => data[name] === ERASED || data[name] === KEY_MISSING);

/** Seals what is personal on its way into the log, and opens it again for those who may read it. */
export class Seals {
  constructor(private readonly keys: KeyRing) {}

  /** The data with these members sealed, where they are there. @throws StoreUnavailable, StoreUnreadable */
  async seal(data: Json, personal: readonly string[], place: SealedPlace): Promise<Json> {
    const members = personal.filter((name) => data[name] !== undefined);
    if (members.length === 0) return data;
    const { id, key } = await this.keys.current(place.subject);
    const secret = Object.fromEntries(members.map((name) => [name, data[name]]));
    const clear = Object.fromEntries(Object.entries(data).filter(([name]) => !members.includes(name)));
    const box = encrypt(key, JSON.stringify(secret), contextOf(place)).toString('base64');
    return { ...clear, [SEALED]: { members, key: id, box } satisfies SealedMembers };
  }

  /**
   * The data as they were before they were sealed; members that cannot be read any more are {@link ERASED} or
   * {@link KEY_MISSING}. What an earlier version wrote in the clear is hidden once its subject was erased.
   * @param personal the members that must not be read after an erasure, sealed or not
   * @throws BrokenSeal, StoreUnavailable, StoreUnreadable
   */
  async reveal(data: Json, personal: readonly string[], place: SealedPlace): Promise<Json> {
    const { [SEALED]: sealed, ...clear } = data;
    const exposed = personal.filter((name) => clear[name] !== undefined);
    if (exposed.length > 0 && (await this.lastErasure(place.subject))) Object.assign(clear, allOf(exposed, ERASED));
    return sealed === undefined ? clear : { ...clear, ...(await this.opened(sealed as SealedMembers, place)) };
  }

  /** When the subject was last erased, if ever. @throws StoreUnavailable, StoreUnreadable */
  lastErasure(subject: string): Promise<KeyErasure | undefined> {
    return this.keys.lastErasure(subject);
  }

  private async opened({ members, key: id, box }: SealedMembers, place: SealedPlace): Promise<Json> {
    const found = await this.keys.find(place.subject, id);
    if (found === 'erased') return allOf(members, ERASED);
    if (found === 'missing') return allOf(members, KEY_MISSING);
    const secret = decrypt(found.key, Buffer.from(box, 'base64'), contextOf(place));
    if (!secret) throw new BrokenSeal(place.id);
    return JSON.parse(secret.toString('utf8')) as Json;
  }
}

/** Nest's token for the {@link Seals}. */
export const SEALS = Symbol('Seals');

const contextOf = ({ stream, id }: SealedPlace): string => `${stream} ${id}`;

const allOf = (members: readonly string[], value: string): Json =>
  Object.fromEntries(members.map((name) => [name, value]));
