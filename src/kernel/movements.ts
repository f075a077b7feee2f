import type { Instant } from '../prison/instant.js';
import type { Occurrence } from './occurrence.js';

const ARRIVALS = new Set<unknown>(['NEW_ADMISSION', 'READMISSION', 'RECALL', 'TRANSFERRED']);
const LEAVINGS = new Set<unknown>(['RELEASED', 'TRANSFERRED', 'DIED']);
const MOVES = new Set(['PrisonerReceived', 'PrisonerReleased']);
const SAYS_NOTHING_OF_WHERE = new Set(['PersonDetailsChanged', 'EventWithdrawn']);

/** A person's time in one prison. An arrival clock runs in stays that began with an arrival. */
export interface Stay {
  readonly since: Instant;
  /** The event that began it. */
  readonly began: Occurrence;
}

/** Whether the stay is known from its first day on. */
export const startsArrivalClock = ({ began }: Stay): boolean =>
  began.type === 'PrisonerReceived' && ARRIVALS.has(began.data['reason']);

const withoutDetails = ({ since, began }: Stay): Stay => {
  const data = began.type === 'PrisonerReceived' ? { reason: began.data['reason'] } : {};
  return { since, began: { ...began, data } };
};

/** From leaving until the next `PrisonerReceived`; still running while `until` is missing. */
export interface Absence {
  readonly from: Instant;
  until?: Instant;
}

/** The prison that holds a person, since the arrival or return there. */
export interface Holder {
  readonly prisonId: string;
  readonly since: Instant;
}

/** Where a person is, to be written down. Of what events say, only why the person came. */
export interface MovementsMemory {
  readonly stay?: Stay;
  readonly absences: readonly Absence[];
  readonly holder?: Holder;
  readonly heardOf: boolean;
}

/** Where a person is: the stay, and the absences that pause limits. Fed with their events in order. */
export class Movements {
  stay: Stay | undefined;
  readonly absences: Absence[] = [];
  /** In transit, and after the end: the prison that sent the person. What is heard of them from elsewhere moves nobody. */
  holder: Holder | undefined;
  private heardOf = false;

  get memory(): MovementsMemory {
    const { stay, absences, holder, heardOf } = this;
    return { ...(stay && { stay: withoutDetails(stay) }), absences, ...(holder && { holder }), heardOf };
  }

  /** Takes up what was written down. */
  recall({ stay, absences, holder, heardOf }: MovementsMemory): void {
    this.absences.push(...absences);
    Object.assign(this, { stay, holder, heardOf });
  }

  /** Takes in the next event; says whether it begins a new stay. */
  on(occurrence: Occurrence): boolean {
    if (SAYS_NOTHING_OF_WHERE.has(occurrence.type)) return false;
    const first = !this.heardOf;
    this.heardOf = true;
    if (first || MOVES.has(occurrence.type)) this.hold(occurrence);
    if (occurrence.type === 'PrisonerReceived') return this.received(occurrence);
    if (occurrence.type === 'PrisonerReleased') return this.released(occurrence, first);
    return first && this.begin(occurrence);
  }

  get away(): boolean {
    const last = this.absences.at(-1);
    return last !== undefined && last.until === undefined;
  }

  private hold({ prisonId, at }: Occurrence): void {
    if (this.holder?.prisonId !== prisonId) this.holder = { prisonId, since: at };
  }

  private received(occurrence: Occurrence): boolean {
    const last = this.absences.at(-1);
    if (last !== undefined) last.until ??= occurrence.at;
    const arrival = ARRIVALS.has(occurrence.data['reason']);
    return (arrival || !this.stay) && this.begin(occurrence);
  }

  private released(occurrence: Occurrence, first: boolean): boolean {
    const leaves = LEAVINGS.has(occurrence.data['reason']);
    const begins = first && !leaves && this.begin(occurrence);
    if ((first || this.stay) && !this.away) this.absences.push({ from: occurrence.at });
    if (leaves) this.stay = undefined;
    return begins;
  }

  private begin(occurrence: Occurrence): true {
    this.stay = { since: occurrence.at, began: occurrence };
    return true;
  }
}
