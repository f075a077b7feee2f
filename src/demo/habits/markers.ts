import type { Instant } from '../../prison/instant.js';
import { happens, type Happening } from '../happening.js';

/** A flag on the record, by its NOMIS code: `HC` self-harm in custody, `HS` in the community, `VLES` little English. */
export const marker = (at: Instant, code: 'HC' | 'HS' | 'VLES'): Happening => happens(at, 'RiskMarkerAdded', { code });
