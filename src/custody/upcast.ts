import type { Json } from '../store/event-store.js';

/**
 * The shape in which custody events are written today. Raise it, and say below how the older shape becomes the newer
 * one. 1: personal members in the clear. 2: sealed (docs/personal-data.md); what has no seal is read as it is. 3:
 * `RELEASED_TO_HOSPITAL` ends a stay; what it meant before is `TAKEN_TO_HOSPITAL` now.
 */
export const SCHEMA = 3;

/** The data of one type, from one schema to the next. */
export type Upcast = (data: Json) => Json;

/** By type and the schema that it leads away from: `CellMoved 2`. */
const UPCASTS: ReadonlyMap<string, Upcast> = new Map([
  [
    'PrisonerReleased 2',
    (data) => (data['reason'] === 'RELEASED_TO_HOSPITAL' ? { ...data, reason: 'TAKEN_TO_HOSPITAL' } : data),
  ],
]);

/**
 * Brings data from the shape in which it was written to today's, step by step. The log itself is never rewritten.
 * @param written the data of an event of this type, in the schema it was written in
 */
export function upcast(
  { type, data, schema }: { readonly type: string; readonly data: Json; readonly schema: number },
  { steps, today } = { steps: UPCASTS, today: SCHEMA },
): Json {
  let current = data;
  for (let from = schema; from < today; from++) current = steps.get(`${type} ${from}`)?.(current) ?? current;
  return current;
}
