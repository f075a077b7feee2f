/** `XYI`: what the prison service calls a prison. */
export const PRISON_ID = /^[A-Z]{3}$/;

export const isPrisonId = (value: unknown): boolean => typeof value === 'string' && PRISON_ID.test(value);

/** What NOMIS writes for whoever is in no prison, or on the way between two. */
const NO_PRISONS: readonly string[] = ['OUT', 'TRN'];

/** Whether this looks like a prison id, and says that somebody is in none. */
export const isNoPrison = (prisonId: string): boolean => NO_PRISONS.includes(prisonId);
