import { Logger, type OnModuleDestroy } from '@nestjs/common';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { MINUTE } from '../prison/instant.js';
import { Durations } from '../safety-alerts/figures/durations.js';

/** In seconds. The first is the longest that one piece of work may take: long work is done in turns. */
const BOUNDS = [0.05, 0.1, 0.25, 0.5, 1, 5, 30] as const;
/** How often the monitor looks, in milliseconds: what it measures is longer by that. */
const RESOLUTION = 10;
const NANOSECONDS = 1e9;

/** What {@link EventLoop} reads: the longest time since the last reset, in nanoseconds. */
type LoopMonitor = Pick<ReturnType<typeof monitorEventLoopDelay>, 'max' | 'reset' | 'disable'>;

const monitored = (): LoopMonitor => {
  const monitor = monitorEventLoopDelay({ resolution: RESOLUTION });
  monitor.enable();
  return monitor;
};

/**
 * Watches for how long the process heard and answered nobody, because one piece of work went on. The service ticks it, once
 * a second; it says so in the log at most once a minute.
 */
export class EventLoop implements OnModuleDestroy {
  /** The longest of each second, in seconds. */
  readonly held = new Durations(BOUNDS);
  private readonly logger = new Logger(EventLoop.name);
  private lastSaid = -Infinity;
  /** Since it was last said, in seconds. */
  private longest = 0;

  constructor(private readonly monitor: LoopMonitor = monitored()) {}

  /** @param now milliseconds since 1970-01-01T00:00:00Z */
  tick(now: number): void {
    const held = Math.max(0, this.monitor.max / NANOSECONDS - RESOLUTION / 1000);
    this.monitor.reset();
    this.held.record(held);
    this.longest = Math.max(this.longest, held);
    if (this.longest <= BOUNDS[0] || now - this.lastSaid < MINUTE) return;
    const milliseconds = Math.round(this.longest * 1000);
    this.logger.warn(`Nobody was heard or answered for ${milliseconds} ms: one piece of work took that long.`);
    this.lastSaid = now;
    this.longest = 0;
  }

  onModuleDestroy(): void {
    this.monitor.disable();
  }
}
