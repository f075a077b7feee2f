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
    const { readUpTo = end } = this;
    let last = after;
    let missed: AlertChange[] | undefined = this.store.compare(after, readUpTo) < 0 ? [] : undefined;
    const tell = (change: AlertChange): void => {
      if (this.store.compare(change.id, last) <= 0) return;
      last = change.id;
      listener.hear(change);
    };
    const hear = (change: AlertChange): void => {
      if (missed) missed.push(change);
      else tell(change);
    };
    this.listeners.set(listener, hear);
    if (missed)
      this.readBetween(after, readUpTo, listener, tell).then(
        () => {
          const sinceThen = missed ?? [];
          missed = undefined;
          for (const change of sinceThen) hear(change);
        },
        (error: unknown) => {
          listener.end(error);
        },
      );
    return () => {
      this.listeners.delete(listener);
    };
  }

  private async readBetween(
    after: Position,
    upTo: Position,
    listener: ChangeListener,
    tell: (change: AlertChange) => void,
  ): Promise<void> {
    for await (const event of this.store.readAll({ after, filter: this.filter })) {
      if (!this.listeners.has(listener) || this.store.compare(event.position, upTo) > 0) return;
      const change = changeOf(event, this.prefix);
      if (change) tell(change);
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
