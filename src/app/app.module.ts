import { Module, type DynamicModule } from '@nestjs/common';
import { APP_FILTER } from '@nestjs/core';
import { CqrsModule } from '@nestjs/cqrs';
import { AccessModule } from '../access/access.module.js';
import { AccessRecordsModule } from '../access-records/access-records.module.js';
import { PERSON_OF_ALERT } from '../access-records/request-subjects.js';
import type { SignIn } from '../access/sign-in.js';
import { HOLDERS, type Holders } from '../access/holders.js';
import { CustodyModule } from '../custody/custody.module.js';
import { FEED_REGISTER } from '../custody/feeds.js';
import { INTAKE_PACE } from '../custody/intake-pace.js';
import { OPEN_ALERTS } from '../custody/still-watched.js';
import { ROLL_FEED } from '../roll/nightly-rolls.js';
import { RollModule } from '../roll/roll.module.js';
import { HandoverModule } from '../handover/handover.module.js';
import { KEY_WORK_SETTINGS } from '../key-work/figures/frequency.js';
import { KEY_WORK_LIMITS } from '../key-work/figures/limits.js';
import { NOT_WATCHED } from '../key-work/history/not-watched.js';
import { KeyWorkModule } from '../key-work/key-work.module.js';
import { DEMONSTRATION } from '../oversight/info.js';
import { OversightModule } from '../oversight/oversight.module.js';
import { KEY_RING } from '../personal-data/key-ring.js';
import { Seals, SEALS } from '../personal-data/seals.js';
import { PrisonNames } from '../prison/prison-names.js';
import {
  ACKNOWLEDGEMENT_LAPSES,
  CASELOADS,
  type CaseloadSource,
  EVIDENCE_SOURCE,
  PRESENT_REASONS,
  RULE_SOURCE,
} from '../safety-alerts/ports.js';
import { SafetyAlertsModule } from '../safety-alerts/safety-alerts.module.js';
import { CHECKPOINT_STORE } from '../store/checkpoint-store.js';
import { DigestKeeper } from '../store/chain/digest-keeper.js';
import { CLOCK } from '../store/clock.js';
import { DroppedEvents } from '../store/dropped/dropped-events.js';
import { EVENT_STORE } from '../store/event-store.js';
import { SNAPSHOT_STORE } from '../store/snapshot-store.js';
import { STREAM_PREFIX } from '../store/stream-prefix.js';
import { SubjectAccessModule } from '../subject-access/subject-access.module.js';
import { WATCH_OPTIONS, WatchModule, type WatchSurroundings } from '../watch/watch.module.js';
import { Chromium, CHROMIUM, printingIn } from '../web/review-pack/chromium.js';
import { GRAFANA_URL } from '../web/oversight/oversight.controller.js';
import { SignInModule } from '../web/sign-in/sign-in.module.js';
import { WebModule } from '../web/web.module.js';
import { ErrorFilter } from './error.filter.js';
import { ESTATE, type Estate } from './estate.js';
import { pageSignInOf } from './sign-in.js';
import {
  CustodyEvidence,
  PersonOfSafetyAlert,
  CountedHolders,
  IndexedOpenAlerts,
  WatchedReasons,
  WatchPace,
} from './ports.js';
import { Refusals } from './refusals.js';
import { CoverageController } from './coverage.controller.js';
import { RulesController } from './rules.controller.js';
import { RulesNow } from './rules-now.js';
import { RulesReload } from './rules-reload.js';
import type { Settings } from './settings.js';

/** What every room is given, from the estate the service stands on. */
const provided = (estate: Estate) => {
  const { store, checkpoints, snapshots, keys, clock, rulebook, days, settings, feeds } = estate;
  const { logTime, dropped, notWatched, sources, prisons } = estate;
  const prefix = settings.streamPrefix;
  const seals = new Seals(keys);
  const partition = settings.watchPartition;
  const log = { store, prefix, logTime, dropped };
  const surroundings: WatchSurroundings = {
    ...log,
    checkpoints,
    snapshots,
    rulebook,
    days,
    partition,
    feeds,
    notWatched,
    sources,
    prisons,
  };
  return [
    { provide: ESTATE, useValue: estate },
    { provide: EVENT_STORE, useValue: store },
    { provide: CHECKPOINT_STORE, useValue: checkpoints },
    { provide: SNAPSHOT_STORE, useValue: snapshots },
    { provide: DigestKeeper, useFactory: () => estate.digests },
    { provide: CLOCK, useValue: clock },
    { provide: STREAM_PREFIX, useValue: prefix },
    { provide: DroppedEvents, useValue: dropped },
    { provide: ROLL_FEED, useValue: settings.rolls },
    { provide: KEY_RING, useValue: keys },
    { provide: SEALS, useValue: seals },
    {
      provide: EVIDENCE_SOURCE,
      inject: [HOLDERS, CASELOADS],
      useFactory: (holders: Holders, caseloads: CaseloadSource) =>
        new CustodyEvidence(store, prefix, seals, holders, caseloads),
    },
    { provide: RulesNow, useClass: RulesNow },
    { provide: RULE_SOURCE, useExisting: RulesNow },
    { provide: ACKNOWLEDGEMENT_LAPSES, useValue: settings.acknowledgementLapses },
    { provide: WatchedReasons, useClass: WatchedReasons },
    { provide: PRESENT_REASONS, useExisting: WatchedReasons },
    { provide: CASELOADS, useExisting: WatchedReasons },
    { provide: HOLDERS, useClass: CountedHolders },
    { provide: OPEN_ALERTS, useClass: IndexedOpenAlerts },
    { provide: INTAKE_PACE, useClass: WatchPace },
    { provide: PERSON_OF_ALERT, useClass: PersonOfSafetyAlert },
    { provide: KEY_WORK_LIMITS, useExisting: RulesNow },
    { provide: KEY_WORK_SETTINGS, useValue: estate.prisons.map(({ settings: own }) => own) },
    { provide: FEED_REGISTER, inject: [RulesNow], useFactory: (rules: RulesNow) => rules.feeds },
    { provide: NOT_WATCHED, inject: [RulesNow], useFactory: (rules: RulesNow) => rules.notWatched },
    { provide: PrisonNames, inject: [RulesNow], useFactory: (rules: RulesNow) => new PrisonNames(rules.prisons) },
    { provide: WATCH_OPTIONS, useValue: surroundings },
    { provide: GRAFANA_URL, useValue: settings.grafanaUrl ?? '' },
    { provide: DEMONSTRATION, useValue: estate.demonstration },
    { provide: CHROMIUM, useValue: chromiumOf(settings) },
  ];
};

/** What makes PDFs, if anything on this machine does. */
const chromiumOf = ({ chromium, dataDir }: Settings): Chromium | undefined =>
  chromium === undefined ? undefined : new Chromium(chromium, printingIn(dataDir));

/** The estate, known to every module. */
@Module({})
class EstateModule {
  static of(estate: Estate): DynamicModule {
    const providers = provided(estate);
    return { module: EstateModule, global: true, providers, exports: providers.map(({ provide }) => provide) };
  }
}

/** The whole service, on an estate. Closing it closes the estate's stores last. */
@Module({})
export class AppModule {
  static on(estate: Estate, signIn: SignIn): DynamicModule {
    return {
      module: AppModule,
      imports: [
        EstateModule.of(estate),
        AccessModule.with(signIn),
        AccessRecordsModule.in(estate.settings.dataDir, estate.settings.keepsAccessRecords ?? true),
        CqrsModule.forRoot(),
        CustodyModule,
        SafetyAlertsModule,
        WatchModule,
        SubjectAccessModule,
        KeyWorkModule,
        HandoverModule,
        RollModule,
        OversightModule,
        SignInModule.by(pageSignInOf(estate, signIn), estate.settings.people?.publicUrl),
        WebModule,
      ],
      controllers: [RulesController, CoverageController],
      providers: [Refusals, RulesReload, { provide: APP_FILTER, useClass: ErrorFilter }],
    };
  }
}
