import { asSent } from '../custody/custody-event.js';
import { openedFromLog } from '../custody/stored-custody-event.js';
import { personStream } from '../custody/streams.js';
import type { Seals } from '../personal-data/seals.js';
import type { EvidenceSource, PresentReasonSource } from '../safety-alerts/ports.js';
import type { EventStore, Json } from '../store/event-store.js';
import { Inject, Injectable } from '@nestjs/common';
import { ModuleRef } from '@nestjs/core';
import type { PersonOfAlert } from '../access-records/request-subjects.js';
import { AlertIndex } from '../safety-alerts/list/alert-index.js';
import type { Holders } from '../access/holders.js';
import { Watch } from '../watch/watch.js';
import type { Holder } from '../prison/stay.js';
import type { Instant } from '../prison/instant.js';

/** Looks up the custody events that a safety alert cites, as they were sent. */
export class CustodyEvidence implements EvidenceSource {
  constructor(
    private readonly store: EventStore,
    private readonly prefix: string,
    private readonly seals: Seals,
    private readonly holders: Pick<Holders, 'numbersOf'>,
  ) {}

  /** Also those that were told under another number of the same person. */
  async eventsOf(prisonNumber: string, ids: readonly string[]): Promise<readonly Json[]> {
    const streams = this.holders.numbersOf(prisonNumber).map((number) => personStream(this.prefix, number));
    const found = await Promise.all(ids.map((id) => this.eventIn(streams, id)));
    return found.filter((event) => event !== undefined);
  }

  private async eventIn(streams: readonly string[], id: string): Promise<Json | undefined> {
    for (const stream of streams) {
      const recorded = await this.store.findEvent(stream, id);
      if (recorded) return asSent((await openedFromLog(recorded, { seals: this.seals, prefix: this.prefix })).event);
    }
    return undefined;
  }
}

/** Who an alert is about, by its read model. It is looked up late, since access-records lies below safety-alerts. */
@Injectable()
export class PersonOfSafetyAlert implements PersonOfAlert {
  private alerts: AlertIndex | undefined;

  constructor(@Inject(ModuleRef) private readonly modules: ModuleRef) {}

  personOf(alertId: string): string | undefined {
    const alerts = (this.alerts ??= this.modules.get<AlertIndex>(AlertIndex, { strict: false }));
    return alerts.has(alertId) ? alerts.get(alertId).prisonNumber : undefined;
  }
}

/**
 * Where people are, as the watch knows it: nowhere yet, while it reads the log for the first time, for where they were is
 * not where they are. A number that was merged into another leads there. The watch stands on the alerts, so it is only there
 * once they are asked for.
 */
@Injectable()
export class WatchedHolders implements Holders {
  private watch: Watch | undefined;

  constructor(@Inject(ModuleRef) private readonly modules: ModuleRef) {}

  holderOf(prisonNumber: string): Holder | undefined {
    const watch = (this.watch ??= this.modules.get<Watch>(Watch, { strict: false }));
    if (!watch.caughtUp) return undefined;
    return watch.people.person(watch.people.keptFor(prisonNumber))?.holder;
  }

  numbersOf(prisonNumber: string): readonly string[] {
    const { people } = (this.watch ??= this.modules.get<Watch>(Watch, { strict: false }));
    return people.numbersOf(people.keptFor(prisonNumber));
  }
}

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
