import { Inject, Injectable, Logger } from '@nestjs/common';
import { BrokenSeal } from '../../personal-data/errors.js';
import type { FieldError } from '../../prison/field-error.js';
import { CLOCK, type Clock, instantToKeep } from '../../store/clock.js';
import type { CustodyEvent } from '../custody-event.js';
import { CustodyLog } from '../custody-log.js';
import { TellingIsComplete } from '../errors.js';
import type { EventResult } from '../recording-result.js';
import { Sealing } from '../sealing.js';
import { inMetadata } from '../sender.js';
import { openedFromLog } from '../stored-custody-event.js';
import { type BegunTelling, Tellings } from '../tellings/tellings.js';
import { PendingEvents } from './pending-events.js';
import { PendingLog } from './pending-log.js';
import type { PendingEvent } from './pending-person.js';

/** Takes in what is pending, once it counts. */
@Injectable()
export class PendingIntake {
  private readonly logger = new Logger(PendingIntake.name);

  constructor(
    private readonly log: CustodyLog,
    private readonly pending: PendingLog,
    private readonly tellings: Tellings,
    private readonly sealing: Sealing,
    @Inject(CLOCK) private readonly clock: Clock,
    private readonly events: PendingEvents,
  ) {}

  /**
   * Sends what waits about a person once more, as who told it: what counts by now comes into their history, the rest goes
   * on waiting; what is refused, with the reason. Safe to repeat, after a crash, and while other instances do the same: an
   * id is in a history once, and a withdrawal that came meanwhile holds. What one sender told keeps back no other's.
   * @throws StoreUnavailable, StoreUnreadable, ClockNotTrusted, NoSuchTelling, with all else taken in
   */
  async takeIn(prisonNumber: string): Promise<void> {
    const person = await this.pending.of(prisonNumber);
    const together = Map.groupBy(person.waiting, ({ sender, telling }) =>
      JSON.stringify([inMetadata({ ...sender }), telling]),
    );
    const ends = await Promise.allSettled([...together.values()].map((some) => this.sendAgain(some)));
    const results = ends.flatMap((end) => (end.status === 'fulfilled' ? end.value : []));
    this.events.refuse(prisonNumber, results);
    const counting = results.filter(({ status, pending }) => status !== 'refused' && pending === undefined);
    const ids = [...counting.flatMap(({ id }) => id ?? []), ...(await this.pending.cameThrough(prisonNumber, person))];
    if (ids.length > 0) await this.pending.takenIn(prisonNumber, ids, instantToKeep(this.clock));
    const failed = ends.find((end) => end.status === 'rejected');
    if (failed) throw failed.reason;
  }

  private async sendAgain(some: readonly PendingEvent[]): Promise<readonly EventResult[]> {
    const [first] = some;
    if (!first) return [];
    const openings = await Promise.all(some.map((one) => this.opened(one)));
    const opened = openings.filter((opening): opening is CustodyEvent => !isResult(opening));
    const damaged = openings.filter(isResult);
    const telling = first.telling === undefined ? undefined : await this.unlessComplete(first.telling);
    const { results } = await this.log.recordAll(opened, {
      knownAt: () => instantToKeep(this.clock),
      sender: first.sender,
      telling,
    });
    return [...results, ...damaged];
  }

  /** One that is damaged goes on waiting, and keeps no other from being taken in. */
  private async opened({ recorded }: PendingEvent): Promise<CustodyEvent | EventResult> {
    try {
      return (await openedFromLog(recorded, this.sealing)).event;
    } catch (error) {
      if (!(error instanceof BrokenSeal)) throw error;
      this.logger.error(error.message);
      return { id: recorded.id, status: 'refused', errors: [damagedInLog(error)] };
    }
  }

  /** What a telling brought becomes known with it; what comes later is no part of it. */
  private async unlessComplete(id: string): Promise<BegunTelling | undefined> {
    try {
      return await this.tellings.find(id);
    } catch (error) {
      if (error instanceof TellingIsComplete) return undefined;
      throw error;
    }
  }
}

const isResult = (opening: CustodyEvent | EventResult): opening is EventResult => 'status' in opening;

const damagedInLog = ({ code }: BrokenSeal): FieldError => ({
  field: 'event',
  value: null,
  code,
  message: 'is damaged in the log: its words cannot be opened. Send it again, under an id of its own',
});
