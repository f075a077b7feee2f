import { type DynamicModule, Injectable, Logger, Module, type OnApplicationBootstrap } from '@nestjs/common';
import { APP_INTERCEPTOR } from '@nestjs/core';
import { StoreError } from '../store/errors.js';
import { EVENT_STORE, type EventStore } from '../store/event-store.js';
import { STREAM_PREFIX } from '../store/stream-prefix.js';
import { AccessLog } from './access-log.js';
import { AccessRecordsController } from './access-records.controller.js';
import { AccessRecords } from './list-access-records.js';
import { KnownUsers } from './known-users.js';
import { RecordAccess } from './record-access.interceptor.js';
import { RouteChecks } from './route-checks.js';
import { ListedSecurityEvents } from './list-security-events.js';
import { SecurityEventsController } from './security-events.controller.js';
import { SecurityEvents } from './security-events.js';
import { Spool } from './spool.js';

/** Brings what was spooled into the log: at the start, and with every tick. */
@Injectable()
export class SpoolWatch implements OnApplicationBootstrap {
  private readonly logger = new Logger(SpoolWatch.name);
  private troubled = false;

  constructor(private readonly log: AccessLog) {}

  onApplicationBootstrap(): Promise<void> {
    return this.tick();
  }

  /** What cannot be brought in stays where it is until the next tick, and is told once. */
  async tick(): Promise<void> {
    try {
      await this.log.catchUp();
      this.troubled = false;
    } catch (error) {
      if (!(error instanceof StoreError)) throw error;
      if (!this.troubled) this.logger.warn(`Records of who saw whom wait in the spool. ${error.message}`);
      this.troubled = true;
    }
  }
}

/**
 * The record of who saw whom, and of who was refused, came and went. EVENT_STORE, CLOCK, STREAM_PREFIX and PERSON_OF_ALERT are provided by the application; its
 * one timer ticks {@link SpoolWatch}.
 */
@Module({})
export class AccessRecordsModule {
  /**
   * @param folder of the service's data: for what the log cannot take just now
   * @param keeps whether records are kept: without a sign-in they would name nobody
   */
  static in(folder: string, keeps: boolean): DynamicModule {
    return {
      module: AccessRecordsModule,
      global: true,
      controllers: [AccessRecordsController, SecurityEventsController],
      providers: [
        {
          provide: AccessLog,
          inject: [EVENT_STORE, STREAM_PREFIX],
          useFactory: (store: EventStore, prefix: string) => new AccessLog(store, Spool.in(folder), prefix),
        },
        AccessRecords,
        SpoolWatch,
        SecurityEvents,
        ListedSecurityEvents,
        ...(keeps ? [KnownUsers, { provide: APP_INTERCEPTOR, useClass: RecordAccess }] : []),
        RouteChecks,
      ],
      exports: [SecurityEvents, ...(keeps ? [KnownUsers] : [])],
    };
  }
}
