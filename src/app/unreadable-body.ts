/** A body that cannot be read. Nothing was stored, and the message repeats nothing of it. */
export class UnreadableBody extends Error {
  constructor(
    readonly status: 400 | 413 | 415,
    readonly code: string,
    message: string,
  ) {
    super(`${message} Nothing was stored.`);
  }
}
