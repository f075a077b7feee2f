import { v5 } from 'uuid';
import { DAY, type Instant, MINUTE, toIso } from '../prison/instant.js';
import type { Chance } from '../generate/chance.js';
import type { Happening } from '../generate/happening.js';
import type { GeneratedEvent } from '../generate/telling.js';

/** A custody event as the demonstration sends it. */
export type DemonstrationEvent = GeneratedEvent;

/** The `source.system` of every event of the demonstration, so that it can be told from real data. */
export const DEMONSTRATION = 'demonstration';

const NAMESPACE = '6f0f4c6e-3a8b-5b43-9c53-0d3a7d1e9b20';

/** The same happening in the same life has the same id. */
export const eventId = ({ type, at, data }: Happening, subject: string): string =>
  v5(JSON.stringify([subject, type, at, data]), NAMESPACE);

/** Whose event it is. Events about staff and feeds have no prison number. */
interface EventSubject {
  readonly prisonNumber?: string;
  readonly prisonId: string;
}

/** The happening as the prison's systems send it. */
export const record = (
  happening: Happening,
  { prisonNumber, prisonId }: EventSubject,
  chance: Chance,
): DemonstrationEvent => ({
  id: eventId(happening, prisonNumber ?? prisonId),
  type: happening.type,
  ...(prisonNumber !== undefined && { prisonNumber }),
  prisonId,
  occurredAt: toIso(happening.at),
  recordedAt: toIso(recordedAt(happening, chance)),
  source: { system: DEMONSTRATION },
  data: happening.data,
});

/** When it is written up: key work by the end of the shift, now and then days later; all else within minutes. */
const recordedAt = ({ at, type, recordedAfter }: Happening, chance: Chance): Instant => {
  if (recordedAfter !== undefined) return at + recordedAfter;
  if (!type.startsWith('KeyWorkerSession')) return at + chance.between(1, 8) * MINUTE;
  return at + (chance.happens(0.06) ? chance.between(1, 4) * DAY : chance.between(10, 300) * MINUTE);
};
