import { isDeepStrictEqual } from 'node:util';
import { occurrenceOf } from '../custody/custody-event.js';
import { inWords } from '../prison/field-error.js';
import { readLine } from '../custody/import-lines.js';
import { readNdjson } from '../custody/ndjson.js';
import { isRefusal } from '../custody/read-custody-event.js';
import type { Instant } from '../prison/instant.js';
import { knownAt, type Occurrence } from '../kernel/occurrence.js';

import { bytesOf } from './files.js';

/** Custody events from files, by the number that they were told under. */
export class Histories {
  private readonly known = new Map<string, Map<string, Occurrence>>();
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
          this.lastKnown = Math.max(this.lastKnown, event.recordedAtMs, event.occurredAtMs);
          if (event.prisonNumber !== undefined) {
            this.add(event.prisonNumber, occurrenceOf(event), `${file}:${line.line}:1`);
          }
        }
      }
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
    }
  }

  private refuse(place: string, problems: readonly string[]): void {
    this.refused += 1;
    for (const problem of problems) this.complain(`${place}  ${problem}`);
  }
}

/** The prison of a source's record may have been looked up after a move. */
const saysTheSame = (a: Occurrence, b: Occurrence): boolean =>
  a.type === b.type &&
  a.at === b.at &&
  (a.prisonId === b.prisonId || a.source !== undefined) &&
  isDeepStrictEqual(a.data, b.data);
