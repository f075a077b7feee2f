/** What a figure means. Whoever changes what it counts raises its version, so that old and new can be told apart. */
export interface Definition {
  readonly version: number;
  readonly says: string;
}

export const definition = (version: number, says: string): Definition => ({ version, says });
