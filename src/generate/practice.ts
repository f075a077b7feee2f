/** How the prisons of a history work, where it is not left to chance. */
export interface Practice {
  /** A key worker session at least every so many local days, without fail, and recorded at once; else as prisons manage. */
  readonly every?: number | undefined;
  /** Nothing goes wrong: nobody harms themselves, is charged, segregated or bereaved. */
  readonly calm?: boolean | undefined;
}
