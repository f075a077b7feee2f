let lastTurn = Promise.resolve();

/**
 * Lets the rest of the process have its turn: it hears no request and sends no answer while one piece of work goes on. Of
 * all who wait one goes on in each turn, in the order in which they came: however many there are, none waits longer than
 * for one piece of work to be heard.
 */
export const nextTurn = (): Promise<void> => {
  lastTurn = lastTurn.then(() => new Promise((resolve) => setImmediate(resolve)));
  return lastTurn;
};

/** Long work, done in turns: after so much of it the rest of the process has its turn. */
export class InTurns {
  private done = 0;

  /** @param most how much work one turn may do, in whatever is counted */
  constructor(private readonly most: number) {}

  /** So much more has been done. */
  async did(work = 1): Promise<void> {
    this.done += work;
    if (this.done < this.most) return;
    this.done = 0;
    await nextTurn();
  }
}
