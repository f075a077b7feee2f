import type { Instant } from '../prison/instant.js';
import { inOrder, type Occurrence } from './occurrence.js';

/** A merge that was told: from then on all that is known under the one number counts as the other's. */
interface Merge {
  readonly occurrence: Occurrence;
  readonly kept: string;
  readonly removed: string;
}

/** What became known of which numbers are one person's, and counts from an instant on. Of what the event says it holds only which it speaks of. */
interface MergeFact {
  readonly prisonNumber: string;
  readonly occurrence: Occurrence;
  readonly since: Instant;
}

/** A number whose events count as another's than before. */
export interface Regrouped {
  readonly prisonNumber: string;
  readonly before: string;
  readonly now: string;
  /** The numbers whose events counted as this one's, itself first. */
  readonly numbersBefore: readonly string[];
}

/** The number that an event says was merged into the one it was told under; nothing for other events. */
export const removedBy = ({ type, data }: Pick<Occurrence, 'type' | 'data'>): string | undefined =>
  type === 'PrisonerRecordsMerged' ? String(data['removedPrisonNumber']) : undefined;

/** Which merges were told and taken back, as JSON. */
export interface MergesMemory {
  readonly told: readonly MergeFact[];
  /** Told, and not counting yet. */
  readonly coming: readonly MergeFact[];
}

/** Which prison numbers are one person's (docs/rules-meaning.md, "Merged records"), as far as that is known. */
export class Merges {
  private all: MergeFact[] = [];
  private coming: MergeFact[] = [];
  private merges: Merge[] = [];
  /** By the id of what is withdrawn: the numbers under which that was told. */
  private withdrawn = new Map<string, string[]>();
  private parents: ReadonlyMap<string, string> = new Map();
  private members: ReadonlyMap<string, readonly string[]> = new Map();

  static recall({ told, coming }: MergesMemory): Merges {
    const merges = new Merges();
    merges.all = [...told, ...coming];
    merges.coming = [...coming];
    for (const one of told) merges.takeIn(one);
    merges.regroup();
    return merges;
  }

  get memory(): MergesMemory {
    return { told: this.counting, coming: this.coming };
  }

  private get counting(): MergeFact[] {
    return this.all.filter((told) => !this.coming.includes(told));
  }

  /** Whether an event can change which numbers are one person's. */
  static concerns({ type }: Pick<Occurrence, 'type'>): boolean {
    return type === 'PrisonerRecordsMerged' || type === 'EventWithdrawn';
  }

  /** The number under which all that is known under this one counts. */
  keptFor(prisonNumber: string): string {
    return this.parents.size === 0 ? prisonNumber : rootIn(this.parents, prisonNumber);
  }

  /** All numbers whose events count as this one's, itself first. */
  numbersOf(prisonNumber: string): readonly string[] {
    return this.members.get(prisonNumber) ?? [prisonNumber];
  }

  /** Takes note of what becomes known at `t`. It counts from then on, once {@link advance} has reached it. */
  learn(prisonNumber: string, occurrence: Occurrence, t: Instant = 0): void {
    if (!Merges.concerns(occurrence)) return;
    const { withdraws, removedPrisonNumber } = occurrence.data;
    const told = { prisonNumber, occurrence: { ...occurrence, data: { withdraws, removedPrisonNumber } }, since: t };
    this.all.push(told);
    this.coming.push(told);
  }

  /** Whether something begins to count by `t`. */
  hasComing(t: Instant): boolean {
    return this.coming.some(({ since }) => since <= t);
  }

  /** Forgets what was told under a number: it will be told anew. */
  forget(prisonNumber: string): void {
    const all = this.all.filter((told) => told.prisonNumber !== prisonNumber);
    if (all.length === this.all.length) return;
    this.coming = this.coming.filter((told) => told.prisonNumber !== prisonNumber);
    this.all = all;
    this.merges = [];
    this.withdrawn = new Map();
    for (const told of this.counting) this.takeIn(told);
    this.regroup();
  }

  /** The numbers that were told to be merged into another, taken back or not. */
  get removed(): ReadonlySet<string> {
    return new Set(this.all.flatMap(({ occurrence }) => removedBy(occurrence) ?? []));
  }

  /** Takes in what counts by `t`; gives the numbers whose events now count as another's than before. */
  advance(t: Instant = Infinity): Regrouped[] {
    const due = this.coming.filter(({ since }) => since <= t);
    if (due.length === 0) return [];
    this.coming = this.coming.filter(({ since }) => since > t);
    for (const told of due) this.takeIn(told);
    const matters = due.some(({ occurrence: { type, data } }) =>
      type === 'EventWithdrawn' ? this.merges.some(({ occurrence: { id } }) => id === data['withdraws']) : true,
    );
    return matters ? this.regroup() : [];
  }

  private takeIn({ prisonNumber, occurrence }: MergeFact): void {
    const removed = removedBy(occurrence);
    if (removed !== undefined) {
      this.merges.push({ occurrence, kept: prisonNumber, removed });
    } else {
      const id = String(occurrence.data['withdraws']);
      this.withdrawn.set(id, [...(this.withdrawn.get(id) ?? []), prisonNumber]);
    }
  }

  private regroup(): Regrouped[] {
    const { parents: before, members } = this;
    this.parents = parentsBy(this.standing());
    this.members = membersIn(this.parents);
    const numbers = new Set(this.merges.flatMap(({ kept, removed }) => [kept, removed]));
    return [...numbers].flatMap((prisonNumber) => {
      const [was, now] = [rootIn(before, prisonNumber), rootIn(this.parents, prisonNumber)];
      const numbersBefore = members.get(prisonNumber) ?? [prisonNumber];
      return was === now ? [] : { prisonNumber, before: was, now, numbersBefore };
    });
  }

  /** "A withdrawal withdraws a merge under any number that known merges join to it, itself included." */
  private standing(): Merge[] {
    const joined = new Map<string, Set<string>>();
    for (const { kept, removed } of this.merges) {
      const all = new Set([...(joined.get(kept) ?? [kept]), ...(joined.get(removed) ?? [removed])]);
      for (const number of all) joined.set(number, all);
    }
    return this.merges.filter(({ occurrence: { id }, kept }) => {
      const under = this.withdrawn.get(id) ?? [];
      return !under.some((number) => joined.get(kept)?.has(number));
    });
  }
}

/**
 * "A number merged twice follows the last in order; of the merges that then still make a circle the last in order counts
 * as not told."
 */
const parentsBy = (standing: readonly Merge[]): ReadonlyMap<string, string> => {
  let told = [...standing].sort((a, b) => inOrder(a.occurrence, b.occurrence));
  for (;;) {
    const last = new Map(told.map((merge) => [merge.removed, merge]));
    const circle = circleIn(last);
    if (!circle) return new Map([...last].map(([removed, { kept }]) => [removed, kept]));
    const latest = told.findLast((merge) => circle.includes(merge));
    told = told.filter((merge) => merge !== latest);
  }
};

const circleIn = (last: ReadonlyMap<string, Merge>): readonly Merge[] | undefined => {
  for (const start of last.keys()) {
    const path: Merge[] = [];
    for (let merge = last.get(start); merge; merge = last.get(merge.kept)) {
      if (path.includes(merge)) return path.slice(path.indexOf(merge));
      path.push(merge);
    }
  }
  return undefined;
};

const rootIn = (parents: ReadonlyMap<string, string>, prisonNumber: string): string => {
  let root = prisonNumber;
  for (let parent = parents.get(root); parent !== undefined; parent = parents.get(root)) root = parent;
  return root;
};

const membersIn = (parents: ReadonlyMap<string, string>): ReadonlyMap<string, readonly string[]> => {
  const members = new Map<string, string[]>();
  for (const removed of parents.keys()) {
    const kept = rootIn(parents, removed);
    members.set(kept, [...(members.get(kept) ?? [kept]), removed]);
  }
  return members;
};
