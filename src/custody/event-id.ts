import { v5 } from 'uuid';
import type { Json } from '../store/event-store.js';
import type { CatalogueEntry } from './catalogue/catalogue.js';

/** Fixed for ever: another namespace would give every hand-written event another id. */
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
 * The id of an event that came without one: the same content gives the same id (UUIDv5), however its offset is written
 * and in whatever order its members stand. Free text and personal members are no part of it (decision 0010).
 */
export function derivedId({ type, data: shape }: CatalogueEntry, event: EventIdentity): string {
  const coded = shape.members
    .filter(({ name, coded, personal }) => coded && !personal && event.data[name] !== undefined)
    .map(({ name }) => [name, event.data[name]] as const)
    .sort(([a], [b]) => (a < b ? -1 : 1));
  const content = [
    type,
    event.prisonNumber ?? null,
    event.prisonId,
    event.occurredAtMs,
    event.source?.system ?? null,
    event.source?.id ?? null,
    coded,
  ];
  return v5(JSON.stringify(content), NAMESPACE);
}
