import { Inject, Injectable } from '@nestjs/common';
import { type CheckpointStore, CHECKPOINT_STORE } from '../../store/checkpoint-store.js';
import { type Clock, CLOCK } from '../../store/clock.js';

/** Who has never looked is told of the last day. */
const A_DAY = 86_400_000;

/** When each person last looked at the list of alerts. Kept beside the checkpoints: local, and no loss if it is lost. */
@Injectable()
export class Looked {
  constructor(
    @Inject(CHECKPOINT_STORE) private readonly kept: CheckpointStore,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** ISO in UTC. @param user user name @throws StoreUnavailable, StoreUnreadable */
  async lastAt(user: string): Promise<string> {
    const { at } = (await this.kept.load(consumerOf(user))) ?? {};
    return typeof at === 'string' ? at : new Date(this.clock.now() - A_DAY).toISOString();
  }

  /** They look at it now. @throws StoreUnavailable, StoreUnreadable */
  async looksNow(user: string): Promise<void> {
    await this.kept.save(consumerOf(user), { at: new Date(this.clock.now()).toISOString() });
  }
}

const consumerOf = (user: string): string => `looked-${user}`;
