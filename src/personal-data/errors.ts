/** An error about the keys to personal data. `code` is stable; no message ever holds a key. */
abstract class PersonalDataError extends Error {
  abstract readonly code: string;
}

/** The master key that was given is none, or cannot be read. */
export class UnusableMasterKey extends PersonalDataError {
  readonly code = 'UNUSABLE_MASTER_KEY';
}

/** The key ring is wrapped with another master key. Nothing was changed. */
export class WrongMasterKey extends PersonalDataError {
  readonly code = 'WRONG_MASTER_KEY';
  /** @param ring which one */
  constructor(ring: string) {
    super(
      `${ring} is locked with another master key. Set MASTER_KEY_FILE or MASTER_KEY to the key that it was locked with; ` +
        'without it no personal data in the log can be read again.',
    );
  }
}

/** What is sealed in the log does not fit the key that it names: the log or the key ring was tampered with or damaged. */
export class BrokenSeal extends PersonalDataError {
  readonly code = 'BROKEN_SEAL';
  constructor(eventId: string) {
    super(
      `The personal data in event ${eventId} cannot be opened with its key: the log or keys.db is damaged. ` +
        'Restore a backup, and keep the damaged files for examination.',
    );
  }
}
