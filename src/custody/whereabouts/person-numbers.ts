import { Merges, type MergesMemory } from '../../kernel/merges.js';
import type { Occurrence } from '../../kernel/occurrence.js';
import { Records, type RecordsMemory } from '../../kernel/records.js';

/** The prison numbers under which something is told about one person. */
export interface PersonGroup {
  /** The number that was kept. */
  readonly kept: string;
  /** The numbers whose events count as this one's, itself first. */
  readonly own: readonly string[];
  /** Other people's numbers under which a record of this person was told, too. */
  readonly elsewhere: readonly string[];
}

/** People who have to be read anew: as they were before an event, and as they are with it. */
export interface Regrouping {
  readonly before: readonly PersonGroup[];
  readonly after: readonly PersonGroup[];
}

/** Which numbers are one person's, to be written down. */
export interface PersonNumbersMemory {
  readonly merges: MergesMemory;
  readonly records: RecordsMemory;
  readonly companies: readonly (readonly string[])[];
}

/**
 * Which prison numbers are one person's, as the log tells it (docs/rules-meaning.md, "Merged records", "One record,
 * several tellings"). Takes in every event about anybody, in the order of the log.
 */
export class PersonNumbers {
  private merges = new Merges();
  private records = new Records();
  /** By number: those that share a record with it. */
  private readonly companies = new Map<string, ReadonlySet<string>>();
  private readonly mergeIds = new Set<string>();
  private last: { readonly occurrence: Occurrence; readonly regrouping: Regrouping | undefined } | undefined;

  static recall({ merges, records, companies }: PersonNumbersMemory): PersonNumbers {
    const numbers = new PersonNumbers();
    numbers.merges = Merges.recall(merges);
    numbers.records = Records.recall(records);
    for (const { occurrence } of merges.told) numbers.noteMerge(occurrence);
    for (const company of companies) for (const number of company) numbers.companies.set(number, new Set(company));
    return numbers;
  }

  get memory(): PersonNumbersMemory {
    const companies = [...new Set(this.companies.values())].map((company) => [...company]);
    return { merges: this.merges.memory, records: this.records.memory, companies };
  }

  /** The number under which everything told under this one counts: itself, unless it was merged into another. */
  keptFor(prisonNumber: string): string {
    return this.merges.keptFor(prisonNumber);
  }

  /** All numbers that concern the person whose this one is. */
  groupOf(prisonNumber: string): PersonGroup {
    const kept = this.merges.keptFor(prisonNumber);
    const own = this.merges.numbersOf(kept);
    if (this.companies.size === 0) return { kept, own, elsewhere: [] };
    const company = new Set(own.flatMap((number) => [...this.companyOf(number)]));
    return { kept, own, elsewhere: [...company].filter((number) => !own.includes(number)) };
  }

  /** The number under which the record that an event tells of may have been told before. */
  toldUnder(occurrence: Occurrence): string | undefined {
    return this.records.toldUnder(occurrence);
  }

  /**
   * Takes note of the next event, told under this number. Gives those who have to be read anew because of it, if
   * anybody. May be called again with the same event.
   */
  note(prisonNumber: string, occurrence: Occurrence): Regrouping | undefined {
    if (this.last?.occurrence.id === occurrence.id && this.last.occurrence.prisonNumber === occurrence.prisonNumber)
      return this.last.regrouping;
    const toldUnder = this.records.note(prisonNumber, occurrence);
    const concernsOthers = toldUnder !== undefined || this.mayMerge(occurrence);
    const regrouping = concernsOthers ? this.regroup(prisonNumber, occurrence, toldUnder) : undefined;
    if (!concernsOthers) this.learn(prisonNumber, occurrence);
    this.last = { occurrence, regrouping };
    return regrouping;
  }

  private mayMerge({ type, data }: Occurrence): boolean {
    if (type === 'PrisonerRecordsMerged') return true;
    return type === 'EventWithdrawn' && this.mergeIds.has(String(data['withdraws']));
  }

  private learn(prisonNumber: string, occurrence: Occurrence): void {
    this.merges.learn(prisonNumber, occurrence);
    this.merges.advance();
    this.noteMerge(occurrence);
  }

  private noteMerge({ id, type }: Occurrence): void {
    if (type === 'PrisonerRecordsMerged') this.mergeIds.add(id);
  }

  private regroup(prisonNumber: string, occurrence: Occurrence, toldUnder = prisonNumber): Regrouping {
    const company = new Set([...this.companyOf(toldUnder), ...this.companyOf(prisonNumber)]);
    const concerned = new Set([...company, ...this.numbersThatMergesName(occurrence)]);
    const before = this.groupsOf(concerned);
    this.learn(prisonNumber, occurrence);
    if (company.size > 1) for (const number of company) this.companies.set(number, company);
    return { before, after: this.groupsOf(concerned) };
  }

  /** Everybody whom a merge, or the withdrawal of one, may join to others or part from them. */
  private numbersThatMergesName(occurrence: Occurrence): readonly string[] {
    if (!this.mayMerge(occurrence)) return [];
    const told = [...this.merges.memory.told.map((one) => one.occurrence), occurrence];
    return told
      .filter(({ type }) => type === 'PrisonerRecordsMerged')
      .flatMap(({ prisonNumber, data }) => [prisonNumber ?? '', String(data['removedPrisonNumber'])])
      .filter((number) => number !== '');
  }

  private groupsOf(numbers: ReadonlySet<string>): PersonGroup[] {
    const groups = [...numbers].map((number) => this.groupOf(number));
    return [...new Map(groups.map((group) => [group.kept, group])).values()];
  }

  private companyOf(prisonNumber: string): Iterable<string> {
    return this.companies.get(prisonNumber) ?? [prisonNumber];
  }
}
