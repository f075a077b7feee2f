import type { Json } from '../store/event-store.js';
import { Code, Instant, PrisonNumber, Uuid, WholeNumber, Words } from './catalogue/kinds.js';
import { Is, Optional } from './catalogue/members.js';
import { Shape } from './catalogue/shape.js';
import { isNoPrison, isPrisonId, PRISON_ID } from '../prison/prison-id.js';

/** Where an event came from: a system, its record there, and how often that was changed. */
class SourceSystem {
  @Code() system!: string;
  @Optional() @Code() id?: string;
  @Optional() @WholeNumber(0, Number.MAX_SAFE_INTEGER) revision?: number;
}

const SOURCE = new Shape(SourceSystem);

/** What every custody event holds, whatever its type; as it is sent. */
class Envelope {
  @Optional() @Uuid() id?: string;
  @Code() type!: string;
  @Optional() @PrisonNumber() prisonNumber?: string;
  @Is({
    check: (value) => typeof value === 'string' && isPrisonId(value) && !isNoPrison(value),
    allowed:
      'must be a prison id: three capital letters, such as XYI; OUT and TRN are no prisons, send the prison that was responsible then',
    schema: { type: 'string', pattern: PRISON_ID.source, example: 'XYI' },
    coded: true,
  })
  prisonId!: string;
  @Instant() occurredAt!: string;
  @Optional() @Instant() recordedAt?: string;
  @Optional()
  @Is({
    check: (value) => isObject(value) && SOURCE.isFine(value),
    allowed:
      'must be {"system": …, "id": …, "revision": …}; the revision is a whole number from 0 and may be left out, and so may the id',
    schema: {
      type: 'object',
      required: ['system'],
      properties: { system: { type: 'string' }, id: { type: 'string' }, revision: { type: 'integer', minimum: 0 } },
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

/** The envelope. The catalogue describes the data in it. */
export const ENVELOPE = new Shape(Envelope);

export function isObject(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
