/** Counts what is written to the log and the checkpoints, and kills this process right `before` or `after` the n-th. */
export class Fate {
  writes = 0;

  constructor(
    private readonly when = 'never',
    private readonly nth = 0,
  ) {}

  /** The same thing, but every call of one of its methods is a write. */
  of<T extends object>(thing: T, method: keyof T): T {
    return new Proxy(thing, {
      get: (target, name) => {
        const member: unknown = Reflect.get(target, name, target);
        if (typeof member !== 'function') return member;
        const perform = (...args: unknown[]): unknown => Reflect.apply(member, target, args);
        return name === method ? (...args: unknown[]) => this.write(() => perform(...args)) : perform;
      },
    });
  }

  private async write(perform: () => unknown): Promise<unknown> {
    this.writes += 1;
    const fatal = this.writes === this.nth;
    if (fatal && this.when === 'before') process.kill(process.pid, 'SIGKILL');
    const done = await perform();
    if (fatal && this.when === 'after') process.kill(process.pid, 'SIGKILL');
    return done;
  }
}
