import { Module } from '@nestjs/common';
import { OversightModule } from '../oversight/oversight.module.js';
import { WatchModule } from '../watch/watch.module.js';
import { Frames } from './frame/frame.js';
import { Freshness } from './frame/freshness.js';
import { HelpController } from './help/help.controller.js';
import { HomeController } from './home/home.controller.js';
import { RulesPagesController } from './rules/rules.controller.js';

/** The pages that people open. */
@Module({
  imports: [OversightModule, WatchModule],
  controllers: [HomeController, RulesPagesController, HelpController],
  providers: [Freshness, Frames],
  exports: [Freshness, Frames],
})
export class WebModule {}
