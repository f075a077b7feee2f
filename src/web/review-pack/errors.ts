/** Chromium did not print. Nothing was left behind. */
export class CannotPrint extends Error {
  readonly code = 'PDF_NOT_MADE';
  constructor(why: string, options?: ErrorOptions) {
    super(`The PDF could not be made: ${why}. Print the page from a browser instead.`, options);
  }
}
