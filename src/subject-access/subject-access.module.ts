import { Module } from '@nestjs/common';
import { CqrsModule } from '@nestjs/cqrs';
import { CustodyModule } from '../custody/custody.module.js';
import { HandoverModule } from '../handover/handover.module.js';
import { SafetyAlertsModule } from '../safety-alerts/safety-alerts.module.js';
import { SubjectAccessController } from './subject-access.controller.js';
import { SubjectAccess } from './subject-access.js';

/** What is held about a person, for that person. EVENT_STORE, STREAM_PREFIX and SEALS are provided by the application. */
@Module({
  imports: [CqrsModule, CustodyModule, SafetyAlertsModule, HandoverModule],
  controllers: [SubjectAccessController],
  providers: [SubjectAccess],
})
export class SubjectAccessModule {}
