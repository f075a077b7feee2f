import { isDeepStrictEqual } from 'node:util';
import { occurrenceOf } from '../custody/custody-event.js';
import { FEED_REPORT, feedReportOf, ofFeed } from '../kernel/feed.js';
import type { FeedReport } from '../kernel/feed-terms.js';
import { inWords } from '../prison/field-error.js';
import { readLine } from '../custody/import-lines.js';
import { readNdjson } from '../custody/ndjson.js';
import { isRefusal } from '../custody/read-custody-event.js';
import { withdrawalStands } from '../custody/recording-result.js';
import type { Instant } from '../prison/instant.js';
import { ofKeyWorker } from '../kernel/key-worker.js';
import { knownAt, type Occurrence } from '../kernel/occurrence.js';

import { bytesOf } from './files.js';

/** Custody events from files, by the number that they were told under, or by the text that names a key worker or a feed. */
export class Histories {
  private readonly known = new Map<string, Map<string, Occurrence>>();
  /** Each with where it was read. */
  private readonly withdrawals = new Map<Occurrence, string>();
  /** What feeds said of themselves. */
  readonly reports: FeedReport[] = [];
  /** The last instant at which anything became known. */
  lastKnown: Instant = -Infinity;
  refused = 0;

  constructor(private readonly complain: (message: string) => void) {}

  get byNumber(): ReadonlyMap<string, readonly Occurrence[]> {
    return new Map([...this.known].map(([prisonNumber, history]) => [prisonNumber, [...history.values()]]));
  }

  /** Reads a file of NDJSON. A line that is no custody event is complained of and left out. */
  async read(file: string): Promise<void> {
    for await (const lines of readNdjson(bytesOf(file))) {
      for (const line of lines) {
        const event = readLine(line, Infinity);
        if (isRefusal(event)) {
          this.refuse(`${file}:${line.line}:${'column' in line ? line.column : 1}`, event.errors.map(inWords));
        } else {
          const known = Math.max(event.recordedAtMs, event.occurredAtMs);
          this.lastKnown = Math.max(this.lastKnown, known);
          const report = feedReportOf(event, known);
          if (report) this.reports.push(report);
          const happened = occurrenceOf(event);
          const occurrence = ofKeyWorker(happened) ?? ofFeed(happened, known) ?? happened;
          const { prisonNumber } = occurrence;
          if (prisonNumber !== undefined) this.add(prisonNumber, occurrence, `${file}:${line.line}:1`);
        }
      }
    }
  }

  /** All has been read: withdrawals of withdrawals that were known before are complained of, and left out. */
  refuseWithdrawalsOfWithdrawals(): void {
    for (const [withdrawal, place] of this.withdrawals) {
      const history = this.known.get(withdrawal.prisonNumber ?? '');
      if (history?.get(withdrawal.id) !== withdrawal) continue;
      const withdrawn = history.get(String(withdrawal.data['withdraws']));
      if (withdrawn?.type !== 'EventWithdrawn' || knownAt(withdrawn) > knownAt(withdrawal)) continue;
      this.refuse(place, [inWords(withdrawalStands(withdrawn.id))]);
      history.delete(withdrawal.id);
    }
  }

  private add(prisonNumber: string, occurrence: Occurrence, place: string): void {
    let history = this.known.get(prisonNumber);
    if (!history) this.known.set(prisonNumber, (history = new Map<string, Occurrence>()));
    const existing = history.get(occurrence.id);
    if (existing && !saysTheSame(existing, occurrence)) {
      this.refuse(place, [`id: ${occurrence.id} is the id of another event, with other content.`]);
    } else if (!existing || knownAt(occurrence) < knownAt(existing)) {
      history.set(occurrence.id, occurrence);
      if (occurrence.type === 'EventWithdrawn') this.withdrawals.set(occurrence, place);
    }
  }

  private refuse(place: string, problems: readonly string[]): void {
    this.refused += 1;
    for (const problem of problems) this.complain(`${place}  ${problem}`);
  }
}

/** The prison of a source's record may have been looked up after a move; what a feed says of itself happens when it is known. */
const saysTheSame = (a: Occurrence, b: Occurrence): boolean =>
  a.type === b.type &&
  (a.at === b.at || a.type === FEED_REPORT) &&
  (a.prisonId === b.prisonId || a.source !== undefined) &&
  isDeepStrictEqual(a.data, b.data);
