import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { occurrenceOf } from '../../dist/custody/custody-event.js';
import { readCustodyEvent } from '../../dist/custody/read-custody-event.js';
import { generatedHistory } from '../../dist/generate/history.js';

const DAY = 86_400_000;

/** Six weeks of the estate, four of them while its prisons fill: some twelve events a person (docs/generate.md). */
const DAYS = 14;

const historyUntil = (until, people) =>
  generatedHistory({ people, days: DAYS, seed: 1, shape: 'estate', from: until - DAYS * DAY });

/** Writes the custody events of so many people, as an estate would export them: in the order in which they were recorded. */
export async function writeHistory(file, people) {
  const out = createWriteStream(file);
  let count = 0;
  for (const event of historyUntil(Date.parse('2025-07-01T00:00:00Z'), people)) {
    count++;
    if (!out.write(`${JSON.stringify(event)}\n`)) await once(out, 'drain');
  }
  out.end();
  await once(out, 'finish');
  return count;
}

/** The same histories as the kernel sees them, by prison number, up to an instant. */
export function historiesUntil(until, people) {
  const histories = new Map();
  for (const sent of historyUntil(until, people)) {
    if (sent.prisonNumber === undefined) continue;
    const occurrence = occurrenceOf(readCustodyEvent(sent, { now: Infinity, recordedAtDefault: 'occurredAt' }));
    const history = histories.get(sent.prisonNumber);
    if (history) history.push(occurrence);
    else histories.set(sent.prisonNumber, [occurrence]);
  }
  return histories;
}
