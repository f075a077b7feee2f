import { dateOf, spanOf, weeksBefore } from '../answers/date-span.js';
import { InvalidQuery } from '../answers/errors.js';
import type { Instant } from '../prison/instant.js';
import type { EventStore, RecordedEvent } from '../store/event-store.js';
import { ACCESS_STREAMS, dayOf } from './access-record.js';

/** Lies behind whatever follows the day in the name of a stream. */
const AFTER_ALL = '~';

/** Days of the calendar in London, both included. By default the last four weeks. */
interface AskedDays {
  readonly from?: string;
  readonly to?: string;
}

/** @throws InvalidQuery where the last day lies before the first */
export const daysAsked = (query: AskedDays, now: Instant): { readonly start: Instant; readonly end: Instant } => {
  const to = query.to ?? dateOf(now);
  const from = query.from ?? weeksBefore(to, 4);
  if (from > to) throw new InvalidQuery([{ field: 'from', value: from, message: 'lies after to' }]);
  return spanOf({ from, to });
};

/** The log, as far as it has records by day. */
export interface RecordedLog {
  readonly store: EventStore;
  readonly prefix: string;
}

/** What was recorded in these days, and nothing else; no further once whoever asks has left. */
export async function* recordedIn(
  { store, prefix }: RecordedLog,
  { start, end }: ReturnType<typeof daysAsked>,
  leaving?: AbortSignal,
): AsyncGenerator<RecordedEvent> {
  const streamsOf = (instant: Instant) => prefix + ACCESS_STREAMS + dayOf(new Date(instant).toISOString());
  for await (const event of store.readStreams(streamsOf(start), streamsOf(end - 1) + AFTER_ALL)) {
    if (leaving?.aborted) return;
    const at = Date.parse(String(event.data['at']));
    if (at >= start && at < end) yield event;
  }
}

/** Orders what was recorded by its instant, the latest first. */
export const latestFirst = (a: { readonly at: string }, b: { readonly at: string }): number =>
  a.at < b.at ? 1 : a.at > b.at ? -1 : 0;
