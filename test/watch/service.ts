import { aboutOf } from '../../src/prison/alert-subject.js';
import { join } from 'node:path';
import type { CustodyEvent } from '../../src/custody/custody-event.js';
import { CustodyLog } from '../../src/custody/custody-log.js';
import type { Sender } from '../../src/custody/sender.js';
import type { TellingKind } from '../../src/custody/tellings/telling.js';
import { intoTheLog, OneTelling } from '../../src/custody/tellings/telling-port.js';
import { Tellings } from '../../src/custody/tellings/tellings.js';
import { LocalDays } from '../../src/prison/local-days.js';
import type { FeedRegister } from '../../src/kernel/feed-terms.js';
import { Rulebook } from '../../src/kernel/rulebook.js';
import { ALERT_STREAMS } from '../../src/safety-alerts/alert/alert-ids.js';
import type { AlertSummary } from '../../src/safety-alerts/list/alert-summary.js';
import type { ActionRequest } from '../../src/safety-alerts/http/actions.js';
import { Lapses } from '../../src/safety-alerts/alert/terms.js';
import { AlertIndex } from '../../src/safety-alerts/list/alert-index.js';
import { TRANSITIONS } from '../../src/safety-alerts/alert/safety-alert-events.js';
import { SafetyAlerts } from '../../src/safety-alerts/alert/safety-alerts.js';
import { fromStored } from '../../src/safety-alerts/alert/stored-safety-alert-event.js';
import { InMemoryKeyRing } from '../in-memory-key-ring.js';
import { Seals } from '../../src/personal-data/seals.js';
import type { CheckpointStore } from '../../src/store/checkpoint-store.js';
import type { EventStore, RecordedEvent } from '../../src/store/event-store.js';
import { DroppedEvents } from '../../src/store/dropped/dropped-events.js';
import { NEVER_SET } from '../../src/store/log-time/log-time-settings.js';
import { InMemoryCheckpointStore } from '../in-memory-checkpoint-store.js';
import type { SnapshotStore } from '../../src/store/snapshot-store.js';
import { loadCheckpoint, type WatchCheckpoint } from '../../src/watch/checkpoint.js';
import { reasonToPark } from '../../src/store/unreadable-event.js';
import { EVERYBODY } from '../../src/watch/partition.js';
import { rulesIn } from '../../src/watch/rule-folder.js';
import { type Verification, verify } from '../../src/watch/verify.js';
import { Watch } from '../../src/watch/watch.js';
import { inOneLine } from '../acceptance/cases.js';
import { InMemoryEventStore } from '../in-memory-event-store.js';
import { VirtualClock } from '../virtual-clock.js';
import { SENDER } from '../sender.js';

export const PREFIX = 'test_';
const TOLD: readonly string[] = ['raised', 'escalated', 'resolved', 'expired'];
export const GRACE = 5_000;

export const days = new LocalDays();
export const RULES = rulesIn(join(import.meta.dirname, '../../config/rules')).map(({ rule }) => rule);
export const RULEBOOK = new Rulebook(RULES, days);

/** A log with custody events coming in, and one watch at a time on it, in virtual time. */
export class Service {
  readonly clock = new VirtualClock(0);
  readonly keys = new InMemoryKeyRing();
  readonly log: CustodyLog;
  readonly safetyAlerts: SafetyAlerts;
  watch: Watch;
  private index!: AlertIndex;
  private readonly seals = new Seals(this.keys);

  constructor(
    readonly store: EventStore = new InMemoryEventStore(),
    private readonly checkpoints: CheckpointStore = new InMemoryCheckpointStore(),
    private rulebook = RULEBOOK,
    readonly snapshots?: SnapshotStore,
    private partition = EVERYBODY,
    private readonly logTime = NEVER_SET,
    private readonly dropped = DroppedEvents.none,
    private readonly feeds?: FeedRegister,
  ) {
    this.log = new CustodyLog(store, PREFIX, this.seals);
    this.safetyAlerts = new SafetyAlerts({ store, clock: this.clock, prefix: PREFIX, seals: this.seals });
    this.watch = this.newWatch();
  }

  async start(): Promise<this> {
    await this.watch.start();
    await this.read();
    return this;
  }

  /** Another process takes over, with these rules and this share of the people; the one before is stopped, or simply gone. */
  async restart({ rulebook = this.rulebook, killed = false, partition = this.partition } = {}): Promise<void> {
    if (!killed) await this.watch.stop();
    this.rulebook = rulebook;
    this.partition = partition;
    this.watch = this.newWatch();
    await this.start();
  }

  /** Events become known at an instant. */
  async know(knownAt: number, ...events: readonly CustodyEvent[]): Promise<void> {
    await this.isTold(SENDER, knownAt, ...events);
  }

  /** The same, of a sender. */
  async isTold(sender: Sender, knownAt: number, ...events: readonly CustodyEvent[]): Promise<void> {
    this.clock.moveTo(knownAt);
    await this.log.recordAll(events, { knownAt: () => knownAt, sender });
    await this.read();
  }

  /** What is told together, at the service's time. */
  telling(kind: TellingKind, name = 'told'): OneTelling {
    const { log, store, clock } = this;
    return new OneTelling(intoTheLog(log, new Tellings(store, PREFIX, clock), clock, SENDER), kind, name);
  }

  /** Time moves on, with the watch looking at it. */
  async wait(until: number): Promise<void> {
    this.clock.moveTo(until);
    await this.showAlerts();
    await this.watch.tick(until);
    if (this.watch.failure) throw this.watch.failure;
  }

  /** Every transition in the log that the watch decided on, one a line, as the cases tell them. */
  async transitions(): Promise<string[]> {
    const lines: string[] = [];
    await this.replayed((model, recorded) => {
      const transition = TRANSITIONS[fromStored(recorded).type];
      if (transition === null || !TOLD.includes(transition)) return;
      const alert = model.get(String(recorded.data['alertId']));
      lines.push(inOneLine({ ...alert, prisonNumber: aboutOf(alert), at: String(recorded.data['at']), transition }));
    });
    return lines.sort();
  }

  /** Every alert there is, as the log tells it now. */
  async alerts(): Promise<AlertSummary[]> {
    return (await this.replayed()).all();
  }

  /** Up to where the watch says that its work is done. */
  checkpoint(): Promise<WatchCheckpoint> {
    return loadCheckpoint(this.checkpoints, { partition: this.partition, logTime: this.logTime });
  }

  /** How alerts stand beside how they should, up to where the watch says that its work is done. */
  async verified(): Promise<Verification> {
    const { rulebook } = this.watch.rules;
    return verify({
      store: this.store,
      prefix: PREFIX,
      rulebook,
      days,
      feeds: this.feeds,
      upTo: await this.checkpoint(),
    });
  }

  /** Somebody does something, now, to the latest alert of a rule about the only person. */
  async act(rule: string, action: ActionRequest): Promise<void> {
    const model = await this.replayed();
    const { id } = model.all().findLast((alert) => alert.rule === rule) ?? { id: '' };
    await this.safetyAlerts.act(model.addressOf(id), { ...action, by: 'ASMITH_GEN' });
  }

  /** Somebody closes an alert. */
  async closeByHand(id: string): Promise<void> {
    const address = (await this.replayed()).addressOf(id);
    await this.safetyAlerts.act(address, {
      type: 'Resolve',
      by: 'somebody',
      reasonCode: 'NOT_APPLICABLE',
      note: 'closed by hand',
      confirmStillTrue: true,
    });
  }

  private async replayed(after?: (model: AlertIndex, recorded: RecordedEvent) => void): Promise<AlertIndex> {
    const model = new AlertIndex(PREFIX, (a, b) => this.store.compare(a, b));
    for await (const event of this.store.readAll({ filter: { streamPrefixes: [PREFIX + ALERT_STREAMS] } })) {
      model.apply(event);
      after?.(model, event);
    }
    return model;
  }

  private newWatch(): Watch {
    const { store, checkpoints, snapshots, rulebook, partition, logTime, dropped, feeds, safetyAlerts: alerts } = this;
    const own = { store, checkpoints, snapshots, rulebook, partition, logTime, dropped, feeds, alerts };
    const index = new AlertIndex(PREFIX, (a, b) => this.store.compare(a, b));
    this.index = index;
    return new Watch({
      ...own,
      days,
      prefix: PREFIX,
      lapses: new Lapses(),
      everyAlert: async () => {
        await this.showAlerts();
        return index.all();
      },
      onAlert: (listener) => {
        const subscription = index.onChange.subscribe(({ alertId }) => {
          listener(index.get(alertId));
        });
        return () => {
          subscription.unsubscribe();
        };
      },
    });
  }

  /** The read model takes in what has been written since. */
  private async showAlerts(): Promise<void> {
    const { index } = this;
    const filter = { streamPrefixes: [PREFIX + ALERT_STREAMS] };
    for await (const event of this.store.readAll({ after: index.read.position, filter })) {
      try {
        index.apply(event);
      } catch (error) {
        if (reasonToPark(error) === undefined) throw error;
        index.read.rise(event.position);
      }
    }
  }

  /** Until the watch has seen the end of the log. */
  async untilRead(): Promise<void> {
    await new Promise((resolve) => setImmediate(resolve));
    await this.read();
  }

  private async read(): Promise<void> {
    while (!this.watch.isAtTheEnd) await new Promise((resolve) => setImmediate(resolve));
  }
}
