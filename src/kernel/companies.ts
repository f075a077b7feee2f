import type { Occurrence } from './occurrence.js';
import { Records, type RecordsMemory } from './records.js';

/** To be written down. */
export interface CompaniesMemory {
  readonly joined: readonly (readonly string[])[];
  readonly records: RecordsMemory;
}

/**
 * Prison numbers that have to do with each other: by a merge, taken back or not, or because one record of a source was
 * told under both. What is told under one may matter to all of them, so they are played together.
 */
export class Companies {
  private readonly companies = new Map<string, ReadonlySet<string>>();
  private records = new Records();

  static recall({ joined, records }: CompaniesMemory): Companies {
    const companies = new Companies();
    for (const [first = '', ...others] of joined) for (const other of others) companies.join(first, other);
    companies.records = Records.recall(records);
    return companies;
  }

  get memory(): CompaniesMemory {
    return {
      joined: Array.from(new Set(this.companies.values()), (company) => [...company]),
      records: this.records.memory,
    };
  }

  /** Takes note of what was told under a number. */
  note(prisonNumber: string, occurrence: Occurrence): void {
    const { type, data } = occurrence;
    if (type === 'PrisonerRecordsMerged') this.join(prisonNumber, String(data['removedPrisonNumber']));
    const before = this.records.note(prisonNumber, occurrence);
    if (before !== undefined && before !== prisonNumber) this.join(before, prisonNumber);
  }

  /** These numbers in groups of those that have to do with each other, each number once. */
  among(numbers: Iterable<string>): Set<ReadonlySet<string>> {
    return new Set(Array.from(numbers, (number) => this.of(number)));
  }

  /** Adds the groups of others. A record that was told under two numbers in two different tellings goes unnoticed. */
  add({ companies }: Companies): void {
    for (const [first = '', ...others] of new Set(companies.values()))
      for (const other of others) this.join(first, other);
  }

  private join(a: string, b: string): void {
    const company = new Set([...this.of(a), ...this.of(b)]);
    for (const number of company) this.companies.set(number, company);
  }

  private of(prisonNumber: string): ReadonlySet<string> {
    return this.companies.get(prisonNumber) ?? new Set([prisonNumber]);
  }
}
