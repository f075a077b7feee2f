/** The file cannot be restored: it is not an export, or was cut short or altered. Nothing was written. */
export class DamagedFile extends Error {
  readonly code = 'DAMAGED_FILE';
  /** @param line counted from 1 */
  constructor(file: string, line: number, what: string) {
    super(`${file}:${line}:1  ${what}`);
  }
}

/** The file is whole, and does not belong where it is to go. Nothing was written. */
export class UnfitFile extends Error {
  readonly code = 'UNFIT_FILE';
}
