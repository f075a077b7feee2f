import { Inject, Injectable, Logger } from '@nestjs/common';
import { type CheckpointStore, CHECKPOINT_STORE } from '../../store/checkpoint-store.js';
import { type Clock, CLOCK } from '../../store/clock.js';
import { StoreError } from '../../store/errors.js';
import { DAY } from '../../prison/instant.js';

/** Who has never looked is told of the last day. */

/** From when on something is new to somebody: ISO in UTC. */
export interface NewSince {
  readonly at: string;
  /** They have never looked, so that it is merely a day ago. */
  readonly isFirst: boolean;
}

/** Whose look it is, and at which of their prisons: one id, or `all`. */
export interface Looker {
  /** User name. */
  readonly name: string;
  readonly location: string;
}

/**
 * When each person last looked at the list of alerts, for each location that they choose. Kept beside the checkpoints:
 * local, and no loss if it is lost.
 */
@Injectable()
export class Looked {
  private readonly logger = new Logger(Looked.name);

  constructor(
    @Inject(CHECKPOINT_STORE) private readonly kept: CheckpointStore,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** @throws StoreUnavailable, StoreUnreadable */
  async lastAt(looker: Looker): Promise<NewSince> {
    const { at } = (await this.kept.load(consumerOf(looker))) ?? {};
    if (typeof at === 'string') return { at, isFirst: false };
    return { at: new Date(this.clock.now() - DAY).toISOString(), isFirst: true };
  }

  /** They have seen the list as it was at an instant. Where that cannot be kept they are told too much later, and see the list now. */
  async saw(looker: Looker, at: number): Promise<void> {
    try {
      await this.kept.save(consumerOf(looker), { at: new Date(at).toISOString() });
    } catch (error) {
      if (!(error instanceof StoreError)) throw error;
      this.logger.warn(`When somebody last looked was not kept: ${error.code}.`);
    }
  }
}

const consumerOf = ({ name, location }: Looker): string => `looked-${location}-${name}`;
