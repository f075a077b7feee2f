import type { Ask, Condition, ConditionOf, Scope, Selector, Where } from '../condition.js';
import type { Limit } from '../limit.js';
import { field, type Cursor } from './cursor.js';
import { didYouMean } from './problems.js';
import type { Reader } from './reader.js';

/** The arguments of one operator, as a rule file gives them. */
export class Arguments {
  private readonly fields: ReadonlyMap<string, Cursor>;

  constructor(
    private readonly cursor: Cursor,
    private readonly reader: Reader,
    required: readonly string[],
    optional: readonly string[],
  ) {
    this.fields = cursor.fields(required, optional);
  }

  complain(message: string): void {
    this.cursor.complain(message);
  }

  has(name: string): boolean {
    return this.fields.has(name);
  }

  limit(name: string): Limit {
    return this.at(name).limit();
  }

  limitIfGiven(name: string): Limit | undefined {
    return this.fields.get(name)?.limit();
  }

  text(name: string): string {
    return this.at(name).text();
  }

  whole(name: string): number {
    return this.at(name).whole();
  }

  window(name: string): number {
    return this.at(name).window();
  }

  events(name = 'event'): Selector {
    return this.reader.events.selector(this.at(name));
  }

  eventType(name = 'event'): string {
    return this.reader.events.type(this.at(name));
  }

  /** The name of a member of the data of these event types. */
  member(name: string, types: readonly string[]): string {
    return this.reader.events.member(this.at(name), types);
  }

  /** What some of these events must carry: those that cannot carry it do not. */
  whereOfSome(name: string, events: Selector): Where[] {
    return this.reader.events.where(this.at(name), events, 'some');
  }

  values(name: string): unknown[] {
    return this.at(name)
      .list()
      .map((item) => item.scalar());
  }

  scope(name = 'within'): Scope {
    return this.reader.scope(this.at(name));
  }

  condition(name: string): Condition {
    return this.reader.condition(this.at(name));
  }

  /** A condition that begins with an event and ends with another, or with the custody. */
  stateOfCustody(name: string): ConditionOf<'during'> {
    const condition = this.condition(name);
    if (condition.op === 'during' && condition.within === 'custody') return condition;
    this.at(name).complain(`"${name}" needs a "during" condition with "within: custody".`);
    return { op: 'during', from: [], until: [] };
  }

  truth(name: string): boolean {
    return this.fields.get(name)?.truth() === true;
  }

  /** Arguments within arguments, under one name. */
  part(name: string, required: readonly string[], optional: readonly string[] = []): Arguments {
    return new Arguments(this.at(name), this.reader, required, optional);
  }

  oneOf<T extends string>(name: string, allowed: readonly T[]): T {
    return this.at(name).oneOf(allowed);
  }

  /** The risk families, but for those that `except` names. */
  families(): Readonly<Record<string, Selector>> {
    const families = new Map(this.reader.vocabulary.families);
    for (const item of this.fields.get('except')?.list() ?? []) {
      const name = item.text();
      if (!families.delete(name))
        item.complain(`There is no risk family "${name}".${didYouMean(name, [...families.keys()])}`);
    }
    return Object.fromEntries(families);
  }

  /** One `ask`, or `asks`, each with its own `for` and `while`. */
  asks(): Ask[] {
    const limit = this.limitIfGiven('for');
    const condition = this.has('while') ? this.condition('while') : undefined;
    const single = this.has('ask') ? [askOf(this.events('ask'), limit, condition)] : [];
    const several = this.fields.get('asks')?.list() ?? [];
    return [
      ...single,
      ...several.map((item) => {
        const own = new Arguments(item, this.reader, ['event'], ['for', 'while']);
        const narrower = own.has('while') ? own.condition('while') : condition;
        return askOf(own.events(), own.limitIfGiven('for') ?? limit, narrower);
      }),
    ];
  }

  private at(name: string): Cursor {
    return field(this.fields, name, this.cursor);
  }
}

const askOf = (event: Selector, limit: Limit | undefined, condition: Condition | undefined): Ask => ({
  event,
  ...(limit && { for: limit }),
  ...(condition && { while: condition }),
});

/** How to read one operator: the arguments it must and may have. */
export interface OperatorReader {
  readonly required: readonly string[];
  readonly optional: readonly string[];
  readonly read: (given: Arguments) => Condition;
}
