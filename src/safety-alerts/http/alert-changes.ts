import { Inject, Injectable, type OnModuleDestroy } from '@nestjs/common';
import { InTurns } from '../../prison/next-turn.js';
import {
  EVENT_STORE,
  type EventStore,
  type Position,
  type RecordedEvent,
  type Subscription,
  type SubscriptionMessage,
} from '../../store/event-store.js';
import { STREAM_PREFIX } from '../../store/stream-prefix.js';
import { ALERT_STREAMS, alertIdOf } from '../alert/alert-ids.js';
import { type AlertTransition, TRANSITIONS } from '../alert/safety-alert-events.js';
import { isKnown } from '../alert/stored-safety-alert-event.js';
import { AlertIndex } from '../list/alert-index.js';

/** What is told of a change of an alert. */
export interface AlertChange {
  readonly id: Position;
  readonly data: { readonly alertId: string; readonly kind: AlertTransition };
}

/** Somebody who is told of changes. */
export interface ChangeListener {
  readonly hear: (change: AlertChange) => void;
  /** Resolves once they have taken what they were told, or have left. */
  readonly ready: () => Promise<void>;
  /** Nothing more comes: the service ends, or the log cannot be read. */
  readonly end: (error?: unknown) => void;
}

/** How many listeners are told in one turn. */
const TOLD_IN_ONE_TURN = 100;

/**
 * Reads the log once for all who listen, however many they are; only those who are behind read by themselves what they
 * have missed. Listeners are told in turns, so that nobody else has to wait meanwhile, and then of all that has come.
 */
@Injectable()
export class AlertChanges implements OnModuleDestroy {
  private readonly leaving = new AbortController();
  private readonly listeners = new Map<ChangeListener, (change: AlertChange) => void>();
  private readonly turns = new InTurns(TOLD_IN_ONE_TURN);
  private reader: Subscription | undefined;
  /** How far the reader has come. */
  private readUpTo: Position | undefined;
  private untold: AlertChange[] = [];
  private isTelling = false;

  constructor(
    @Inject(EVENT_STORE) private readonly store: EventStore,
    @Inject(STREAM_PREFIX) private readonly prefix: string,
    private readonly alerts: AlertIndex,
  ) {}

  async onModuleDestroy(): Promise<void> {
    this.endAll();
    this.leaving.abort();
    await this.reader?.stop();
  }

  /**
   * Tells of every change after a position (exclusive), in order, once the lists show it.
   * @param end of the log, as it was just now
   * @returns what calls it off
   */
  follow(after: Position, end: Position, listener: ChangeListener): () => void {
    this.reader ??= this.readOn(end);
    let last = after;
    const tell = (change: AlertChange): void => {
      if (this.store.compare(change.id, last) <= 0) return;
      last = change.id;
      listener.hear(change);
    };
    this.listeners.set(listener, tell);
    if (this.isBehind(after)) {
      this.listeners.set(listener, () => undefined);
      this.catchUp(after, listener, tell).then(
        () => {
          if (this.listeners.has(listener)) this.listeners.set(listener, tell);
        },
        (error: unknown) => {
          listener.end(error);
        },
      );
    }
    return () => {
      this.listeners.delete(listener);
    };
  }

  private isBehind(position: Position): boolean {
    return this.readUpTo !== undefined && this.store.compare(position, this.readUpTo) < 0;
  }

  /** Reads what the listener has missed, and what comes meanwhile, as fast as they take it: nothing waits for them here. */
  private async catchUp(after: Position, listener: ChangeListener, tell: (change: AlertChange) => void): Promise<void> {
    let from = after;
    while (this.isBehind(from) && this.listeners.has(listener)) {
      const { readUpTo: upTo = from } = this;
      for await (const event of this.store.readAll({ after: from, filter: this.filter })) {
        if (!this.listeners.has(listener) || this.store.compare(event.position, upTo) > 0) break;
        const change = changeOf(event, this.prefix);
        if (!change) continue;
        await listener.ready();
        if (!this.listeners.has(listener)) break;
        tell(change);
      }
      from = upTo;
    }
  }

  private readOn(end: Position): Subscription {
    this.readUpTo = end;
    const reader = this.store.subscribeToAll({ after: end, filter: this.filter }, (message) => this.take(message));
    reader.ended.then(
      () => {
        this.endAll();
      },
      (error: unknown) => {
        this.reader = undefined;
        this.endAll(error);
      },
    );
    return reader;
  }

  private async take(message: SubscriptionMessage): Promise<void> {
    const change = message.kind === 'event' ? changeOf(message.event, this.prefix) : undefined;
    if (!change) return;
    // Judged by where the person is now, also for changes of the past.
    await this.alerts.read.reached(change.id, this.leaving.signal);
    this.readUpTo = change.id;
    this.untold.push(change);
    if (!this.isTelling) void this.tell();
  }

  /** Tells what is untold, and what has come meanwhile. */
  private async tell(): Promise<void> {
    this.isTelling = true;
    for (let news = this.news(); news.length > 0; news = this.news()) {
      for (const [listener, hear] of [...this.listeners]) {
        try {
          for (const change of news) hear(change);
        } catch (error) {
          // Of one listener: the others are told.
          this.listeners.delete(listener);
          listener.end(error);
        }
        await this.turns.did();
      }
    }
    this.isTelling = false;
  }

  private news(): readonly AlertChange[] {
    const news = this.untold;
    this.untold = [];
    return news;
  }

  private endAll(error?: unknown): void {
    for (const listener of [...this.listeners.keys()]) listener.end(error);
    this.listeners.clear();
  }

  private get filter() {
    return { streamPrefixes: [this.prefix + ALERT_STREAMS] };
  }
}

/** Nothing for what is not to be seen, and for types of a later version: the read model has told of those. */
const changeOf = ({ type, stream, data, position }: RecordedEvent, prefix: string): AlertChange | undefined => {
  const kind = isKnown(type) ? TRANSITIONS[type] : null;
  if (kind === null) return undefined;
  return { id: position, data: { alertId: alertIdOf(stream.slice(prefix.length), Number(data['episode'])), kind } };
};
