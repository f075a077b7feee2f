import type { LogAcceptance } from '../store/chain/chain-records.js';
import { LogNotAsLeft } from '../store/errors.js';

/** What can be wrong with a log at a start: what was found, for people. */
const FOUND = {
  LOG_MISSING: (path: string) => `${path} is missing, and this folder held a log.`,
  LOG_EMPTY: (path: string) => `${path} is empty, and was not.`,
  LOG_OTHER: (events: number) => `This is another log than the one that was left here, with ${events} events.`,
  LOG_SHORTER: (upTo: string, end: string) =>
    `The log was left at position ${upTo}, and ends at ${end}: it is an older copy, or its end was cut off.`,
  LOG_ALTERED: (position: string, what: string) =>
    `The log is not as it was written, up to position ${position}: ${what}.`,
  EVENT_CHANGED: (position: string, what: string) => `The event at position ${position} was changed: ${what}.`,
  KEYS_MISSING: (where: string) =>
    `The keys that the log was sealed with are not in ${where}: names and texts could not be read any more.`,
  KEYS_OLDER: (where: string) =>
    `${where} is older than the log: some names and texts could not be read any more, and an erasure may be undone.`,
} as const;

export type Oddity = keyof typeof FOUND;

const WHAT_TO_DO =
  'Nothing was changed. Put back from one backup what belongs together: see docs/operations.md, "Restore". To go on with ' +
  'what is there, start once with "custody-watch serve --accept-restored": that is recorded.';

/** What is not as it was left. */
export class Oddities {
  readonly found = new Set<Oddity>();

  /** @param areAccepted somebody goes on with the log as it is */
  constructor(readonly areAccepted: boolean) {}

  /** @throws LogNotAsLeft unless it is accepted */
  find<T extends Oddity>(oddity: T, ...about: Parameters<(typeof FOUND)[T]>): void {
    const say = FOUND[oddity] as (...words: readonly unknown[]) => string;
    if (!this.areAccepted) throw new LogNotAsLeft(`${say(...about)} ${WHAT_TO_DO}`);
    this.found.add(oddity);
  }

  /** That it was accepted, for the log; nothing where nothing was found. */
  acceptance(by: string): LogAcceptance | undefined {
    return this.found.size === 0 ? undefined : { found: [...this.found], by };
  }
}
