import type { Evidence } from '../evidence.js';
import { NEVER, toIso, type Instant } from '../../prison/instant.js';
import type { Truth } from '../truth.js';

/** Evidence as it is stored: instants in ISO 8601 (UTC), events by their id. */
export interface WhyTree {
  readonly op: string;
  readonly holds: Truth;
  readonly since?: string;
  readonly due?: string;
  readonly count?: number;
  readonly expected?: number;
  readonly cites: readonly string[];
  readonly of?: readonly WhyTree[];
}

/** What a transition rests on, safe to store as JSON: it names events and carries nothing of what they say. */
export const whyTree = ({ op, holds, since, due, count, expected, cites, of }: Evidence): WhyTree => ({
  op,
  holds,
  ...(comes(since) && { since: toIso(since) }),
  ...(comes(due) && { due: toIso(due) }),
  ...(count !== undefined && { count }),
  ...(expected !== undefined && { expected }),
  cites: cites.map(({ id }) => id),
  ...(of && { of: of.map(whyTree) }),
});

const comes = (instant: Instant | undefined): instant is Instant => instant !== undefined && Math.abs(instant) < NEVER;
