import { subjectIn } from '../prison/alert-subject.js';
import { keyWorkerIn } from './key-worker.js';
import { inOrder, type Occurrence } from './occurrence.js';
import type { QuietFeed } from './operator.js';

/** The people whom a key worker has, each by the allocation that says so; a person, or a feed, has nobody. */
export interface Caseload {
  /** Nothing where it is about a person: of a key worker, or a feed, the prison. */
  readonly prisonId?: string | undefined;
  /** Of a feed: when it is silent. */
  readonly silence?: QuietFeed;
  /** In the order in which they were allocated. */
  readonly allocations: readonly Occurrence[];
  /** Their prison numbers, in no order. */
  readonly people: readonly string[];
}

/** By the text that names a subject, what stands beside its own history. */
export interface CaseloadRegister {
  of(subject: string): Caseload;
}

/** Nobody has anybody. */
export const NOBODY: Caseload = { allocations: [], people: [] };

/** A caseload that goes on with the allocations. */
class PresentCaseload implements Caseload {
  private readonly byPerson = new Map<string, Occurrence>();
  private sorted: readonly Occurrence[] | undefined;

  constructor(readonly prisonId: string | undefined) {}

  get allocations(): readonly Occurrence[] {
    return (this.sorted ??= [...this.byPerson.values()].sort(inOrder));
  }

  get people(): readonly string[] {
    return [...this.byPerson.keys()];
  }

  set(prisonNumber: string, allocation: Occurrence | undefined): void {
    this.sorted = undefined;
    if (allocation) this.byPerson.set(prisonNumber, allocation);
    else this.byPerson.delete(prisonNumber);
  }
}

/** An allocation to be written down: ids, codes and instants; never the reason that it may carry. */
export type AllocationMemory = Omit<Occurrence, 'data' | 'source'> & { readonly staffId: string };

/** Who has whom, as people's own histories say it (decision 0042). A key worker is named as {@link keyWorkerIn} does. */
export class Allocations implements CaseloadRegister {
  private readonly allocations = new Map<string, Occurrence>();
  private readonly caseloads = new Map<string, PresentCaseload>();

  /** Goes on with what {@link allocate} says. */
  of(key: string): Caseload {
    return this.ofOne(key);
  }

  /**
   * From now on this allocation says who somebody's key worker is; nobody is, without one.
   * @returns whose caseload is another now
   */
  allocate(prisonNumber: string, allocation: Occurrence | undefined): readonly string[] {
    const before = this.allocations.get(prisonNumber);
    if (before?.id === allocation?.id) return [];
    const keys = [before, allocation].flatMap((one) => (one ? keyWorkerIn(one) : []));
    if (before) this.ofOne(keyWorkerIn(before)).set(prisonNumber, undefined);
    if (allocation) this.ofOne(keyWorkerIn(allocation)).set(prisonNumber, allocation);
    if (allocation) this.allocations.set(prisonNumber, allocation);
    else this.allocations.delete(prisonNumber);
    return [...new Set(keys)];
  }

  /** By prison number, to be written down. */
  get memory(): readonly (readonly [string, AllocationMemory])[] {
    return Array.from(this.allocations, ([prisonNumber, { data, source: _, ...allocation }]) => [
      prisonNumber,
      { ...allocation, staffId: String(data['staffId']) },
    ]);
  }

  recall(memory: Allocations['memory']): void {
    for (const [prisonNumber, { staffId, ...allocation }] of memory)
      this.allocate(prisonNumber, { ...allocation, data: { staffId } });
  }

  private ofOne(key: string): PresentCaseload {
    const caseload = this.caseloads.get(key) ?? new PresentCaseload(subjectIn(key)?.prisonId);
    this.caseloads.set(key, caseload);
    return caseload;
  }
}
