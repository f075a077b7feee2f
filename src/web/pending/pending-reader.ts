import { Inject, Injectable } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { hold, HOLDERS, type Holders, readableBefore } from '../../access/holders.js';
import type { Prisons } from '../../access/prisons.js';
import { ListPending, type PendingEventBody, PendingQuery } from '../../custody/pending/read-pending.js';
import { People } from '../../custody/people/people.js';
import type { Takeover } from '../../prison/stay.js';
import { english } from '../words/english.js';

/** So many are shown: more at once come from a feed that is wrong as a whole. */
const MOST = 200;

/** Somebody who was received at a prison, though no departure from another has been told. */
interface TakenPerson {
  readonly prisonNumber: string;
  readonly takeover: Takeover;
}

/** People whom two prisons tell of. */
export interface ToldTwice {
  readonly waiting: readonly PendingEventBody[];
  /** How many wait, shown or not. */
  readonly waitingInAll: number;
  readonly taken: readonly TakenPerson[];
  /** Whether the page about somebody opens to the reader. */
  readonly mayOpen: (prisonNumber: string) => boolean;
  readonly prisonName: (prisonId: string) => string;
}

/** A line that leads to the page about them. */
export interface ToldTwiceNotice {
  readonly text: string;
  readonly href: string;
  readonly link: string;
}

/** Finds people whom two prisons tell of, one of them a prison of the reader's. */
@Injectable()
export class PendingReader {
  constructor(
    private readonly queries: QueryBus,
    private readonly people: People,
    @Inject(HOLDERS) private readonly holders: Holders,
  ) {}

  /** @param size how many of those that wait are shown. @throws StoreUnavailable */
  async of(prisons: Prisons, size = MOST): Promise<ToldTwice> {
    const query = Object.assign(new PendingQuery(), { size });
    const { content, totalElements } = await this.queries.execute(new ListPending(query, prisons));
    return {
      waiting: content,
      waitingInAll: totalElements,
      taken: this.takenFrom(prisons),
      mayOpen: (prisonNumber) => readableBefore(prisons, prisonNumber, this.holders) > -Infinity,
      prisonName: (prisonId) => this.people.prisonName(prisonId),
    };
  }

  /** What waits about one person, under any of these numbers. @throws StoreUnavailable */
  async about(prisonNumbers: readonly string[], prisons: Prisons): Promise<readonly PendingEventBody[]> {
    const found = prisonNumbers.map(async (prisonNumber) => {
      const query = Object.assign(new PendingQuery(), { size: MOST, prisonNumber });
      return (await this.queries.execute(new ListPending(query, prisons))).content;
    });
    return (await Promise.all(found)).flat();
  }

  /** Names nobody: for pages that show nobody. Nothing where there is nobody to look at. @throws StoreUnavailable */
  async notice(prisons: Prisons): Promise<ToldTwiceNotice | undefined> {
    const { waitingInAll, taken } = await this.of(prisons, 1);
    if (waitingInAll + taken.length === 0) return undefined;
    const { notice, look } = english.pending;
    return { text: notice(waitingInAll, taken.length), href: '/pending', link: look };
  }

  private takenFrom(prisons: Prisons): TakenPerson[] {
    return this.people.withoutDeparture.flatMap((prisonNumber) => {
      const takeover = this.holders.takeoverOf(prisonNumber);
      const concerns = takeover && (prisons.has(takeover.from) || hold(prisons, prisonNumber, this.holders));
      return concerns ? [{ prisonNumber, takeover }] : [];
    });
  }
}
