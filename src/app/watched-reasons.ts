import { Inject, Injectable } from '@nestjs/common';
import { ModuleRef } from '@nestjs/core';
import type { Instant } from '../prison/instant.js';
import type { PresentReasonSource } from '../safety-alerts/ports.js';
import { Watch } from '../watch/watch.js';

/** What the rules say of people now, as the watch knows it. It stands on the alerts, so it is only there once they are asked for. */
@Injectable()
export class WatchedReasons implements PresentReasonSource {
  private watch: Watch | undefined;

  constructor(@Inject(ModuleRef) private readonly modules: ModuleRef) {}

  reasonsOf(prisonNumber: string, now: Instant): Promise<ReadonlyMap<string, string>> {
    const watch = (this.watch ??= this.modules.get<Watch>(Watch, { strict: false }));
    return watch.reasonsOf(prisonNumber, now);
  }
}
