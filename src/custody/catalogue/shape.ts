import type { Json } from '../../store/event-store.js';
import { type FieldError, MOST_TOLD, shown, visible } from '../../prison/field-error.js';
import { nearestName } from '../../prison/nearest-name.js';
import { type Member, membersOf } from './members.js';

/** An object as it was read. */
export interface ShapeReading {
  /** Other accepted spellings made one; members that are null or undefined left out. */
  readonly normal: Json;
  /** Everything that is wrong with it, in plain words. */
  readonly errors: readonly FieldError[];
}

/** Of an id, a number would lose leading zeros, and digits beyond the sixteenth. */
const AS_TEXT = '. This is a number: send it as text, in quotation marks';

const NO_ERRORS: readonly FieldError[] = [];

/** What the sender may have meant, or should do instead. */
function hintFor(found: unknown, schema: Json, optional: boolean): string {
  if (typeof found === 'number') return schema['type'] === 'string' ? AS_TEXT : '';
  if (typeof found !== 'string') return '';
  const codes = Array.isArray(schema['enum']) ? (schema['enum'] as string[]) : [];
  const meant = nearestName(found.slice(0, 100), codes);
  if (meant !== undefined) return `. Did you mean ${meant}?`;
  return optional && found.trim() === '' ? '. Leave it out where there is none' : '';
}

/**
 * What an object of a class may hold, member by member. Nearly all that is sent is fine, so {@link isFine} allocates nothing;
 * {@link problems} says what is wrong with the rest.
 */
export class Shape {
  readonly members: readonly Member[];
  private readonly byName: ReadonlyMap<string, Member>;
  private readonly required: number;

  constructor(type: new () => object) {
    this.members = membersOf(type);
    this.byName = new Map(this.members.map((member) => [member.name, member]));
    this.required = this.members.filter((member) => !member.optional).length;
  }

  /** Reads an object. @param path what stands before the names of its fields in errors, such as `data.` */
  read(value: Json, path = ''): ShapeReading {
    if (this.isFine(value)) return { normal: value, errors: NO_ERRORS };
    const normal = this.normalised(value);
    return { normal, errors: this.problems(normal, path) };
  }

  /** True only for an object in normal form with which nothing is wrong. */
  isFine(value: Json): boolean {
    let missing = this.required;
    for (const name of Object.keys(value)) {
      const member = this.byName.get(name);
      if (!member?.check(value[name])) return false;
      if (!member.optional) missing--;
    }
    return missing === 0;
  }

  /** Whether a member may lie in the log unsealed with this value. */
  takesInClear(name: string, value: unknown): boolean {
    const member = this.byName.get(name);
    return member?.personal === false && member.check(value);
  }

  /** The object in its normal form. */
  normalised(value: Json): Json {
    const entries = Object.entries(value).filter(([, member]) => member !== null && member !== undefined);
    return Object.fromEntries(
      entries.map(([name, member]) => {
        const normalise = this.byName.get(name)?.normalise;
        return [name, normalise && typeof member === 'string' ? normalise(member) : member];
      }),
    );
  }

  /** What is wrong with an object in normal form. */
  problems(value: Json, path = ''): FieldError[] {
    const wrong = this.members.flatMap(({ name, optional, check, allowed, schema }): FieldError[] => {
      const found = value[name];
      if (found === undefined && optional) return [];
      if (found !== undefined && check(found)) return [];
      const message = found === undefined ? `is missing: it ${allowed}` : allowed + hintFor(found, schema, optional);
      return [{ field: path + name, value: shown(found), message }];
    });
    return [...wrong, ...this.unknown(value, path)];
  }

  private unknown(value: Json, path: string): FieldError[] {
    return Object.keys(value)
      .filter((name) => !this.byName.has(name))
      .map((name, index) => ({
        field: path + visible(name.slice(0, 100)),
        value: shown(value[name]),
        message: `is not a known member${index < MOST_TOLD ? this.whatIsKnown(name, index === 0) : ''}`,
      }));
  }

  /** What may have been meant, and once what is known. To look for it takes long, and nobody is told of more than the first. */
  private whatIsKnown(name: string, isFirst: boolean): string {
    const names = [...this.byName.keys()];
    const nearest = nearestName(name, names);
    const known = names.length > 0 ? `Known: ${names.join(', ')}` : 'There are none';
    return `.${nearest ? ` Did you mean ${nearest}?` : ''}${isFirst ? ` ${known}` : ''}`;
  }
}
