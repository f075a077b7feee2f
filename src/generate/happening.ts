import type { CustodyEventType } from '../custody/catalogue/catalogue.js';
import type { Instant } from '../prison/instant.js';
import type { Json } from '../store/event-store.js';

/** Something that happens in a life, before anybody records it. */
export interface Happening {
  readonly at: Instant;
  readonly type: CustodyEventType;
  readonly data: Json;
  /** Milliseconds until it is recorded; left out: as long as it usually takes. */
  readonly recordedAfter?: number;
  /** Milliseconds until it is taken back; left out: it is true. */
  readonly withdrawnAfter?: number;
}

export const happens = (at: Instant, type: CustodyEventType, data: Json = {}): Happening => ({ at, type, data });

/** Recorded while it happens. */
export const recorded = (happening: Happening): Happening => ({ ...happening, recordedAfter: 0 });
