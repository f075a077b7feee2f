import { asSent } from '../custody/custody-event.js';
import { openedFromLog } from '../custody/stored-custody-event.js';
import { type OpenAlertSource, type StandingAlert } from '../custody/still-watched.js';
import type { IntakePace } from '../custody/intake-pace.js';
import { subjectStream } from '../custody/streams.js';
import { subjectIn } from '../prison/alert-subject.js';
import type { Seals } from '../personal-data/seals.js';
import type { CaseloadSource, EvidenceSource, PresentReasonSource } from '../safety-alerts/ports.js';
import type { EventStore, Json } from '../store/event-store.js';
import { LONGEST_WAIT } from '../store/projection.js';
import { Inject, Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import { ModuleRef } from '@nestjs/core';
import type { PersonOfAlert } from '../access-records/request-subjects.js';
import { KeyWorkFigures } from '../key-work/figures/key-work-figures.js';
import { KeyWorkProjection } from '../key-work/figures/key-work-projection.js';
import { AlertIndex } from '../safety-alerts/list/alert-index.js';
import { isOpenState } from '../safety-alerts/list/alert-summary.js';
import { AlertProjection } from '../safety-alerts/list/alert-projection.js';
import type { Holders } from '../access/holders.js';
import { Watch } from '../watch/watch.js';
import type { Holder, Takeover } from '../prison/stay.js';
import { type Clock, CLOCK } from '../store/clock.js';
import { DAY, type Instant } from '../prison/instant.js';

/** Looks up the custody events that a safety alert cites, as they were sent. */
export class CustodyEvidence implements EvidenceSource {
  constructor(
    private readonly store: EventStore,
    private readonly prefix: string,
    private readonly seals: Seals,
    private readonly holders: Pick<Holders, 'numbersOf'>,
    private readonly caseloads: CaseloadSource,
  ) {}

  /** Also those that were told under another number of the same person. Of a key worker, those of the people whom they have. */
  async eventsOf(about: string, ids: readonly string[]): Promise<readonly Json[]> {
    const kind = subjectIn(about)?.kind;
    const people = kind === undefined ? [about] : kind === 'key-worker' ? this.caseloads.peopleOf(about) : [];
    const numbers = people.flatMap((prisonNumber) => this.holders.numbersOf(prisonNumber));
    const streams = [...new Set([about, ...numbers])].map((one) => subjectStream(this.prefix, one));
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
    return alerts.has(alertId) ? (alerts.get(alertId).prisonNumber ?? undefined) : undefined;
  }
}

/** The open safety alerts about somebody, by their read model. It is looked up late, since custody lies below safety-alerts. */
@Injectable()
export class IndexedOpenAlerts implements OpenAlertSource {
  constructor(@Inject(ModuleRef) private readonly modules: ModuleRef) {}

  async openAlertsOf(prisonNumbers: readonly string[]): Promise<readonly StandingAlert[]> {
    await this.modules
      .get<AlertProjection>(AlertProjection, { strict: false })
      .readable(AbortSignal.timeout(LONGEST_WAIT));
    const alerts = this.modules.get<AlertIndex>(AlertIndex, { strict: false });
    const open = prisonNumbers.flatMap((number) => alerts.ofPerson(number)).filter(({ state }) => isOpenState(state));
    return open.map(({ id, rule }) => ({ id, rule }));
  }
}

/**
 * Where people are by the fold that pages, histories and figures go by (`custody/whereabouts`), as the figures of key work
 * keep it of everybody: of all that follow it they alone need not read the whole log at each start. Nowhere yet while they
 * read the log for the first time, for where people were is not where they are. Who waits for a position waits for this, too.
 */
@Injectable()
export class CountedHolders implements Holders, OnApplicationBootstrap {
  private counted: { readonly figures: KeyWorkFigures; readonly projection: KeyWorkProjection } | undefined;

  constructor(
    @Inject(ModuleRef) private readonly modules: ModuleRef,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  onApplicationBootstrap(): void {
    this.modules.get<AlertProjection>(AlertProjection, { strict: false }).waitFor(this.keyWork.figures.read);
  }

  async readable(): Promise<void> {
    await this.keyWork.projection.readable(AbortSignal.timeout(LONGEST_WAIT));
  }

  holderOf(prisonNumber: string): Holder | undefined {
    const { figures, projection } = this.keyWork;
    return projection.caughtUp ? figures.whereaboutsOf(prisonNumber)?.holder : undefined;
  }

  takeoverOf(prisonNumber: string): Takeover | undefined {
    const { figures, projection } = this.keyWork;
    const takeover = projection.caughtUp ? figures.whereaboutsOf(prisonNumber)?.takeover : undefined;
    return takeover && this.clock.now() - takeover.knownAt <= DAY ? takeover : undefined;
  }

  numbersOf(prisonNumber: string): readonly string[] {
    return this.keyWork.figures.numbersOf(prisonNumber);
  }

  /** It stands on the alerts, so it is only there once they are asked for. */
  private get keyWork() {
    return (this.counted ??= {
      figures: this.modules.get<KeyWorkFigures>(KeyWorkFigures, { strict: false }),
      projection: this.modules.get<KeyWorkProjection>(KeyWorkProjection, { strict: false }),
    });
  }
}

/** What the rules say of people now, and whom key workers have, as the watch knows it. It stands on the alerts, so it is only there once they are asked for. */
@Injectable()
export class WatchedReasons implements PresentReasonSource, CaseloadSource {
  private watch: Watch | undefined;

  constructor(@Inject(ModuleRef) private readonly modules: ModuleRef) {}

  reasonsOf(about: string, now: Instant): Promise<ReadonlyMap<string, string>> {
    return this.watching.reasonsOf(about, now);
  }

  peopleOf(keyWorker: string): readonly string[] {
    return this.watching.peopleOf(keyWorker);
  }

  private get watching(): Watch {
    return (this.watch ??= this.modules.get<Watch>(Watch, { strict: false }));
  }
}

/** The watch sets the pace. It is looked up late, since custody lies below it. */
@Injectable()
export class WatchPace implements IntakePace {
  private watch: Watch | undefined;

  constructor(@Inject(ModuleRef) private readonly modules: ModuleRef) {}

  async keptUp(): Promise<void> {
    const watch = (this.watch ??= this.modules.get<Watch>(Watch, { strict: false }));
    await watch.hasReadToTheEnd();
  }
}
