import { DELIVERED } from '../custody/feeds-file.js';
import { OPERATORS } from '../kernel/language/operators.js';
import { SECTIONS } from '../kernel/language/read-definitions.js';
import { EVERY, OF_A_SCHEME } from '../kernel/language/read-key-work.js';
import { PRISON_MEMBERS } from '../kernel/language/read-prison-file.js';
import { RULE_MEMBERS } from '../kernel/language/read-rule-file.js';
import { TERMS_MEMBERS } from '../kernel/language/read-rule-terms.js';
import { TIME_IN_FORCE } from '../kernel/language/read-time-in-force.js';
import { FEED_NAME } from '../prison/feed-name.js';
import { SEVERITIES } from '../prison/severity.js';

/** A JSON Schema (draft 7), or a part of one. */
type EditorSchema = Readonly<Record<string, unknown>>;
type Members = Readonly<Record<string, EditorSchema>>;

const ANY: EditorSchema = {};
const TRUTH: EditorSchema = { type: 'boolean' };
/** What is only digits is a text, too. */
const TEXT: EditorSchema = { type: ['string', 'number'], minLength: 1 };
const DATE: EditorSchema = { type: 'string', pattern: '^\\d{4}-\\d{2}-\\d{2}$' };
const DAYS = 'P\\d{1,4}D( by ([01]\\d|2[0-3]):[0-5]\\d)?';
const LIMIT: EditorSchema = { type: 'string', pattern: `^(${DAYS}|PT(?=\\d)(\\d{1,5}H)?(\\d{1,5}M)?)$` };
const PARAMETER: EditorSchema = { type: 'string', pattern: '^\\$' };
const WHOLE: EditorSchema = { type: 'integer', minimum: 1 };
const CONDITION: EditorSchema = { $ref: '#/definitions/condition' };
const EVENTS: EditorSchema = { $ref: '#/definitions/events' };

const any = (...of: readonly EditorSchema[]): EditorSchema => ({ anyOf: of });
const listOf = (items: EditorSchema, more: EditorSchema = {}): EditorSchema => ({ type: 'array', items, ...more });
/** A single one counts as a list of one. */
const oneOrMore = (items: EditorSchema): EditorSchema => any(items, listOf(items, { minItems: 1 }));
const mapOf = (values: EditorSchema): EditorSchema => ({ type: 'object', additionalProperties: values });
/** A map with these members, and no others. */
const fields = (required: readonly string[], optional: readonly string[], known: Members): EditorSchema => ({
  type: 'object',
  required,
  properties: Object.fromEntries([...required, ...optional].map((name) => [name, known[name] ?? ANY])),
  additionalProperties: false,
});

const orParameter = (schema: EditorSchema): EditorSchema => any(schema, PARAMETER);
const LIMITS = ['for', 'first', 'then', 'otherwise', 'atMost', 'window', 'elsewhere', 'pairWithin', 'under'];
const COUNTS = ['atLeast', 'last', 'inARow'];
const CONDITIONS = ['within', 'holder', 'condition', 'while'];
/** What the arguments of operators are that mean the same in all of them. */
const ARGUMENTS: Members = {
  ...Object.fromEntries(LIMITS.map((name) => [name, orParameter(LIMIT)])),
  ...Object.fromEntries(COUNTS.map((name) => [name, orParameter(WHOLE)])),
  ...Object.fromEntries(CONDITIONS.map((name) => [name, CONDITION])),
  ...Object.fromEntries(['event', 'answer', 'ask', 'sinceLast'].map((name) => [name, EVENTS])),
  strictly: TRUTH,
  field: TEXT,
};

const DEFINITIONS: Members = {
  condition: any(
    { type: 'string', minLength: 1 },
    {
      type: 'object',
      minProperties: 1,
      maxProperties: 1,
      additionalProperties: false,
      properties: {
        all: oneOrMore(CONDITION),
        any: oneOrMore(CONDITION),
        not: CONDITION,
        rule: TEXT,
        ...Object.fromEntries(
          Array.from(OPERATORS, ([name, { required, optional }]) => [name, fields(required, optional, ARGUMENTS)]),
        ),
      },
    },
  ),
  event: any(
    { type: 'string', minLength: 1 },
    fields(['event'], ['where', 'when', 'here'], { event: EVENTS, where: mapOf(ANY), when: CONDITION, here: TRUTH }),
    fields(['starts'], [], { starts: CONDITION }),
    fields(['ends'], [], { ends: CONDITION }),
    fields(['family'], [], { family: TEXT }),
  ),
  events: any({ $ref: '#/definitions/event' }, listOf({ $ref: '#/definitions/event' })),
};

/** Any other member of a step is a parameter of the rule's `when`. */
const STEP: EditorSchema = {
  type: 'object',
  required: ['level'],
  properties: { level: { enum: SEVERITIES }, when: CONDITION, and: CONDITION, early: TRUTH, tells: oneOrMore(TEXT) },
};

const RULE: EditorSchema = fields(RULE_MEMBERS.required, RULE_MEMBERS.optional, {
  id: TEXT,
  version: WHOLE,
  name: TEXT,
  effective: fields(['from'], [], { from: DATE }),
  source: oneOrMore(fields(['ref', 'says'], ['case'], { ref: TEXT, says: TEXT, case: TEXT })),
  because: TEXT,
  owner: TEXT,
  subject: { type: 'string' },
  appliesTo: CONDITION,
  keyWork: { enum: ['needed', 'scales'] },
  pauses: TRUTH,
  when: CONDITION,
  severity: oneOrMore(STEP),
  latched: fields(['closesWhen'], [], { closesWhen: CONDITION }),
  met: EVENTS,
  closes: TEXT,
  repeats: { enum: ['asks', 'risks'] },
  tells: any(TEXT, listOf(TEXT)),
  expected: fields(['perThousandPeoplePerWeek'], [], { perThousandPeoplePerWeek: WHOLE }),
  why: TEXT,
  timelines: listOf(fields(['name', 'story'], [], { name: TEXT, story: oneOrMore(TEXT) }), { minItems: 2 }),
});

const TIME: Members = { from: DATE, until: DATE };

const PRISON: EditorSchema = fields(PRISON_MEMBERS.required, PRISON_MEMBERS.optional, {
  prison: { type: 'string', pattern: '^[A-Z]{3}$' },
  name: TEXT,
  region: TEXT,
  effective: fields([], TIME_IN_FORCE, TIME),
  keyWork: oneOrMore(
    fields([], ['scheme', ...OF_A_SCHEME, 'because', ...TIME_IN_FORCE], {
      ...TIME,
      scheme: TRUTH,
      every: { enum: EVERY },
      minutes: WHOLE,
      caseload: WHOLE,
      because: TEXT,
    }),
  ),
  rules: mapOf(
    oneOrMore({
      ...fields(TERMS_MEMBERS.required, TERMS_MEMBERS.optional, {
        ...TIME,
        because: TEXT,
        off: { const: true },
        severity: oneOrMore({ type: 'object', required: ['level'], properties: { level: { enum: SEVERITIES } } }),
        limits: mapOf(LIMIT),
      }),
      anyOf: [{ required: ['off'] }, { required: ['severity'] }, { required: ['limits'] }],
    }),
  ),
  wings: TEXT,
  feeds: oneOrMore({ type: 'string', pattern: FEED_NAME.pattern.source }),
  recipients: mapOf(oneOrMore({ type: 'string', pattern: '^[^\\s@]+@[^\\s@]+\\.[^\\s@]+$' })),
});

const PRISONS = listOf({ type: 'string', pattern: '^[A-Z]{3}$' });

const FEEDS: EditorSchema = {
  type: ['object', 'null'],
  additionalProperties: false,
  properties: {
    feeds: {
      type: ['object', 'null'],
      propertyNames: { pattern: FEED_NAME.pattern.source },
      additionalProperties: any(
        PRISONS,
        fields(['delivers'], ['allowedSilence', 'expectedOf'], {
          delivers: oneOrMore({ enum: DELIVERED }),
          allowedSilence: LIMIT,
          expectedOf: PRISONS,
        }),
      ),
    },
  },
};

const SHARED: EditorSchema = fields([], SECTIONS, {
  events: mapOf(EVENTS),
  conditions: mapOf(CONDITION),
  families: mapOf(EVENTS),
});

const SOURCES: EditorSchema = listOf(
  fields(['source', 'points'], [], {
    source: TEXT,
    points: listOf(
      fields(['says', 'rules'], ['missing'], { says: TEXT, rules: any(TEXT, listOf(TEXT)), missing: TEXT }),
    ),
  }),
);

const schema = (title: string, of: EditorSchema): EditorSchema => ({
  $schema: 'http://json-schema.org/draft-07/schema#',
  title,
  definitions: DEFINITIONS,
  ...of,
});

/**
 * The shape of each kind of file that is configured, for editors, by the name of the schema: from the same tables that
 * the strict readers go by. What they refuse for another reason than its shape, `rules check` tells.
 */
export const FILE_SCHEMAS: Readonly<Record<'rule' | 'definitions' | 'sources' | 'prison' | 'feeds', EditorSchema>> = {
  rule: schema('A rule, in config/rules', RULE),
  definitions: schema('Words that the rules share: config/rules/definitions.yml', SHARED),
  sources: schema('What the sources ask for: config/rules/sources.yml', SOURCES),
  prison: schema('The settings of a prison, in config/prisons', PRISON),
  feeds: schema('The feeds of custody events: config/feeds.yml', FEEDS),
};
