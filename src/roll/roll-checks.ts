import { Inject, Injectable } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { randomUUID } from 'node:crypto';
import { People } from '../custody/people/people.js';
import { PeopleProjection } from '../custody/people/people-projection.js';
import { RecordCustodyEvents } from '../custody/record-custody-events.js';
import type { Sender } from '../custody/sender.js';
import type { Instant } from '../prison/instant.js';
import { toIso } from '../prison/instant.js';
import { CLOCK, type Clock, instantToKeep } from '../store/clock.js';
import { EVENT_STORE, type EventStore } from '../store/event-store.js';
import { LONGEST_WAIT } from '../store/projection.js';
import { STREAM_PREFIX } from '../store/stream-prefix.js';
import { revisionOf, transact } from '../store/transact.js';
import { differencesBetween, isUnlike, type Roll, type RollFinding } from './comparison.js';
import { correctionsOf, soundingsOf } from './corrections.js';
import { RollUnlike } from './errors.js';
import { type RollTurn, takeTurn, type TurnTerms } from './roll-turn.js';
import { checksOf, countedByKind, type KeptFinding, type RollChecked, rollStream, toStored } from './roll-checked.js';
import { refuseUntimely } from './timely.js';

/** What is to be done with the differences. */
export interface RollTerms {
  readonly sender: Sender;
  /** User name. */
  readonly by: string;
  /** Records the arrival of everybody whom the roll has and the log does not have there. */
  readonly correct?: boolean;
  /** Takes a roll for what it says to be, however much differs. */
  readonly accept?: boolean;
}

/** Holds the roll of a prison against the log. */
@Injectable()
export class RollChecks {
  constructor(
    private readonly people: People,
    private readonly projection: PeopleProjection,
    private readonly commands: CommandBus,
    @Inject(EVENT_STORE) readonly store: EventStore,
    @Inject(STREAM_PREFIX) readonly prefix: string,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /**
   * Finds where roll and log differ, and records that the roll was checked. Of those whom the log never heard of it records
   * that they are there, so that they are watched, and DATA-04 asks for their arrival. Anything else is recorded only where
   * it is to correct. Where the roll is unlike the prison, nothing of that, unless it is accepted.
   * @throws RollUnlike where it is to correct and was not accepted, RollInFuture, RollTooOld, StoreUnavailable, ClockNotTrusted
   */
  async check(roll: Roll, terms: RollTerms): Promise<RollChecked> {
    const now = instantToKeep(this.clock);
    refuseUntimely(roll, terms.sender.prisons, now);
    await this.projection.readable(AbortSignal.timeout(LONGEST_WAIT));
    await this.projection.reached(await this.store.end(), AbortSignal.timeout(LONGEST_WAIT));
    const findings = differencesBetween(roll, this.people);
    const unlike = !terms.accept && isUnlike(roll, findings, [...this.people.lodgedIn(roll.prisonId)].length);
    if (unlike && terms.correct) throw new RollUnlike();
    const corrected = unlike ? 0 : await this.record(roll, findings, terms, now);
    const check = {
      ...{ prisonId: roll.prisonId, asAt: toIso(roll.asAt), checkedAt: toIso(now), by: terms.by },
      ...{ people: roll.entries.length, differences: countedByKind(findings), unlike, corrected },
      findings: findings.map(keptOf),
    };
    await this.keep(check);
    return check;
  }

  /** Takes the turn to check a prison's roll, of all instances that would. @throws StoreUnavailable */
  turn(prisonId: string, terms: TurnTerms): Promise<RollTurn> {
    return takeTurn(this, prisonId, terms);
  }

  /** The last check of a prison's roll; nothing where there was none. @throws StoreUnavailable */
  async last(prisonId: string): Promise<RollChecked | undefined> {
    for await (const check of checksOf(this, prisonId)) return check;
    return undefined;
  }

  /** @returns how many corrections were recorded */
  private async record(
    roll: Roll,
    findings: readonly RollFinding[],
    { sender, by, correct = false }: RollTerms,
    now: Instant,
  ): Promise<number> {
    const events = correct ? correctionsOf(roll, findings, { by, now }) : soundingsOf(roll, findings, { by, now });
    if (events.length === 0) return 0;
    const { results } = await this.commands.execute(new RecordCustodyEvents(events, sender));
    return correct ? results.filter(({ status, pending }) => status === 'accepted' && pending === undefined).length : 0;
  }

  private async keep(check: RollChecked): Promise<void> {
    const stream = rollStream(this.prefix, check.prisonId);
    const event = toStored(randomUUID(), check);
    await transact(this.store, stream, async () => ({
      expected: await revisionOf(this.store, stream),
      events: [event],
      answer: () => undefined,
    }));
  }
}

const keptOf = ({ prisonNumber, kind, heldBy, later, entry }: RollFinding): KeptFinding => ({
  prisonNumber,
  ...(entry && entry.prisonNumber !== prisonNumber && { onRoll: entry.prisonNumber }),
  kind,
  ...(heldBy !== undefined && { heldBy }),
  ...(later && { later }),
});
