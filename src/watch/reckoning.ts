import { toldStreamPrefixes } from '../custody/streams.js';
import type { Position } from '../store/event-store.js';
import type { SnapshotStore } from '../store/snapshot-store.js';
import { Snapshots } from '../store/snapshots.js';
import { LogTime, type LogTimeOptions } from './log-time.js';
import { versionOf } from './log-time-snapshot.js';
import { EVERYBODY } from './partition.js';
import type { RuleSet } from './rule-set.js';

interface ReckoningOptions extends Omit<LogTimeOptions, keyof RuleSet> {
  readonly snapshots?: SnapshotStore | undefined;
}

/** What is made of the log by some rules. */
export class Reckoning {
  readonly logTime: LogTime;
  readonly snapshots: Snapshots;

  constructor(
    public rules: RuleSet,
    private readonly options: ReckoningOptions,
  ) {
    this.logTime = new LogTime({ ...options, ...rules });
    this.snapshots = new Snapshots(options.snapshots, 'watch', this.versionBy(rules));
  }

  /** Whether other rules decide nothing otherwise. */
  isSameBy(rules: RuleSet): boolean {
    return this.versionBy(rules) === this.versionBy(this.rules);
  }

  /** Takes in what is in the log up to a position. @throws StoreUnavailable, StoreUnreadable */
  async readOn(upTo: Position): Promise<void> {
    const { store, prefix } = this.options;
    const { logTime, snapshots } = this;
    const filter = { streamPrefixes: toldStreamPrefixes(prefix) };
    if (store.compare(logTime.position, upTo) >= 0) return;
    for await (const recorded of store.readAll({ after: logTime.position, filter })) {
      if (store.compare(recorded.position, upTo) > 0) return;
      await logTime.takeIn(recorded);
      snapshots.passed(recorded);
    }
  }

  private versionBy({ rulebook, feeds }: RuleSet): string {
    const { days, partition = EVERYBODY } = this.options;
    return versionOf(rulebook, days, partition, feeds);
  }
}
