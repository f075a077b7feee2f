/** A request that names another host than this machine, while there is no sign-in. */
export class ForeignCaller extends Error {
  readonly code = 'FOREIGN_CALLER';
  constructor(header: string, value: string) {
    super(`${header} "${value.slice(0, 100)}" is not this machine. Without sign-in (AUTH=off) use http://127.0.0.1.`);
  }
}
