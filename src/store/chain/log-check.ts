import type { Instant } from '../../prison/instant.js';
import { type Position, type RecordedEvent, START } from '../event-store.js';
import { type LinkedEvent, linkedEvent } from './chain-link.js';
import { type ChainedLog, isInChain, statedHash } from './chained-log.js';
import type { CutShare } from './chain-records.js';
import { type DigestMark, LogDigest } from './log-digest.js';

/**
 * What is wrong with the log. `changed`: the event at the position is not as it was written. `unlinked`: it does not hang
 * in the chain: a version that knows of no chain wrote it, or nobody of ours. `removed`: events from before the position
 * are missing. `moved`: up to the position the log does not come to what it came to then. `lost`: it ends before it.
 */
export interface ChainFinding {
  readonly kind: 'changed' | 'unlinked' | 'removed' | 'moved' | 'lost';
  readonly position: Position;
  /** What more is known, for people. It names no stream, and so nobody. */
  readonly what: string;
}

type Wrong = Omit<ChainFinding, 'position'>;

interface MarkAhead extends DigestMark {
  /** The log itself says so. */
  readonly isRecorded: boolean;
}

/**
 * Goes along a log, event by event in its order, and finds what is not as it was written: each event must hang where it
 * hung, and at each mark the log must come to what it came to then.
 */
export class LogCheck {
  readonly findings: ChainFinding[] = [];
  /** The last instant at which anything that was looked at became known, as it was written. */
  latest: Instant = -Infinity;
  private readonly ahead: MarkAhead[];
  /** What was cut off, and is not counted yet. */
  private readonly cutAhead: CutShare[];
  /** How each stream ended so far. */
  private readonly streams = new Map<string, { readonly revision: number; readonly hash: string | undefined }>();
  private digest: LogDigest;
  /** The last event there was, and the last one that hangs in the chain. */
  private at: Position;
  private upTo: Position;
  /** The last mark, and whether something was found since, so that the log cannot come to the next. */
  private since: Position;
  private isExplained = false;
  private isInChain = false;

  /**
   * @param from a mark up to which all is taken to be right, and nobody asks what stands there; without one, the check
   *   begins with the log
   * @param known what the log came to, as others have it than itself
   */
  constructor(
    private readonly log: ChainedLog,
    private readonly from?: DigestMark,
    known: readonly DigestMark[] = [],
  ) {
    const { store, records } = log;
    this.at = this.upTo = this.since = from?.upTo ?? START;
    this.digest = from ? LogDigest.from(from) : LogDigest.empty();
    this.ahead = [
      ...records.marks.map((mark) => ({ ...mark, isRecorded: true })),
      ...known.map((mark) => ({ ...mark, isRecorded: false })),
    ]
      .filter(({ upTo }) => store.compare(upTo, this.since) >= 0)
      .sort((a, b) => store.compare(a.upTo, b.upTo));
    this.cutAhead = records.shares
      .filter(({ upTo }) => store.compare(upTo, this.since) > 0)
      .sort((a, b) => store.compare(a.upTo, b.upTo));
  }

  /** The last event that was looked at. */
  get position(): Position {
    return this.at;
  }

  /** What the log comes to, as far as it was looked at. */
  get mark(): DigestMark {
    return { upTo: this.upTo, events: this.digest.events, digest: this.digest.digest };
  }

  /** Looks at the next event, as it stands in the log. */
  take(recorded: RecordedEvent): void {
    const { store, isChained, hashes, records } = this.log;
    const { position, stream, revision } = recorded;
    this.passMarksBefore(position);
    this.countCuts(position);
    this.isInChain ||= isInChain(this.log, position);
    const missing = this.isInChain ? store.missingBetween(this.at, position) : undefined;
    if (missing !== undefined) this.find('removed', position, `${missing} is missing`);
    this.at = position;
    this.latest = Math.max(this.latest, Date.parse(String(recorded.metadata['knownAt'])) || -Infinity);
    if (!isChained(stream)) return;
    this.upTo = position;
    // A server may go on showing it until it has been scavenged; it was counted with what was cut.
    if (revision < (records.cuts.get(stream)?.before ?? 0)) return;
    const linked = linkedEvent(recorded);
    const hash = hashes.of(linked);
    const wrong = this.isInChain ? this.wrongLink(linked, hash) : undefined;
    if (wrong) this.find(wrong.kind, position, wrong.what);
    this.digest.add(hashes.share(position, hash));
    // What followed an event that has lost its link cannot be told from what did not.
    this.streams.set(stream, { revision, hash: wrong?.kind === 'unlinked' ? undefined : statedHash(this.log, linked) });
  }

  /** The log ends here. */
  end(): void {
    this.passMarksBefore();
    this.countCuts(this.at);
    for (const { upTo, events } of this.ahead.splice(0))
      this.find('lost', upTo, `the log held ${events} events up to there, and ends at position ${this.at}`);
  }

  /** What follows in a stream is not asked any more for what came before it: otherwise all streams would be kept in mind. */
  forgetStreams(): void {
    this.streams.clear();
  }

  /** What is wrong with how an event hangs in the chain. */
  private wrongLink({ event: { stream, revision }, link }: LinkedEvent, hash: string): Wrong | undefined {
    if (!link) return { kind: 'unlinked', what: 'it hangs in no chain' };
    if (link.hash !== hash) return { kind: 'changed', what: 'it is not what was written there' };
    const last = this.streams.get(stream) ?? this.cutEnd(stream);
    if (!last && (this.from || revision === 0)) return undefined;
    const missing = revision - (last?.revision ?? -1) - 1;
    if (missing > 0) return { kind: 'removed', what: `${missing} before it in its stream are missing` };
    if (missing < 0) return { kind: 'moved', what: 'it stands after one that followed it in its stream' };
    if (last && (last.hash === undefined || last.hash === link.before)) return undefined;
    return { kind: 'removed', what: 'it followed another in its stream' };
  }

  /** All of them, where no position is given that is still ahead. */
  private passMarksBefore(position?: Position): void {
    const { store } = this.log;
    for (let [next] = this.ahead; next; [next] = this.ahead) {
      const isPassed =
        position === undefined ? store.compare(next.upTo, this.at) <= 0 : store.compare(next.upTo, position) < 0;
      if (!isPassed) return;
      this.ahead.shift();
      this.countCuts(next.upTo);
      if (next.isRecorded || !this.liesWithinCut(next)) this.pass(next);
    }
  }

  private cutEnd(stream: string): { readonly revision: number; readonly hash: string } | undefined {
    const cut = this.log.records.cuts.get(stream);
    return cut && { revision: cut.before - 1, hash: cut.hash };
  }

  /** Counts what was cut off up to a position, as if it were still there. */
  private countCuts(upTo: Position): void {
    const { store } = this.log;
    for (let [next] = this.cutAhead; next && store.compare(next.upTo, upTo) <= 0; [next] = this.cutAhead) {
      this.cutAhead.shift();
      this.digest.add(Buffer.from(next.digest, 'base64url'), next.events);
    }
  }

  /** What was cut off is known between marks that the log holds, and not up to any other between them. */
  private liesWithinCut({ upTo }: DigestMark): boolean {
    const { store } = this.log;
    return this.cutAhead.some(({ from }) => store.compare(from, upTo) <= 0);
  }

  private pass(mark: MarkAhead): void {
    const isTrue = this.digest.is(mark);
    const missing = mark.events - this.digest.events;
    if (!isTrue && !this.isExplained) {
      if (missing > 0) this.find('removed', mark.upTo, `${missing} after position ${this.since} are missing`);
      else
        this.find('moved', mark.upTo, `after position ${this.since} something is not where it was, or not what it was`);
    }
    if (!mark.isRecorded) return;
    if (!isTrue) this.digest = LogDigest.from(mark);
    this.since = mark.upTo;
    this.isExplained = false;
  }

  private find(kind: ChainFinding['kind'], position: Position, what: string): void {
    this.findings.push({ kind, position, what });
    this.isExplained = true;
  }
}

/** Looks at a log up to its end, as it is now. @throws StoreUnavailable, StoreUnreadable */
export const checkLog = async (
  log: ChainedLog,
  from?: DigestMark,
  known?: readonly DigestMark[],
): Promise<LogCheck> => {
  const check = new LogCheck(log, from, known);
  for await (const event of log.store.readAll(from && { after: from.upTo })) check.take(event);
  check.end();
  return check;
};
