import { clockStreamIn } from '../clock-stream.js';
import type { EventStore } from '../event-store.js';
import { LogFollower } from '../log-follower.js';
import { Waterline } from '../waterline.js';
import type { LogTimeSettings } from './log-time-settings.js';

/**
 * Follows the log for a setting of log time that was not known when it was opened: all that was made of the log rests on
 * other instants then, and has to be made anew.
 */
export class NewLogTime {
  private readonly found = Promise.withResolvers<undefined>();
  private readonly follower: LogFollower;

  constructor(store: EventStore, prefix: string, known: LogTimeSettings) {
    const read = new Waterline((a, b) => store.compare(a, b));
    this.follower = new LogFollower(store, {
      name: 'Settings of log time',
      filter: { streamPrefixes: [clockStreamIn(prefix)] },
      read,
      takeIn: (event) => {
        if (known.isNew(event)) this.found.resolve(undefined);
        read.rise(event.position);
      },
    });
  }

  /** Resolves once log time has been set. */
  get isSet(): Promise<undefined> {
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
