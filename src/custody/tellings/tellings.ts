import { Inject, Injectable } from '@nestjs/common';
import type { Instant } from '../../prison/instant.js';
import { CLOCK, type Clock, instantToKeep } from '../../store/clock.js';
import { isGap } from '../../store/dropped/remaining-event-store.js';
import { EVENT_STORE, type EventStore } from '../../store/event-store.js';
import { STREAM_PREFIX } from '../../store/stream-prefix.js';
import { NoSuchTelling, TellingIsComplete } from '../errors.js';
import { personStream, TELLING_STREAMS } from '../streams.js';
import { OpenTellings } from './open-tellings.js';
import {
  beginTelling,
  completeTelling,
  isTellingComplete,
  tellingEventOf,
  type Telling,
  type TellingKind,
  type TellingLog,
} from './telling.js';

/** A telling that may bring events. */
export interface BegunTelling extends Telling {
  /** Of a history: everybody it is about. */
  readonly people: ReadonlySet<string>;
}

/** What kind of telling it was, and when all of it had come. */
export interface TellingOutcome {
  readonly kind: TellingKind;
  /** Missing while it is not complete. */
  readonly completedAt?: Instant;
}

/** Tellings of this log: how they begin and end, and which there are. */
@Injectable()
export class Tellings {
  /** What began them never changes. */
  private readonly begun = new Map<string, BegunTelling>();
  private readonly log: TellingLog = { store: this.store, prefix: this.prefix };

  constructor(
    @Inject(EVENT_STORE) private readonly store: EventStore,
    @Inject(STREAM_PREFIX) private readonly prefix: string,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /**
   * Begins a telling, or goes on with it where it was stopped. Of a history's people those are no part of it of whom the
   * log knows already, or whose history another telling has not told to its end.
   * @param people everybody a history is about
   * @throws TellingIsComplete, StoreUnavailable
   */
  async begin(telling: Telling, people: readonly string[]): Promise<void> {
    if (await isTellingComplete(this.log, telling.id)) throw new TellingIsComplete(telling.id);
    const open = telling.kind === 'history' ? await this.open() : new OpenTellings();
    const taken: string[] = [];
    for (const person of people) {
      const history = open.historyOf(person);
      const isFree = telling.kind === 'import' || (history === undefined && !(await this.isKnown(person)));
      if (isFree || history === telling.id) taken.push(person);
    }
    await beginTelling(this.log, telling, taken, instantToKeep(this.clock));
  }

  /**
   * Says that all of a telling has come: from now on it counts. Safe to repeat.
   * @throws StoreUnavailable, NoSuchTelling, ClockNotTrusted
   */
  async complete(id: string): Promise<void> {
    return completeTelling(this.log, id, instantToKeep(this.clock));
  }

  /** The telling that was begun under this id. @throws NoSuchTelling, TellingIsComplete, StoreUnavailable */
  async find(id: string): Promise<BegunTelling> {
    const isComplete = await isTellingComplete(this.log, id);
    if (isComplete === undefined) throw new NoSuchTelling(id);
    if (isComplete) throw new TellingIsComplete(id);
    const known = this.begun.get(id) ?? (await this.read(id));
    this.begun.set(id, known);
    return known;
  }

  private async read(id: string): Promise<BegunTelling> {
    let telling: Telling | undefined;
    const people = new Set<string>();
    for await (const recorded of this.store.readStream(`${this.prefix}${TELLING_STREAMS}${id}`)) {
      const event = isGap(recorded) ? undefined : tellingEventOf(this.prefix, recorded);
      if (event?.type !== 'TellingBegan') continue;
      telling = event.telling;
      for (const person of event.people) people.add(person);
    }
    if (!telling) throw new NoSuchTelling(id);
    return { ...telling, people };
  }

  /** Those that are not complete. @throws StoreUnavailable */
  async open(): Promise<OpenTellings> {
    const open = new OpenTellings();
    for await (const recorded of this.store.readAll({ filter: { streamPrefixes: [this.prefix + TELLING_STREAMS] } })) {
      const event = tellingEventOf(this.prefix, recorded);
      if (event) open.on(event);
    }
    return open;
  }

  /** What became of every telling. @throws StoreUnavailable */
  async outcomes(): Promise<ReadonlyMap<string, TellingOutcome>> {
    const outcomes = new Map<string, TellingOutcome>();
    for await (const recorded of this.store.readAll({ filter: { streamPrefixes: [this.prefix + TELLING_STREAMS] } })) {
      const event = tellingEventOf(this.prefix, recorded);
      if (event?.type === 'TellingBegan') outcomes.set(event.telling.id, { kind: event.telling.kind });
      for (const id of event?.type === 'TellingCompleted' ? event.tellings : []) {
        const outcome = outcomes.get(id);
        if (outcome && event?.type === 'TellingCompleted')
          outcomes.set(id, { ...outcome, completedAt: outcome.completedAt ?? event.knownAt });
      }
    }
    return outcomes;
  }

  private async isKnown(prisonNumber: string): Promise<boolean> {
    for await (const _ of this.store.readStream(personStream(this.prefix, prisonNumber), { limit: 1 })) return true;
    return false;
  }
}
