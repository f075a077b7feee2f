import { Module } from '@nestjs/common';
import { CqrsModule } from '@nestjs/cqrs';
import { CustodyModule } from '../custody/custody.module.js';
import { NightlyRolls } from './nightly-rolls.js';
import { RollChecks } from './roll-checks.js';
import { RollController } from './roll.controller.js';

/** The roll of a prison, held against the log. EVENT_STORE, CLOCK, STREAM_PREFIX and, where rolls are fetched, ROLL_FEED are provided by the application; its one timer ticks {@link NightlyRolls}. */
@Module({
  imports: [CqrsModule, CustodyModule],
  controllers: [RollController],
  providers: [RollChecks, NightlyRolls],
  exports: [RollChecks],
})
export class RollModule {}
