import { filter, firstValueFrom, fromEvent, map, merge, Subject } from 'rxjs';
import { NotCaughtUp } from './errors.js';
import { START, type Position } from './event-store.js';

/** How far a consumer of the log has come, and a way to wait until it has come further. */
export class Waterline {
  private readonly risen = new Subject<Position>();
  private at: Position = START;

  /** @param compare positions, as the store says */
  constructor(private readonly compare: (a: Position, b: Position) => number) {}

  get position(): Position {
    return this.at;
  }

  /** The consumer is done with everything up to here. */
  rise(position: Position): void {
    this.at = position;
    this.risen.next(position);
  }

  /** Resolves once the consumer is done with everything up to a position. @throws NotCaughtUp when the signal comes first */
  async reached(position: Position, signal: AbortSignal): Promise<void> {
    const isReached = (at: Position): boolean => this.compare(position, at) <= 0;
    if (isReached(this.at)) return;
    if (signal.aborted) throw new NotCaughtUp(position);
    const tooLate = fromEvent(signal, 'abort').pipe(
      map(() => {
        throw new NotCaughtUp(position);
      }),
    );
    await firstValueFrom(merge(this.risen.pipe(filter(isReached)), tooLate));
  }
}
