/** Signals that files have changed (SIGHUP). From now on they do not end the process. */
export class HangUps {
  private listener: (() => void) | undefined;
  private isDue = false;

  constructor() {
    process.on('SIGHUP', () => {
      if (this.listener) this.listener();
      else this.isDue = true;
    });
  }

  /** Calls the listener at each, and at once where one came while nobody listened. */
  listen(listener: () => void): void {
    this.listener = listener;
    if (this.isDue) listener();
    this.isDue = false;
  }

  /** Nobody listens for now. */
  rest(): void {
    this.listener = undefined;
  }
}
