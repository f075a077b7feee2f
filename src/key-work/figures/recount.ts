import type { Regrouping } from '../../custody/whereabouts/person-numbers.js';
import type { Posting } from './ledger.js';

/**
 * The people of whom something came that their whole history has to be read for. What they added before no longer stands;
 * they are counted anew, once for all that has come by then.
 */
export class Recount {
  /** By the number that was kept then: what is still counted, and has to be taken back. */
  readonly former = new Map<string, readonly Posting[]>();
  /** The numbers under which people have to be counted. */
  readonly anew = new Set<string>();

  get isEmpty(): boolean {
    return this.former.size + this.anew.size === 0;
  }

  /** @param counted what those before add who are not to be counted anew already */
  note({ before, after }: Regrouping, counted: ReadonlyMap<string, readonly Posting[]>): void {
    for (const [kept, postings] of counted) this.former.set(kept, postings);
    for (const { kept } of before) this.anew.delete(kept);
    for (const { kept } of after) this.anew.add(kept);
  }
}
