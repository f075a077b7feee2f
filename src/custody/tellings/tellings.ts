import { Inject, Injectable } from '@nestjs/common';
import type { Instant } from '../../prison/instant.js';
import { CLOCK, type Clock, instantToKeep } from '../../store/clock.js';
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

/** What is found when a telling begins. */
export interface Beginning {
  /** Those of a history's people of whom the log knows already: they are no part of it. */
  readonly known: readonly string[];
  /** Histories of some of these people that were stopped half-way. */
  readonly resumed: readonly string[];
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
   * Begins a telling. Safe to repeat.
   * @param people everybody a history is about
   * @throws StoreUnavailable
   */
  async begin(telling: Telling, people: readonly string[]): Promise<Beginning> {
    const open = telling.kind === 'history' ? await this.open() : new OpenTellings();
    const known = new Set<string>();
    const resumed = new Set<string>();
    for (const person of people) {
      const earlier = open.historyOf(person);
      if (earlier !== undefined) resumed.add(earlier);
      else if (telling.kind === 'history' && (await this.isKnown(person))) known.add(person);
    }
    const taken = people.filter((person) => !known.has(person));
    await beginTelling(this.log, telling, taken, instantToKeep(this.clock));
    return { known: [...known], resumed: [...resumed] };
  }

  /**
   * Says that all of a telling has come: from now on it counts. Safe to repeat.
   * @param resumed those that it brought to their end, because they had been stopped half-way
   * @throws StoreUnavailable, NoSuchTelling, ClockNotTrusted
   */
  async complete(id: string, resumed: readonly string[]): Promise<void> {
    return completeTelling(this.log, id, resumed, instantToKeep(this.clock));
  }

  /** The telling that was begun under this id. @throws NoSuchTelling, TellingIsComplete, StoreUnavailable */
  async find(id: string): Promise<BegunTelling> {
    if (await isTellingComplete(this.log, id)) throw new TellingIsComplete(id);
    const known = this.begun.get(id) ?? (await this.read(id));
    this.begun.set(id, known);
    return known;
  }

  private async read(id: string): Promise<BegunTelling> {
    let telling: Telling | undefined;
    const people = new Set<string>();
    for await (const recorded of this.store.readStream(`${this.prefix}${TELLING_STREAMS}${id}`)) {
      const event = tellingEventOf(this.prefix, recorded);
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
