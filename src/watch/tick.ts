import type { Clock } from '../store/clock.js';
import { SECOND } from '../prison/instant.js';

/** The timer of the service: once a second it says what time it is. While one tick is at work, no other begins. */
export class Tick {
  private timer: NodeJS.Timeout | undefined;
  private working: Promise<void> = Promise.resolve();
  private busy = false;

  constructor(
    private readonly clock: Clock,
    private readonly onTick: (now: number) => Promise<void>,
  ) {}

  start(): void {
    this.timer = setInterval(() => {
      if (this.busy) return;
      this.busy = true;
      this.working = this.onTick(this.clock.now()).finally(() => (this.busy = false));
    }, SECOND);
  }

  /** Resolves once the tick at work is done. */
  async stop(): Promise<void> {
    clearInterval(this.timer);
    await this.working;
  }
}
