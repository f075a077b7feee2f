import { clockStreamIn } from './clock-stream.js';
import { type DroppedEvents, parkedStreamIn } from './dropped/dropped-events.js';
import type { EventStore } from './event-store.js';
import { LogFollower } from './log-follower.js';
import type { LogTimeSettings } from './log-time/log-time-settings.js';
import { Waterline } from './waterline.js';

/** How a log is read, as it was known when it was opened. */
export interface LogReading {
  readonly logTime: LogTimeSettings;
  readonly dropped: DroppedEvents;
}

/**
 * Follows the log for what has everybody read it in another way than when it was opened: log time that is set, an event that
 * is dropped or read again. All that was made of the log has to be made anew then.
 */
export class NewReading {
  private readonly found = Promise.withResolvers<undefined>();
  private readonly follower: LogFollower;

  constructor(store: EventStore, prefix: string, { logTime, dropped }: LogReading) {
    const read = new Waterline((a, b) => store.compare(a, b));
    this.follower = new LogFollower(store, {
      name: 'How the log is read',
      filter: { streamPrefixes: [clockStreamIn(prefix), parkedStreamIn(prefix)] },
      read,
      takeIn: (event) => {
        if (logTime.isNew(event) || dropped.isNew(event)) this.found.resolve(undefined);
        read.rise(event.position);
      },
    });
  }

  /** Resolves once the log is to be read anew. */
  get isNeeded(): Promise<undefined> {
    return this.found.promise;
  }

  start(): Promise<void> {
    return this.follower.start();
  }

  tick(): void {
    this.follower.tick();
  }

  stop(): Promise<void> {
    return this.follower.stop();
  }
}
