/** Somebody hands over to the next shift. Instants are ISO in UTC; `by` is a user name. */
export interface HandoverWritten {
  readonly type: 'HandoverWritten';
  readonly data: {
    readonly prisonId: string;
    /** Counts the hand-overs of the prison, from 1. */
    readonly number: number;
    /** From when on it tells. */
    readonly since: string;
    readonly at: string;
    readonly by: string;
    /** Of the form that was sent: the same form again writes nothing. */
    readonly requestId: string;
    /** The prison numbers in the note. */
    readonly names: readonly string[];
    /** Free text, personal: in the log it is sealed. */
    readonly note: string;
  };
}

/** Somebody of the next shift has read it. */
export interface HandoverSigned {
  readonly type: 'HandoverSigned';
  readonly data: { readonly prisonId: string; readonly number: number; readonly at: string; readonly by: string };
}

export type HandoverEvent = HandoverWritten | HandoverSigned;
