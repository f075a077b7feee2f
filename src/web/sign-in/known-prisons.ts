import { Injectable } from '@nestjs/common';
import { Watch } from '../../watch/watch.js';

/** The prisons that anybody was ever heard of in: what somebody who sees all prisons can choose from. */
@Injectable()
export class KnownPrisons {
  constructor(private readonly watch: Watch) {}

  /** By id, in order. */
  ids(): readonly string[] {
    return [...this.watch.people.headcount.byPrison.keys()].sort();
  }
}
