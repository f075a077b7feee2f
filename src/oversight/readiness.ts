import type { KeyWorkFeed } from '../key-work/figures/key-work-projection.js';
import type { AlertProjection } from '../safety-alerts/list/alert-projection.js';
import type { Watch } from '../watch/watch.js';

/**
 * Whether the service has read the log to its end once, with the watch, the read model and key work. It stays so: a service
 * whose log is away for a while still answers what it knows.
 */
export class Readiness {
  private readModelCaughtUp = false;
  private watchCaughtUp = false;

  constructor(
    feed: Pick<AlertProjection, 'caughtUp'>,
    private readonly figures: Pick<KeyWorkFeed, 'caughtUp'>,
    private readonly following: Pick<Watch, 'caughtUp'>,
  ) {
    void feed.caughtUp.then(() => (this.readModelCaughtUp = true));
  }

  get readModel(): boolean {
    return this.readModelCaughtUp;
  }

  get keyWork(): boolean {
    return this.figures.caughtUp;
  }

  /** The watch tells whether it is at the end just now, so this is true from the first time that somebody asks then. */
  get watch(): boolean {
    this.watchCaughtUp ||= this.following.caughtUp;
    return this.watchCaughtUp;
  }

  get ready(): boolean {
    return this.watch && this.readModel && this.keyWork;
  }
}
