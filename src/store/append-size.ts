/** What one append takes on every store, in bytes: event servers before 25 refuse 1 MiB, which the protocol adds to. */
export const LARGEST_APPEND = 512 * 1024;
/** More would keep everybody else waiting. */
export const MOST_EVENTS = 500;

/**
 * Things in their order, cut into pieces of which each fits into one append. One that does not fit is a piece of its own.
 * @param bytesOf what a thing takes in the log at most
 */
export const inPieces = <T>(things: readonly T[], bytesOf: (thing: T) => number): T[][] => {
  const pieces: T[][] = [];
  let room = 0;
  for (const thing of things) {
    const bytes = bytesOf(thing);
    const last = pieces.at(-1);
    if (last && bytes <= room && last.length < MOST_EVENTS) last.push(thing);
    else {
      pieces.push([thing]);
      room = LARGEST_APPEND;
    }
    room -= bytes;
  }
  return pieces;
};
