import { crc32 } from 'node:zlib';

/** A share of the people: the `share`-th, from 1, `of` so many. */
export interface Partition {
  readonly share: number;
  readonly of: number;
}

export const EVERYBODY: Partition = { share: 1, of: 1 };

/**
 * Whether a person belongs to a share. It depends on the prison number alone, so that instances may come and go. Where
 * two numbers turn out to be one person's, ask with the number that was kept.
 */
export const includes = ({ share, of }: Partition, prisonNumber: string): boolean =>
  of === 1 || crc32(prisonNumber) % of === share - 1;

/** `2/8`. */
export const sayPartition = ({ share, of }: Partition): string => `${share}/${of}`;
