import type { Ask, Condition, Scope, Selector, Where } from '../condition.js';
import type { Limit } from '../limit.js';
import { field, type Cursor } from './cursor.js';
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

  where(name: string, events: Selector): Where[] {
    return this.reader.events.where(this.at(name), events);
  }

  values(name: string): unknown[] {
    return this.at(name)
      .list()
      .map((item) => item.scalar());
  }

  scope(name = 'within'): Scope {
    return this.reader.scope(this.at(name));
  }

  oneOf<T extends string>(name: string, allowed: readonly T[]): T {
    return this.at(name).oneOf(allowed);
  }

  families(): Readonly<Record<string, Selector>> {
    return Object.fromEntries(this.reader.vocabulary.families);
  }

  /** One `ask`, or `asks` with a `for` of their own each. */
  asks(): Ask[] {
    const limit = this.limitIfGiven('for');
    const single = this.has('ask') ? [askOf(this.events('ask'), limit)] : [];
    const several = this.fields.get('asks')?.list() ?? [];
    return [
      ...single,
      ...several.map((item) => {
        const own = new Arguments(item, this.reader, ['event'], ['for']);
        return askOf(own.events(), own.limitIfGiven('for') ?? limit);
      }),
    ];
  }

  private at(name: string): Cursor {
    return field(this.fields, name, this.cursor);
  }
}

const askOf = (event: Selector, limit: Limit | undefined): Ask => ({ event, ...(limit && { for: limit }) });

/** How to read one operator: the arguments it must and may have. */
export interface OperatorReader {
  readonly required: readonly string[];
  readonly optional: readonly string[];
  readonly read: (given: Arguments) => Condition;
}
