import { Inject, Injectable } from '@nestjs/common';
import { KEY_RING, type KeyRing, personSubject } from '../personal-data/key-ring.js';
import { ERASED, type SealedPlace, type Seals, SEALS } from '../personal-data/seals.js';
import type { NewEvent, RecordedEvent } from '../store/event-store.js';
import { STREAM_PREFIX } from '../store/stream-prefix.js';
import type { Handover } from './handover.js';
import { handoverStreamOf } from './stored-handover-event.js';
import { DAY } from '../prison/instant.js';

/** How long the note of a hand-over can be read, in milliseconds. What still matters after that belongs elsewhere. */
export const READABLE = 28 * DAY;

const PERSONAL = ['note'];

type NamedNote = Pick<Handover, 'prisonId' | 'number' | 'at' | 'names'>;

/**
 * Notes are free text about anybody, so each is sealed under a key of its own. A note can be read for {@link READABLE},
 * but no longer once somebody whom it names by prison number has been erased (decision 0029).
 * @throws StoreUnavailable, StoreUnreadable
 */
@Injectable()
export class Notes {
  /** The subjects whose keys are known to be destroyed. */
  private readonly forgotten = new Set<string>();

  /** @param prefix of the names of all streams */
  constructor(
    @Inject(SEALS) private readonly seals: Seals,
    @Inject(KEY_RING) private readonly keys: KeyRing,
    @Inject(STREAM_PREFIX) private readonly prefix: string,
  ) {}

  async sealed(event: NewEvent, of: Pick<NamedNote, 'prisonId' | 'number'>): Promise<NewEvent> {
    return { ...event, data: await this.seals.seal(event.data, PERSONAL, this.placeOf(event, of)) };
  }

  /** The note as it was written, `(erased)` or `(key missing)`. @param now in milliseconds since 1970 @throws BrokenSeal */
  async read(written: RecordedEvent, of: NamedNote, now: number): Promise<string> {
    if (await this.whyGone(of, now)) return ERASED;
    const data = await this.seals.reveal(written.data, PERSONAL, this.placeOf(written, of));
    return String(data['note']);
  }

  /** Destroys the keys of those that may no longer be read. */
  async forget(handovers: Iterable<NamedNote>, now: number): Promise<void> {
    for (const handover of handovers) {
      const subject = subjectOf(handover);
      if (this.forgotten.has(subject)) continue;
      const reason = await this.whyGone(handover, now);
      if (reason === undefined) continue;
      await this.keys.erase(subject, { reason, by: 'custody-watch', at: new Date(now).toISOString() });
      this.forgotten.add(subject);
    }
  }

  /** Why it may no longer be read; nothing while it may. */
  private async whyGone({ at, names }: NamedNote, now: number): Promise<string | undefined> {
    if (now - Date.parse(at) >= READABLE) return 'RETENTION_EXPIRED';
    for (const name of names) {
      const erased = await this.seals.lastErasure(personSubject(name));
      if (erased && erased.at >= at) return erased.reason;
    }
    return undefined;
  }

  private placeOf({ id }: Pick<NewEvent, 'id'>, of: Pick<NamedNote, 'prisonId' | 'number'>): SealedPlace {
    return { subject: subjectOf(of), stream: this.prefix + handoverStreamOf(of.prisonId), id };
  }
}

const subjectOf = ({ prisonId, number }: Pick<NamedNote, 'prisonId' | 'number'>): string =>
  `${handoverStreamOf(prisonId)}-${number}`;
