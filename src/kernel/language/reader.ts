import type { Condition, Scope } from '../condition.js';
import { Arguments } from './arguments.js';
import type { Cursor } from './cursor.js';
import { EventReader } from './event-reader.js';
import { OPERATORS } from './operators.js';
import { didYouMean, type PlaceInFile } from './problems.js';
import type { Vocabulary } from './vocabulary.js';

const PLAIN = ['stay', 'custody', 'arrival', 'presence', 'silent'] as const;
const SCOPES = [...PLAIN, 'away', 'during', 'assigned', 'unassigned', 'running'];
const UNREADABLE: Condition = { op: 'stay' };

/** Where a file refers to another rule. */
export interface Reference extends PlaceInFile {
  readonly rule: string;
}

/** Reads conditions and events, in the words of a vocabulary. */
export class Reader {
  readonly events: EventReader;
  readonly references: Reference[] = [];

  constructor(readonly vocabulary: Vocabulary) {
    this.events = new EventReader(vocabulary, (cursor) => this.condition(cursor));
  }

  /** The name of a condition from the definitions, or one operator with its arguments. */
  condition(cursor: Cursor): Condition {
    if (cursor.isText()) return this.named(cursor);
    const [entry, another] = cursor.entries();
    if (!entry) return UNREADABLE;
    another?.[2].complain('One operator at a time: combine several with "all" or "any".');
    const [name, value, key] = entry;
    switch (name) {
      case 'all':
      case 'any':
        return { op: name, of: this.parts(value) };
      case 'not':
        return { op: 'not', of: this.condition(value) };
      case 'rule':
        return this.reference(value);
      default:
        return this.operator(name, value, key);
    }
  }

  /** A condition that others can count from. */
  scope(cursor: Cursor): Scope {
    const condition = this.condition(cursor);
    if (SCOPES.includes(condition.op)) return condition as Scope;
    if (condition.op === 'not' && condition.of.op === 'assigned') return { ...condition.of, op: 'unassigned' };
    cursor.complain(
      'Nothing can be counted from this: it has no beginning. Use stay, custody, arrival, during, assigned or running.',
    );
    return { op: 'stay' };
  }

  private named(cursor: Cursor): Condition {
    const name = cursor.text();
    const plain = PLAIN.find((op) => op === name);
    if (plain) return { op: plain };
    const { conditions } = this.vocabulary;
    const condition = conditions.get(name);
    if (condition) return condition;
    cursor.complain(`There is no condition "${name}".${didYouMean(name, [...PLAIN, ...conditions.keys()])}`);
    return UNREADABLE;
  }

  private operator(name: string, value: Cursor, key: Cursor): Condition {
    const operator = OPERATORS.get(name);
    if (operator) return operator.read(new Arguments(value, this, operator.required, operator.optional));
    const names = [...OPERATORS.keys(), 'all', 'any', 'not', 'rule'];
    key.complain(`unknown operator "${name}".${didYouMean(name, names)} Operators: docs/operators.md`);
    return UNREADABLE;
  }

  private parts(cursor: Cursor): Condition[] {
    const parts = cursor.list().map((item) => this.condition(item));
    if (parts.length === 0) cursor.complain('Give at least one condition.');
    return parts;
  }

  private reference(cursor: Cursor): Condition {
    const rule = cursor.text();
    this.references.push({ rule, ...cursor.place });
    return { op: 'rule', id: rule };
  }
}
