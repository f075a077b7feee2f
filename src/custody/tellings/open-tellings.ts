import type { TellingEvent, TellingKind } from './telling.js';

/** A telling that has begun and is not complete, and about whom it has told so far. */
interface OpenTelling {
  readonly kind: TellingKind;
  readonly people: Set<string>;
}

/** What has come to its end with one note. */
export interface CompleteTellings {
  readonly ids: ReadonlySet<string>;
  /** Everybody of whom the log knew nothing before. */
  readonly histories: ReadonlySet<string>;
  /** Everybody else of whom something was told. */
  readonly imports: ReadonlySet<string>;
}

export type TellingsMemory = readonly (readonly [string, TellingKind, readonly string[]])[];

/** Which tellings are not complete, as far as the log has been read. What they told does not count yet. */
export class OpenTellings {
  private readonly open = new Map<string, OpenTelling>();

  /** To be written down. */
  get memory(): TellingsMemory {
    return Array.from(this.open, ([id, { kind, people }]) => [id, kind, [...people]] as const);
  }

  /** Takes up what was written down. */
  recall(memory: TellingsMemory): void {
    for (const [id, kind, people] of memory) this.open.set(id, { kind, people: new Set(people) });
  }

  /** How many have told of somebody, and are not complete. */
  get count(): number {
    return [...this.open.values()].filter(({ people }) => people.size > 0).length;
  }

  has(telling: string | undefined): boolean {
    return telling !== undefined && this.open.has(telling);
  }

  /** The history that is being told of this person: until it is complete, nothing may be decided about them. */
  historyOf(prisonNumber: string): string | undefined {
    for (const [id, { kind, people }] of this.open) if (kind === 'history' && people.has(prisonNumber)) return id;
    return undefined;
  }

  /** An event about this person belongs to this telling. */
  told(telling: string, prisonNumber: string): void {
    this.open.get(telling)?.people.add(prisonNumber);
  }

  /** Takes in what the log says of a telling; gives back what is complete with it. */
  on(event: TellingEvent): CompleteTellings | undefined {
    if (event.type === 'TellingBegan') {
      const { id, kind } = event.telling;
      const people = this.open.get(id)?.people ?? new Set();
      for (const prisonNumber of event.people) people.add(prisonNumber);
      this.open.set(id, { kind, people });
      return undefined;
    }
    const complete = event.tellings.flatMap((id) => this.open.get(id) ?? []);
    for (const id of event.tellings) this.open.delete(id);
    const of = (kind: TellingKind) =>
      complete.filter((telling) => telling.kind === kind).flatMap(({ people }) => [...people]);
    const histories = new Set(of('history'));
    const imports = new Set(of('import').filter((person) => !histories.has(person)));
    return { ids: new Set(event.tellings), histories, imports };
  }
}
