/** Lets through one piece of work at a time for each key, in the order in which they came. */
export class Turns {
  private readonly last = new Map<string, Promise<unknown>>();

  /** Resolves or rejects as the work does, once all earlier work of the same key has ended. */
  take<T>(key: string, work: () => Promise<T>): Promise<T> {
    const turn = (this.last.get(key) ?? Promise.resolve()).then(work, work);
    this.last.set(key, turn);
    const leave = () => {
      if (this.last.get(key) === turn) this.last.delete(key);
    };
    turn.then(leave, leave);
    return turn;
  }
}
