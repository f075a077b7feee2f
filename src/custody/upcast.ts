import type { Json } from '../store/event-store.js';

/**
 * The shape in which custody events are written today. Raise it, and say below how the older shape becomes the newer.
 * 1: personal members in the clear. 2: sealed (docs/personal-data.md); what has no seal is read as it is.
 */
export const SCHEMA = 2;

/** The data of one type, from one schema to the next. */
export type Upcast = (data: Json) => Json;

/** By `type` and the schema it leads away from: `CellMoved 2`. The data of no type have changed yet. */
const UPCASTS: ReadonlyMap<string, Upcast> = new Map();

/**
 * Brings data as it was written to today's shape, step by step. The log itself is never rewritten.
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
