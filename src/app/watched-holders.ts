import { Inject, Injectable } from '@nestjs/common';
import { ModuleRef } from '@nestjs/core';
import type { Holders } from '../access/holders.js';
import { Watch } from '../watch/watch.js';
import type { Holder } from '../prison/holder.js';

/**
 * Where people are, as the watch knows it: nowhere yet, while it reads the log for the first time, for where they were is
 * not where they are. The watch stands on the alerts, so it is only there once they are asked for.
 */
@Injectable()
export class WatchedHolders implements Holders {
  private watch: Watch | undefined;

  constructor(@Inject(ModuleRef) private readonly modules: ModuleRef) {}

  holderOf(prisonNumber: string): Holder | undefined {
    const watch = (this.watch ??= this.modules.get<Watch>(Watch, { strict: false }));
    if (!watch.caughtUp) return undefined;
    return watch.people.person(prisonNumber)?.holder;
  }
}
