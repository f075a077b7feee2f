import { Inject, Injectable } from '@nestjs/common';
import { Census } from '../../oversight/census.js';
import { type Clock, CLOCK } from '../../store/clock.js';
import { Watch } from '../../watch/watch.js';

/** In milliseconds: a new prison may take so long to be offered. */
const KEPT = 60_000;

/** The prisons that anybody was ever heard of in: what somebody who sees all prisons can choose from. */
@Injectable()
export class KnownPrisons {
  private readonly census: Census;
  private takenAt = -Infinity;

  constructor(
    watch: Watch,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {
    this.census = new Census(watch.people);
  }

  /** By id, in order. */
  ids(): readonly string[] {
    const now = this.clock.now();
    if (now - this.takenAt >= KEPT) {
      this.census.take();
      this.takenAt = now;
    }
    return [...this.census.byPrison.keys()].sort();
  }
}
