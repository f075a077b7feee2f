/** What the program's exit codes mean (docs/operations.md, "Exit codes"). */
export const EXIT = { done: 0, found: 1, usage: 2, unreachable: 3 } as const;

/** A command was used wrongly. The message says what to do. */
export class WrongUsage extends Error {
  readonly code = 'WRONG_USAGE';
}

/** Codes of faults in what a command was given to check. */
const FOUND = new Set(['DAMAGED_FILE', 'DAMAGED_BACKUP', 'FAULTS_FOUND']);
/** Codes of what could not be had: the store, the service that holds it, the port, or the time. */
const UNREACHABLE = new Set([
  'STORE_UNAVAILABLE',
  'STORE_ACCESS_DENIED',
  'STORE_NOT_TRUSTED',
  'STORE_IN_USE',
  'CUT_MEANWHILE',
  'STORE_UNREADABLE',
  'LOG_NOT_AS_LEFT',
  'SERVICE_UNREACHABLE',
  'PORT_TAKEN',
  'CLOCK_NOT_TRUSTED',
  'LOG_TIME_AHEAD',
]);

/** The exit code for an error that ended a verb. */
export const exitCodeOf = (error: unknown): number => {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  if (FOUND.has(code)) return EXIT.found;
  return UNREACHABLE.has(code) ? EXIT.unreachable : EXIT.usage;
};
