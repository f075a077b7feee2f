import { Inject, Injectable, Logger } from '@nestjs/common';
import { type CheckpointStore, CHECKPOINT_STORE } from '../../store/checkpoint-store.js';
import { type Clock, CLOCK } from '../../store/clock.js';
import { StoreError } from '../../store/errors.js';
import { DAY } from '../../prison/instant.js';

/** When somebody last saw the list. */
export interface LastVisit {
  /** ISO in UTC. */
  readonly at: string;
  /** They have never seen it: then the last day is new to them. */
  readonly isFirst: boolean;
}

/** Who sees the list, of which of their prisons: one id, or `all`. */
export interface Visitor {
  /** User name. */
  readonly name: string;
  readonly location: string;
}

/**
 * When each person last saw the list of alerts, for each location that they choose. Saved beside the checkpoints: local,
 * and not missed if it is lost.
 */
@Injectable()
export class LastVisits {
  private readonly logger = new Logger(LastVisits.name);

  constructor(
    @Inject(CHECKPOINT_STORE) private readonly kept: CheckpointStore,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** @throws StoreUnavailable, StoreUnreadable */
  async lastAt(looker: Visitor): Promise<LastVisit> {
    const { at } = (await this.kept.load(consumerOf(looker))) ?? {};
    if (typeof at === 'string') return { at, isFirst: false };
    return { at: new Date(this.clock.now() - DAY).toISOString(), isFirst: true };
  }

  /** They have seen the list as it was at an instant. Where that cannot be saved, more than is new is told the next time. */
  async saw(looker: Visitor, at: number): Promise<void> {
    try {
      await this.kept.save(consumerOf(looker), { at: new Date(at).toISOString() });
    } catch (error) {
      if (!(error instanceof StoreError)) throw error;
      this.logger.warn(`The time of a visit to the list of alerts was not saved: ${error.code}.`);
    }
  }
}

const consumerOf = ({ name, location }: Visitor): string => `looked-${location}-${name}`;
