import type { LocalDays } from '../prison/local-days.js';
import { subjectIn } from '../prison/alert-subject.js';
import type { Instant } from '../prison/instant.js';
import { type HeldSession, keptOf } from './held-sessions.js';
import { keyWorkerIn } from './key-worker.js';
import { inOrder, type Occurrence } from './occurrence.js';
import type { QuietFeed } from './operator.js';
import type { PrisonWeek } from './prison-week.js';

/**
 * The people whom a key worker has, each by the allocation that says so, and the sessions that they held; a person, a feed or a
 * prison has nobody.
 */
export interface Caseload {
  /** Nothing where it is about a person: of a key worker, a feed or a prison, the prison. */
  readonly prisonId?: string | undefined;
  /** Of a feed: when it is silent. */
  readonly silence?: QuietFeed;
  /** Of a prison: how its key work went in the last so many weeks that were over at an instant, the earliest first. */
  readonly weeksBefore?: (t: Instant, count: number) => readonly PrisonWeek[];
  /** In the order in which they were allocated. */
  readonly allocations: readonly Occurrence[];
  /** Their prison numbers, in no order. */
  readonly people: readonly string[];
  /** Held in this prison in the last two weeks, with whomever; in the order in which they were held. */
  readonly sessions: readonly HeldSession[];
}

/** By the text that names a subject, what stands beside its own history. */
export interface CaseloadRegister {
  of(subject: string): Caseload;
}

/** Nobody has anybody. */
export const NOBODY: Caseload = { allocations: [], people: [], sessions: [] };

/** A caseload that goes on with the allocations. */
class PresentCaseload implements Caseload {
  private readonly byPerson = new Map<string, Occurrence>();
  private sorted: readonly Occurrence[] | undefined;
  private held: readonly HeldSession[] = [];

  constructor(readonly prisonId: string | undefined) {}

  get allocations(): readonly Occurrence[] {
    return (this.sorted ??= [...this.byPerson.values()].sort(inOrder));
  }

  get people(): readonly string[] {
    return [...this.byPerson.keys()];
  }

  get sessions(): readonly HeldSession[] {
    return this.held;
  }

  /** From now on these are the sessions that they held with somebody. @returns whether they were others before */
  hold(prisonNumber: string, sessions: readonly Occurrence[], days: LocalDays): boolean {
    const others = this.held.filter((one) => one.with !== prisonNumber);
    const theirs = sessions.map((session) => ({ with: prisonNumber, session }));
    const before = this.held;
    this.held = keptOf(
      [...others, ...theirs].sort((a, b) => inOrder(a.session, b.session)),
      ({ session }) => session,
      days,
    );
    return before.length !== this.held.length || before.some((one, place) => one.session !== this.held[place]?.session);
  }

  set(prisonNumber: string, allocation: Occurrence | undefined): void {
    this.sorted = undefined;
    if (allocation) this.byPerson.set(prisonNumber, allocation);
    else this.byPerson.delete(prisonNumber);
  }
}

/** An allocation to be written down: ids, codes and instants; never the reason that it may carry. */
type AllocationMemory = Omit<Occurrence, 'data' | 'source'> & { readonly staffId: string };

/** The same of a session. */
type SessionMemory = AllocationMemory & { readonly minutes?: number };

/** What is written down of a person's key work: who is their key worker, and which sessions were held with them. */
export interface KeyWorkMemory {
  readonly allocation?: AllocationMemory;
  readonly sessions?: readonly SessionMemory[];
}

/** Who has whom, and who talked with whom, as people's own histories say it (decision 0042). A key worker is named as {@link keyWorkerIn} does. */
export class Allocations implements CaseloadRegister {
  private readonly allocations = new Map<string, Occurrence>();
  /** By prison number: the sessions with them that count. */
  private readonly held = new Map<string, readonly Occurrence[]>();
  private readonly caseloads = new Map<string, PresentCaseload>();

  constructor(private readonly days: LocalDays) {}

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

  /**
   * From now on these are the sessions with somebody that count, of the last two weeks.
   * @returns whose sessions are others now
   */
  hold(prisonNumber: string, sessions: readonly Occurrence[]): readonly string[] {
    const before = this.held.get(prisonNumber) ?? [];
    if (before === sessions || before.length + sessions.length === 0) return [];
    if (sessions.length > 0) this.held.set(prisonNumber, sessions);
    else this.held.delete(prisonNumber);
    const keys = [...new Set([...before, ...sessions].map(keyWorkerIn))];
    return keys.filter((key) => {
      const theirs = sessions.filter((session) => keyWorkerIn(session) === key);
      return this.ofOne(key).hold(prisonNumber, theirs, this.days);
    });
  }

  /** By prison number, to be written down. */
  get memory(): readonly (readonly [string, KeyWorkMemory])[] {
    const everybody = new Set([...this.allocations.keys(), ...this.held.keys()]);
    return Array.from(everybody, (prisonNumber) => {
      const allocation = this.allocations.get(prisonNumber);
      const sessions = this.held.get(prisonNumber);
      return [
        prisonNumber,
        {
          ...(allocation && { allocation: writtenDown(allocation) }),
          ...(sessions && { sessions: sessions.map(sessionWrittenDown) }),
        },
      ] as const;
    });
  }

  recall(memory: Allocations['memory']): void {
    for (const [prisonNumber, { allocation, sessions = [] }] of memory) {
      if (allocation) this.allocate(prisonNumber, takenUp(allocation));
      this.hold(prisonNumber, sessions.map(takenUp));
    }
  }

  private ofOne(key: string): PresentCaseload {
    const caseload = this.caseloads.get(key) ?? new PresentCaseload(subjectIn(key)?.prisonId);
    this.caseloads.set(key, caseload);
    return caseload;
  }
}

const writtenDown = ({ data, source: _, ...event }: Occurrence): AllocationMemory => ({
  ...event,
  staffId: String(data['staffId']),
});

const sessionWrittenDown = (session: Occurrence): SessionMemory => {
  const { minutes } = session.data;
  return { ...writtenDown(session), ...(typeof minutes === 'number' && { minutes }) };
};

const takenUp = ({ staffId, minutes, ...event }: SessionMemory): Occurrence => ({
  ...event,
  data: { staffId, ...(minutes !== undefined && { minutes }) },
});
