/** `A1234BC`: what the prison service calls somebody, in every prison and stay. */
export const PRISON_NUMBER = /^[A-Z]\d{4}[A-Z]{2}$/;

const NAMED = /\b[A-Z]\d{4}[A-Z]{2}\b/gi;

export const isPrisonNumber = (value: unknown): boolean => typeof value === 'string' && PRISON_NUMBER.test(value);

/** A prison number, or a prison id, as it is kept: people type it in lower case and with spaces. */
export const inCapitals = (typed: string): string => typed.replaceAll(/\s/g, '').toUpperCase();

/** The prison numbers that a text names, each once. */
export const prisonNumbersIn = (text: string): string[] => [
  ...new Set(Array.from(text.matchAll(NAMED), ([number]) => number.toUpperCase())),
];
