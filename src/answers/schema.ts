/** The shape of a value in an answer, as OpenAPI 3.0 describes it. */
export type Schema = Readonly<Record<string, unknown>>;

export const text = (description: string): Schema => ({ type: 'string', description });
/** ISO 8601. */
export const instant = (description: string): Schema => ({ type: 'string', format: 'date-time', description });
/** A day of the calendar in London: `2026-11-20`. */
export const day = (description: string): Schema => ({ type: 'string', format: 'date', description });
export const whole = (description: string): Schema => ({ type: 'integer', description });
export const decimal = (description: string): Schema => ({ type: 'number', description });
export const yesNo = (description: string): Schema => ({ type: 'boolean', description });
export const oneOf = (values: readonly string[], description: string): Schema => ({
  type: 'string',
  enum: values,
  description,
});
export const orNull = (schema: Schema): Schema => ({ ...schema, nullable: true });
export const listOf = (items: Schema, description: string): Schema => ({ type: 'array', items, description });
export const either = (...schemas: readonly Schema[]): Schema => ({ oneOf: schemas });
/** An object whose members are not fixed. */
export const mapOf = (values: Schema | true, description: string): Schema => ({
  type: 'object',
  additionalProperties: values,
  description,
});

/**
 * An object with exactly these members: a member that is added to the type and not described here does not compile.
 * @param optional those that are left out where there is nothing to say
 */
export const objectOf = <T extends object>(
  members: { readonly [Name in keyof Required<T>]: Schema },
  optional: readonly (keyof T)[] = [],
): Schema => ({
  type: 'object',
  properties: members,
  required: Object.keys(members).filter((name) => !optional.some((one) => one === name)),
  additionalProperties: false,
});
