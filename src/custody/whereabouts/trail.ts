import { effective, strikesOut, StruckOut } from '../../kernel/effective.js';
import { type Holder, Movements } from '../../kernel/movements.js';
import { inOrder, type Occurrence } from '../../kernel/occurrence.js';
import type { Acct } from './person.js';

/** What decides how somebody stands. Of all else only the first matters: it says in which prison they are. */
const DECIDES = new Set([
  'PrisonerReceived',
  'PrisonerReleased',
  'AcctOpened',
  'AcctClosed',
  'AcctPostClosureReviewHeld',
  'SegregationStarted',
  'SegregationEnded',
  'KeyWorkerAllocated',
  'KeyWorkerDeallocated',
]);

/**
 * How somebody stands, as their events tell in the order in which they happened (docs/operators.md, "Scopes"):
 * a new stay begins without key worker or segregation; an ACCT carries over.
 */
export class Circumstances {
  segregated = false;
  keyWorker: string | undefined;
  private readonly movements = new Movements();
  private acctSince: (Acct & { readonly reviewed?: true }) | undefined;
  private struckOut: StruckOut | undefined;
  private first: Occurrence | undefined;
  private last: Occurrence | undefined;

  /** How somebody stands whose whole history is known, in any order. */
  static through(history: readonly Occurrence[]): Circumstances {
    const circumstances = new Circumstances();
    const { occurrences, struckOut } = effective(history);
    if (history.some(strikesOut)) circumstances.struckOut = struckOut;
    for (const occurrence of occurrences) circumstances.take(occurrence);
    return circumstances;
  }

  get acct(): Acct | undefined {
    return this.acctSince?.reviewed ? undefined : this.acctSince;
  }

  get holder(): Holder | undefined {
    return this.movements.holder;
  }

  get inCustody(): boolean {
    return this.movements.stay !== undefined;
  }

  get away(): boolean {
    return this.movements.away;
  }

  /** Whether an event was withdrawn before it became known. */
  wasStruckOut(occurrence: Occurrence): boolean {
    return this.struckOut?.has(occurrence) ?? false;
  }

  /** Whether an event can only be understood with the whole history: it takes one back, or comes late and matters. */
  needsHistory(occurrence: Occurrence): boolean {
    if (occurrence.type === 'EventWithdrawn') return true;
    if (this.first && inOrder(occurrence, this.first) < 0) return true;
    return DECIDES.has(occurrence.type) && this.last !== undefined && inOrder(occurrence, this.last) < 0;
  }

  /** Takes in an event that does not need the history. */
  take(occurrence: Occurrence): void {
    if (this.first && !DECIDES.has(occurrence.type)) return;
    if (this.movements.on(occurrence) || !this.inCustody) this.beginAfresh();
    // What says nothing of where the person is says nothing here either.
    if (this.movements.holder) this.first ??= occurrence;
    if (!DECIDES.has(occurrence.type)) return;
    this.last = occurrence;
    this.decide(occurrence);
  }

  private decide({ type, at, data }: Occurrence): void {
    switch (type) {
      case 'AcctOpened':
        if (this.acctSince?.state !== 'OPEN') this.acctSince = { state: 'OPEN', since: at };
        break;
      case 'AcctClosed':
        if (this.acctSince?.state !== 'POST_CLOSURE') this.acctSince = { state: 'POST_CLOSURE', since: at };
        break;
      case 'AcctPostClosureReviewHeld':
        if (this.acctSince?.state === 'POST_CLOSURE') this.acctSince = { ...this.acctSince, reviewed: true };
        break;
      case 'SegregationStarted':
      case 'SegregationEnded':
        this.segregated = this.inCustody && type === 'SegregationStarted';
        break;
      case 'KeyWorkerAllocated':
        if (this.inCustody) this.keyWorker = String(data['staffId']);
        break;
      case 'KeyWorkerDeallocated':
        // "Allocate the new, then deallocate the old" is ordinary.
        if (this.keyWorker === data['staffId']) this.keyWorker = undefined;
        break;
    }
  }

  private beginAfresh(): void {
    this.segregated = false;
    this.keyWorker = undefined;
  }
}
