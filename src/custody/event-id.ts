import { v5 } from 'uuid';
import type { Json } from '../store/event-store.js';
import type { CatalogueEntry } from './catalogue/catalogue.js';

/** Never change it: another namespace would give every hand-written event another id. */
const NAMESPACE = 'a1d0b1f4-6d4c-5c53-9a37-0f6a8a7b3a52';

/** What a derived id is made of. */
export interface EventIdentity {
  readonly prisonNumber: string | undefined;
  readonly prisonId: string;
  readonly occurredAtMs: number;
  readonly source: Json | undefined;
  readonly data: Json;
}

/**
 * The id (UUIDv5) of an event that came without one. A record of a source is one event however it is told: its id comes
 * from type, prison number, system, source id and revision alone. Otherwise the same content gives the same id, however
 * its offset is written and in whatever order its members come; free text and personal members are not part of it
 * (docs/events.md).
 */
export const derivedId = (entry: CatalogueEntry, event: EventIdentity): string =>
  v5(JSON.stringify(recordOf(entry, event) ?? contentOf(entry, event)), NAMESPACE);

/**
 * The id that an earlier version derived, from the content, for a record that has an id of its own now: the event may be
 * in the log under this one. Nothing where the id is derived as it always was.
 */
export const formerlyDerivedId = (entry: CatalogueEntry, event: EventIdentity): string | undefined =>
  event.source?.id === undefined || event.source.revision !== undefined
    ? undefined
    : v5(JSON.stringify(contentOf(entry, event, event.source.id)), NAMESPACE);

function recordOf({ type }: CatalogueEntry, { prisonNumber, source }: EventIdentity): unknown {
  if (source?.id === undefined) return undefined;
  return [type, prisonNumber ?? null, source.system, source.id, source.revision ?? null];
}

function contentOf({ type, data: shape }: CatalogueEntry, event: EventIdentity, sourceId: unknown = null): unknown {
  const coded = shape.members
    .filter(({ name, coded, personal }) => coded && !personal && event.data[name] !== undefined)
    .map(({ name }) => [name, event.data[name]] as const)
    .sort(([a], [b]) => (a < b ? -1 : 1));
  const { prisonNumber = null, prisonId, occurredAtMs, source } = event;
  return [type, prisonNumber, prisonId, occurredAtMs, source?.system ?? null, sourceId, coded];
}
