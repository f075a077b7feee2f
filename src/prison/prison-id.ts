/** `XYI`: what the prison service calls a prison. */
export const PRISON_ID = /^[A-Z]{3}$/;

export const isPrisonId = (value: unknown): boolean => typeof value === 'string' && PRISON_ID.test(value);
