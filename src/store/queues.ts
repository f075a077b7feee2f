/** Lets through one piece of work at a time for each key, in the order in which they came. */
export class Queues {
  private readonly last = new Map<string, Promise<unknown>>();

  /** Resolves or rejects as the work does, once all earlier work of the same key has ended. */
  run<T>(key: string, work: () => Promise<T>): Promise<T> {
    const running = (this.last.get(key) ?? Promise.resolve()).then(work, work);
    this.last.set(key, running);
    const leave = () => {
      if (this.last.get(key) === running) this.last.delete(key);
    };
    running.then(leave, leave);
    return running;
  }
}
