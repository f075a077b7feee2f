/** The catalogue as OpenAPI shows it: one shape for each type of custody event. */
import type { ApiBodyOptions } from '@nestjs/swagger';
import type { Json } from '../store/event-store.js';
import { CATALOGUE, type CatalogueEntry } from './catalogue/catalogue.js';
import type { Shape } from './catalogue/shape.js';
import { NOT_YET_HERE } from './recording-result.js';
import { ENVELOPE } from './envelope.js';

type BodySchema = Extract<ApiBodyOptions, { schema: unknown }>['schema'];

/** An object of this shape, its members documented one by one. */
const objectOf = (shape: Shape, more: Json = {}, required: readonly string[] = []): Json => ({
  type: 'object',
  additionalProperties: false,
  required: [...shape.members.filter(({ optional }) => !optional).map(({ name }) => name), ...required],
  properties: {
    ...Object.fromEntries(
      shape.members.map(({ name, schema, allowed }) => [name, { ...schema, description: allowed }]),
    ),
    ...more,
  },
});

function schemaOf({ type, subject, data }: CatalogueEntry): Json {
  const schema = objectOf(
    ENVELOPE,
    { type: { type: 'string', enum: [type] }, data: objectOf(data) },
    subject === 'person' ? ['prisonNumber'] : [],
  );
  return { ...schema, title: type };
}

export const CUSTODY_EVENT_SCHEMA = { oneOf: [...CATALOGUE.values()].map(schemaOf) } as BodySchema;

const FIELD_ERROR: Json = {
  type: 'object',
  required: ['field', 'value', 'message'],
  properties: {
    field: { type: 'string', example: 'data.days' },
    value: { type: 'string', nullable: true, description: 'What was there, shortened to 100 characters' },
    message: { type: 'string', description: 'What is allowed' },
    code: {
      type: 'string',
      enum: ['EVENT_ID_REUSED', 'HELD_ELSEWHERE', 'NOT_YOUR_EVENT', 'NOT_YOUR_PRISON'],
      description: 'Where programs have to tell it from other mistakes',
    },
  },
};

export const RECORDED_SCHEMA = {
  type: 'object',
  required: ['results', 'position'],
  properties: {
    results: {
      type: 'array',
      items: {
        type: 'object',
        required: ['id', 'status'],
        properties: {
          id: { type: 'string', format: 'uuid', nullable: true },
          status: { type: 'string', enum: ['accepted', 'duplicate', 'refused'] },
          errors: { type: 'array', items: FIELD_ERROR, description: 'The first 20; of all results the first 1,000' },
          moreErrors: { type: 'integer', description: 'How many more there are' },
          pending: {
            type: 'string',
            enum: [NOT_YET_HERE],
            description:
              'Another prison holds the person: it is kept, and counts as soon as they are known to have arrived at yours ' +
              'or left theirs. GET /pending-events lists what waits',
          },
          telling: {
            type: 'string',
            format: 'uuid',
            description:
              'Of a duplicate: another telling that brought it and is not complete. It does not count before that is',
          },
        },
      },
    },
    moreErrors: { type: 'integer', description: 'How many errors the results do not name' },
    position: { type: 'string', description: 'Ask with ?atLeast=… to read what was stored here' },
  },
} as BodySchema;
