/** Something that a source says or asks for, and the rules that answer it. */
export interface SourcePoint {
  readonly says: string;
  readonly rules: readonly string[];
  /** What no rule answers yet. */
  readonly missing?: string;
}

/** What one source says or asks for. */
export interface SourcePoints {
  readonly source: string;
  readonly points: readonly SourcePoint[];
}
