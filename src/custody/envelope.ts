import type { Json } from '../store/event-store.js';
import { Id, Instant, PrisonNumber, Uuid, WholeNumber } from './catalogue/kinds.js';
import { Is, Optional } from './catalogue/members.js';
import { Shape } from './catalogue/shape.js';
import { isNoPrison, isPrisonId, PRISON_ID } from '../prison/prison-id.js';

const OF_A_RECORD =
  '. Of one record (type, system and id) the highest known revision counts, and none is 0: send a correction with a ' +
  'higher one';

/** Where an event came from: a system, its record there, and how often that was changed. */
class SourceSystem {
  @Id() system!: string;
  @Optional() @Id() id?: string;
  @Optional() @WholeNumber(0, Number.MAX_SAFE_INTEGER, OF_A_RECORD) revision?: number;
}

/** The source of an event. */
export const SOURCE = new Shape(SourceSystem);

/** What every custody event holds, whatever its type; as it is sent. */
class Envelope {
  @Optional() @Uuid() id?: string;
  @Is({
    check: (value) => typeof value === 'string',
    allowed: 'must be the name of a type of custody event, such as KeyWorkerSessionHeld',
    schema: { type: 'string' },
    coded: true,
  })
  type!: string;
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
    check: isObject,
    allowed: 'must be an object: {"system": …, "id": …, "revision": …}, where id and revision may be left out',
    schema: {
      type: 'object',
      required: ['system'],
      properties: Object.fromEntries(SOURCE.members.map(({ name, schema }) => [name, schema])),
    },
    coded: true,
  })
  source?: Json;
  @Optional() @Id() recordedBy?: string;
  @Optional()
  @Is({
    check: isObject,
    allowed: 'must be an object with the members of this type of event',
    schema: { type: 'object' },
    coded: false,
  })
  data?: Json;
}

/** The envelope. The catalogue describes the data in it, and {@link SOURCE} its source. */
export const ENVELOPE = new Shape(Envelope);

export function isObject(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
