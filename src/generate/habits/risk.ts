/** What is known of somebody's risk: flags on the record, and what people notice. */
import type { Instant } from '../../prison/instant.js';
import { happens, type Happening } from '../happening.js';

/** A flag on the record, by its NOMIS code: `HC` self-harm in custody, `HS` in the community, `VLES` little English. */
type Marker = 'HC' | 'HS' | 'VLES';

export const marker = (at: Instant, code: Marker): Happening => happens(at, 'RiskMarkerAdded', { code });

export const markerRemoved = (at: Instant, code: Marker): Happening => happens(at, 'RiskMarkerRemoved', { code });

/** Somebody notices that he is not well. */
export const concern = (
  at: Instant,
  by: 'STAFF' | 'FAMILY' | 'PRISONER',
  kind: 'MOOD' | 'ISOLATION' | 'DEBT_OR_BULLYING' | 'NOT_EATING',
  text?: string,
): Happening => happens(at, 'ConcernNoticed', { by, kind, ...(text !== undefined && { text }) });
