const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

/** A UUID as it is kept, in lower case. */
export const isUuid = (value: unknown): boolean => typeof value === 'string' && UUID.test(value);
