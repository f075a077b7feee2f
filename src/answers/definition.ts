/** What a figure means. Raise the version when it counts something else, so that old and new can be told apart. */
export interface Definition {
  readonly version: number;
  readonly says: string;
}

export const definition = (version: number, says: string): Definition => ({ version, says });
