import type { Json } from '../store/event-store.js';
import { Code, Instant, PrisonNumber, Uuid, Words } from './catalogue/kinds.js';
import { Is, Optional } from './catalogue/members.js';
import { Shape } from './catalogue/shape.js';
import { isPrisonId, PRISON_ID } from '../prison/prison-id.js';

/** Where an event came from: a system, and its own id there. */
class SourceSystem {
  @Code() system!: string;
  @Optional() @Code() id?: string;
}

const SOURCE = new Shape(SourceSystem);

/** What every custody event holds, whatever its type; as it is sent. */
class Envelope {
  @Optional() @Uuid() id?: string;
  @Code() type!: string;
  @Optional() @PrisonNumber() prisonNumber?: string;
  @Is({
    check: isPrisonId,
    allowed: 'must be a prison id: three capital letters, such as XYI',
    schema: { type: 'string', pattern: PRISON_ID.source, example: 'XYI' },
    coded: true,
  })
  prisonId!: string;
  @Instant() occurredAt!: string;
  @Optional() @Instant() recordedAt?: string;
  @Optional()
  @Is({
    check: (value) => isObject(value) && SOURCE.isFine(value),
    allowed: 'must be {"system": …, "id": …}; the id may be left out',
    schema: {
      type: 'object',
      required: ['system'],
      properties: { system: { type: 'string' }, id: { type: 'string' } },
    },
    coded: true,
  })
  source?: Json;
  @Optional() @Words() recordedBy?: string;
  @Optional()
  @Is({
    check: isObject,
    allowed: 'must be an object with the members of this type of event',
    schema: { type: 'object' },
    coded: false,
  })
  data?: Json;
}

/** The envelope without its data: those are the catalogue's. */
export const ENVELOPE = new Shape(Envelope);

export function isObject(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
