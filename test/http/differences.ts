type Schema = Readonly<Record<string, unknown>>;

const TYPES: Readonly<Record<string, (value: unknown) => boolean>> = {
  string: (value) => typeof value === 'string',
  integer: Number.isInteger,
  number: Number.isFinite,
  boolean: (value) => typeof value === 'boolean',
  array: Array.isArray,
  object: (value) => typeof value === 'object' && value !== null && !Array.isArray(value),
};

const FORMATS: Readonly<Record<string, RegExp>> = {
  'date-time': /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:\d\d)$/,
  date: /^\d{4}-\d\d-\d\d$/,
};

/** Where a JSON value is not as an OpenAPI 3.0 schema says, as far as schemas of key work go. */
export const differences = (value: unknown, schema: Schema, at = '$'): string[] => {
  const { type, nullable, oneOf, format } = schema;
  if (value === null && nullable === true) return [];
  if (Array.isArray(oneOf)) return ofOneOf(value, oneOf as Schema[], at);
  const fits = TYPES[String(type)];
  if (!fits) return [`${at}: the schema says no type that is known: ${String(type)}`];
  if (!fits(value)) return [`${at}: ${JSON.stringify(value)} is no ${String(type)}`];
  if (Array.isArray(schema['enum']) && !schema['enum'].includes(value))
    return [`${at}: ${String(value)} is not among the words`];
  const pattern = FORMATS[String(format)];
  if (pattern && !pattern.test(String(value))) return [`${at}: ${String(value)} is no ${String(format)}`];
  if (Array.isArray(value))
    return value.flatMap((item, index) => differences(item, schema['items'] as Schema, `${at}[${index}]`));
  return type === 'object' ? ofMembers(value as Schema, schema, at) : [];
};

const ofOneOf = (value: unknown, schemas: readonly Schema[], at: string): string[] => {
  const found = schemas.map((schema) => differences(value, schema, at));
  return found.some((each) => each.length === 0) ? [] : [`${at}: fits none of them: ${found.flat().join('; ')}`];
};

const ofMembers = (value: Schema, schema: Schema, at: string): string[] => {
  const {
    properties = {},
    required = [],
    additionalProperties,
  } = schema as {
    properties?: Readonly<Record<string, Schema>>;
    required?: readonly string[];
    additionalProperties?: Schema | boolean;
  };
  const missing = required.filter((name) => !(name in value)).map((name) => `${at}.${name} is missing`);
  const wrong = Object.entries(value).flatMap(([name, member]) => {
    const of = properties[name] ?? additionalProperties;
    if (of === false || of === undefined) return [`${at}.${name} is not described`];
    return of === true ? [] : differences(member, of, `${at}.${name}`);
  });
  return [...missing, ...wrong];
};
