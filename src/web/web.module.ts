import { Module } from '@nestjs/common';
import { CqrsModule } from '@nestjs/cqrs';
import { CustodyModule } from '../custody/custody.module.js';
import { HandoverModule } from '../handover/handover.module.js';
import { KeyWorkModule } from '../key-work/key-work.module.js';
import { OversightModule } from '../oversight/oversight.module.js';
import { SafetyAlertsModule } from '../safety-alerts/safety-alerts.module.js';
import { WatchModule } from '../watch/watch.module.js';
import { ALERT_FORMS, AlertController } from './alert/alert.controller.js';
import { AlertReader } from './alert/alert-reader.js';
import { AlertsController } from './alerts/alerts.controller.js';
import { BulkController } from './alerts/bulk.controller.js';
import { CoveragePagesController } from './told/coverage.controller.js';
import { EventsController } from './events/events.controller.js';
import { Frames } from './frame/frame.js';
import { Freshness } from './frame/freshness.js';
import { HandoverController } from './handover/handover.controller.js';
import { HandoverReader } from './handover/handover-reader.js';
import { HelpController } from './help/help.controller.js';
import { HomeController } from './home/home.controller.js';
import { LastVisits } from './home/last-visits.js';
import { ParkedPageController } from './parked/parked.controller.js';
import { PendingPageController } from './pending/pending.controller.js';
import { PendingReader } from './pending/pending-reader.js';
import { FactsOfPerson } from './person/person-facts.js';
import { PersonController } from './person/person.controller.js';
import { OversightController } from './oversight/oversight.controller.js';
import { SearchController } from './search/search.controller.js';
import { ReviewPackController } from './review-pack/review-pack.controller.js';
import { watchedRules } from './rules/watched-rules.js';
import { RollModule } from '../roll/roll.module.js';
import { RollPageController } from './roll/roll.controller.js';
import { RulesPagesController } from './rules/rules.controller.js';

/** The pages that people open. */
@Module({
  imports: [
    CqrsModule,
    CustodyModule,
    KeyWorkModule,
    SafetyAlertsModule,
    HandoverModule,
    OversightModule,
    WatchModule,
    RollModule,
  ],
  controllers: [
    HomeController,
    AlertsController,
    BulkController,
    AlertController,
    ...ALERT_FORMS,
    HandoverController,
    OversightController,
    CoveragePagesController,
    SearchController,
    PersonController,
    EventsController,
    ParkedPageController,
    PendingPageController,
    ReviewPackController,
    RollPageController,
    RulesPagesController,
    HelpController,
  ],
  providers: [watchedRules, Freshness, Frames, LastVisits, AlertReader, HandoverReader, PendingReader, FactsOfPerson],
  exports: [Freshness, Frames],
})
export class WebModule {}
