import type { Prisons } from '../access/prisons.js';
import type { FieldError } from '../prison/field-error.js';
import { START } from '../store/event-store.js';
import type { CustodyEvent } from './custody-event.js';
import { isRefusal, type Refusal } from './read-custody-event.js';
import type { RecordingResult, EventResult } from './recording-result.js';

/** Records the events among what was read; refusals keep their place in the results. */
export async function takeIn(
  readings: readonly (CustodyEvent | Refusal)[],
  record: (events: readonly CustodyEvent[]) => Promise<RecordingResult>,
): Promise<RecordingResult> {
  const events = readings.filter((reading): reading is CustodyEvent => !isRefusal(reading));
  const recorded = events.length > 0 ? await record(events) : { results: [], position: START };
  let answered = 0;
  const results = readings.map((reading) =>
    isRefusal(reading) ? refused(reading) : known(recorded.results[answered++]),
  );
  return { ...recorded, results };
}

/** Refuses events of other prisons: a source may only send those of its own. */
export const onlyFrom = (prisons: Prisons, reading: CustodyEvent | Refusal): CustodyEvent | Refusal => {
  if (isRefusal(reading) || prisons.has(reading.prisonId)) return reading;
  const error: FieldError = {
    field: 'prisonId',
    value: reading.prisonId,
    code: 'NOT_YOUR_PRISON',
    message: 'is not a prison that you may send events for',
  };
  return { id: reading.id, errors: [error] };
};

const refused = ({ id, ...told }: Refusal): EventResult => ({ id: id ?? null, status: 'refused', ...told });

function known(result: EventResult | undefined): EventResult {
  if (!result) throw new TypeError('There are fewer results than events: the log must answer for each event.');
  return result;
}
