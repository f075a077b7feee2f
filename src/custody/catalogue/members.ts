/**
 * The vocabulary of the catalogue. Each decorator says what a member of a custody event may be. The check, the words of
 * a refusal, the OpenAPI schema, and what is personal or may be part of a derived id all come from it.
 */
import type { Json } from '../../store/event-store.js';

/** What a value may be. */
export interface ValueKind {
  readonly check: (value: unknown) => boolean;
  /** What is allowed, in plain words: "must be …". */
  readonly allowed: string;
  readonly schema: Json;
  /** Coded members are part of a derived id; free text and personal ones never are. */
  readonly coded: boolean;
  /** Turns another accepted spelling into the one that is kept. */
  readonly normalise?: (text: string) => string;
}

export interface Member extends ValueKind {
  readonly name: string;
  readonly optional: boolean;
  /** Stored so that it can be erased; never logged, never a metric label, never part of an id. */
  readonly personal: boolean;
}

/** Whose stream an event belongs to. Only events about a person carry a prison number. */
export type Subject = 'person' | 'staff' | 'feed';

type Class = abstract new () => object;

const declared = new WeakMap<object, Map<string, Partial<Member>>>();
const subjects = new WeakMap<object, Subject>();

/** The members that a class and those it extends declare, in the order they are written. */
export const membersOf = (type: Class): Member[] => membersFrom(type.prototype as object);

/** Whom the events of this type are about. */
export function subjectOf(type: Class): Subject {
  const subject = subjects.get(type);
  if (!subject) throw new TypeError(`${type.name} does not say who it is about: give it @About('person')`);
  return subject;
}

/** Says whom the events of this type are about. */
export const About =
  (subject: Subject): ClassDecorator =>
  (type) => {
    subjects.set(type, subject);
  };

/** A member may be left out; null counts as left out. */
export const Optional = (): PropertyDecorator => (target, name) => {
  declare(target, name, { optional: true });
};

/** A member is about a person: see {@link Member.personal} and docs/personal-data.md, "What is personal". */
export const Personal = (): PropertyDecorator => (target, name) => {
  declare(target, name, { personal: true });
};

/** A member of this kind. */
export const Is =
  (kind: ValueKind): PropertyDecorator =>
  (target, name) => {
    declare(target, name, kind);
  };

function declare(target: object, name: string | symbol, what: Partial<Member>): void {
  const members = declared.get(target) ?? new Map<string, Partial<Member>>();
  members.set(String(name), { ...members.get(String(name)), ...what });
  declared.set(target, members);
}

function membersFrom(prototype: object): Member[] {
  const parent = Object.getPrototypeOf(prototype) as object | null;
  const own = [...(declared.get(prototype) ?? [])].map(([name, member]) => complete(name, member));
  return parent ? [...membersFrom(parent), ...own] : own;
}

function complete(name: string, { check, allowed, schema, coded, ...rest }: Partial<Member>): Member {
  if (!check || !allowed || !schema || coded === undefined)
    throw new TypeError(`${name} has no kind: give it @OneOf, @Id, …`);
  return { optional: false, personal: false, ...rest, name, check, allowed, schema, coded };
}
