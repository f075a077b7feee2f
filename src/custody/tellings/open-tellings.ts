import { subjectIn } from '../../prison/alert-subject.js';
import { Companies, type CompaniesMemory } from '../../kernel/companies.js';
import type { Occurrence } from '../../kernel/occurrence.js';
import type { TellingEvent, TellingKind } from './telling.js';

/** A telling that has begun and is not complete, and about whom it has told so far, key workers among them. */
interface OpenTelling {
  readonly kind: TellingKind;
  readonly people: Set<string>;
  /** Of a history: who has to do with whom. */
  readonly companies: Companies;
}

/** A telling that is not complete. Of a history: how many people it is about. */
export interface TellingInBrief {
  readonly id: string;
  readonly kind: TellingKind;
  readonly people: number;
}

/** What has come to its end with one note. */
export interface CompleteTellings {
  /** All of them. */
  readonly ids: ReadonlySet<string>;
  /** Everybody of whom the log knew nothing before, those together who have to do with each other. */
  readonly histories: readonly ReadonlySet<string>[];
  /** Imports, and everybody of whom they told. */
  readonly imports: { readonly ids: ReadonlySet<string>; readonly people: ReadonlySet<string> };
}

export type TellingsMemory = readonly (readonly [string, TellingKind, readonly string[], CompaniesMemory])[];

/** Which tellings are not complete, as far as the log has been read. What they told does not count yet. */
export class OpenTellings {
  private readonly open = new Map<string, OpenTelling>();

  /** To be written down. */
  get memory(): TellingsMemory {
    return Array.from(
      this.open,
      ([id, { kind, people, companies }]) => [id, kind, [...people], companies.memory] as const,
    );
  }

  /** Takes up what was written down. */
  recall(memory: TellingsMemory): void {
    for (const [id, kind, people, companies] of memory)
      this.open.set(id, { kind, people: new Set(people), companies: Companies.recall(companies) });
  }

  /** How many have told of somebody, and are not complete. */
  get count(): number {
    return [...this.open.values()].filter(({ people }) => people.size > 0).length;
  }

  /** Those that are open, also where they have told nothing yet. */
  get list(): readonly TellingInBrief[] {
    return Array.from(this.open, ([id, { kind, people }]) => ({
      id,
      kind,
      people: [...people].filter((one) => subjectIn(one) === undefined).length,
    }));
  }

  has(telling: string | undefined): boolean {
    return telling !== undefined && this.open.has(telling);
  }

  /** Whether it is an import that is not complete: what it brought does not count anywhere. */
  isImport(telling: string | undefined): boolean {
    return telling !== undefined && this.open.get(telling)?.kind === 'import';
  }

  /** The history that is being told of this person: until it is complete, nothing may be decided about them. */
  historyOf(prisonNumber: string): string | undefined {
    for (const [id, { kind, people }] of this.open) if (kind === 'history' && people.has(prisonNumber)) return id;
    return undefined;
  }

  /** What happened to this person, or is told of the key worker whom this text names, belongs to this telling. */
  note(telling: string, prisonNumber: string, occurrence: Occurrence): void {
    const { kind, people, companies } = this.open.get(telling) ?? {};
    people?.add(prisonNumber);
    if (kind === 'history') companies?.note(prisonNumber, occurrence);
  }

  /** Takes in what the log says of a telling; gives back what is complete with it. */
  on(event: TellingEvent): CompleteTellings | undefined {
    if (event.type === 'TellingBegan') {
      const { id, kind } = event.telling;
      const { people, companies } = this.open.get(id) ?? { people: new Set<string>(), companies: new Companies() };
      for (const prisonNumber of event.people) people.add(prisonNumber);
      this.open.set(id, { kind, people, companies });
      return undefined;
    }
    const complete = [...this.open].filter(([id]) => event.tellings.includes(id));
    for (const id of event.tellings) this.open.delete(id);
    const histories = complete.flatMap(([, telling]) => (telling.kind === 'history' ? telling : []));
    const imports = complete.filter(([, { kind }]) => kind === 'import');
    const people = new Set(histories.flatMap((history) => [...history.people]));
    const told = imports.flatMap(([, telling]) => [...telling.people]);
    return {
      ids: new Set(event.tellings),
      histories: togetherIn(histories, people),
      imports: { ids: new Set(imports.map(([id]) => id)), people: new Set(told) },
    };
  }
}

/** Who has to do with whom by any of these histories: one may have been stopped half-way, and told to its end by another. */
const togetherIn = (histories: readonly OpenTelling[], people: ReadonlySet<string>): ReadonlySet<string>[] => {
  const [first, ...others] = histories;
  if (!first) return [];
  for (const { companies } of others) first.companies.add(companies);
  return Array.from(first.companies.among(people), (company) => new Set([...company].filter((one) => people.has(one))));
};
