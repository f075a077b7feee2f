import { within } from './deadline.js';

/** In its place among the messages of a subscription: everything that was there has come. */
export const CAUGHT_UP = Symbol('caught up');

/** A stream of the client: it ends with `end`, or with `error`, or with neither. */
export interface ClientStream {
  readonly readableLength: number;
  read(): unknown;
  on(event: string, listener: (...args: unknown[]) => void): unknown;
  removeAllListeners(event: string): unknown;
  resume(): unknown;
  cancel?(): Promise<void>;
  unsubscribe?(): Promise<void>;
}

/**
 * What a call to the server streams back, taken one by one. The client announces `caughtUp` when the message arrives,
 * though events from before it still wait to be read; here it comes after them.
 */
export class Arrivals<T> implements AsyncIterable<T | typeof CAUGHT_UP> {
  /** Somebody waits for something to come. */
  isWaiting = false;
  private taken = 0;
  private caughtUpAfter: number | undefined;
  private failure: unknown;
  private over = false;
  private hasEnded = false;
  private wake: () => void = () => undefined;

  /**
   * @param patience how long nothing may come while somebody waits, in milliseconds
   * @param errorFor what to throw for an error of the client
   * @param inSilence what to do instead of failing when nothing has come for so long
   */
  constructor(
    private readonly source: ClientStream,
    private readonly patience: number,
    private readonly errorFor: (error: unknown) => Promise<unknown>,
    private readonly inSilence?: () => Promise<void>,
  ) {
    const stir = (): void => {
      this.wake();
    };
    const end = (): void => {
      this.hasEnded = true;
      this.finish();
    };
    source.on('readable', stir);
    source.on('end', end);
    source.on('close', end);
    source.on('caughtUp', () => {
      this.caughtUpAfter = this.taken + source.readableLength;
      this.wake();
    });
    // Stays for good: the client also emits errors after the end, and an error that nobody hears ends the process.
    source.on('error', (error) => {
      this.failure ??= error;
      this.wake();
    });
  }

  /** Whether all that has come has been taken. */
  get isEmpty(): boolean {
    return this.source.readableLength === 0;
  }

  /** The server is at work, though it has nothing to send. */
  readonly signOfLife = (): void => {
    this.wake();
  };

  /** Nothing more is taken. */
  readonly finish = (): void => {
    this.over = true;
    this.wake();
  };

  /** Ends as the server's stream does, or after {@link finish}. @throws what is `told` of a failure or a long silence */
  async *[Symbol.asyncIterator](): AsyncGenerator<T | typeof CAUGHT_UP> {
    try {
      for (;;) {
        const message = this.next();
        if (message !== undefined) yield message;
        else if (this.failure) throw await this.errorFor(this.failure);
        else if (this.over) return;
        else await this.more();
      }
    } finally {
      this.letGo();
    }
  }

  private async more(): Promise<void> {
    this.isWaiting = true;
    try {
      await within(this.patience, new Promise<void>((resolve) => (this.wake = resolve)));
    } catch (error) {
      if (!this.inSilence) throw await this.errorFor(error);
      await this.inSilence();
    } finally {
      this.isWaiting = false;
    }
  }

  private next(): T | typeof CAUGHT_UP | undefined {
    if (this.taken === this.caughtUpAfter) {
      this.caughtUpAfter = undefined;
      return CAUGHT_UP;
    }
    const message = this.source.read() as T | null;
    if (message === null) return undefined;
    this.taken += 1;
    return message;
  }

  private letGo(): void {
    const { source } = this;
    // A server that is very often told to stop what is over anyway ends the connection.
    if (this.hasEnded) return;
    // It fails only where the call never came about, and then the stream has told the same.
    (source.unsubscribe?.() ?? source.cancel?.())?.catch(() => undefined);
    // A call ends when all that has come of it has been read: what nobody wants any more is read to be forgotten.
    source.removeAllListeners('readable');
    source.resume();
  }
}
