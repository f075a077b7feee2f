import { type ArgumentsHost, Catch, type ExceptionFilter, Global, type INestApplication, Module } from '@nestjs/common';
import { Test } from '@nestjs/testing';
import type { Response } from 'express';
import type { Server } from 'node:http';
import { answerTo } from '../../src/app/error-answer.js';
import { noSignIn, recogniseWith } from '../../src/access/sign-in.js';
import { InMemoryKeyRing } from '../in-memory-key-ring.js';
import { Seals, SEALS } from '../../src/personal-data/seals.js';
import { HOLDERS, type Holders } from '../../src/access/holders.js';
import {
  EVIDENCE_SOURCE,
  type EvidenceSource,
  PRESENT_REASONS,
  RULE_SOURCE,
  type RuleSource,
} from '../../src/safety-alerts/ports.js';
import { SafetyAlertsModule } from '../../src/safety-alerts/safety-alerts.module.js';
import { CLOCK } from '../../src/store/clock.js';
import { EVENT_STORE } from '../../src/store/event-store.js';
import { STREAM_PREFIX } from '../../src/store/stream-prefix.js';
import { InMemoryEventStore } from '../in-memory-event-store.js';
import { at } from '../safety-alerts/given.js';
import { VirtualClock } from '../virtual-clock.js';

const evidence: EvidenceSource = {
  eventsOf: (prisonNumber, ids) =>
    Promise.resolve(
      ids.filter((id) => id !== 'erased').map((id) => ({ id, type: 'KeyWorkerSessionHeld', prisonNumber })),
    ),
};

const rules: RuleSource = {
  rule: (id) =>
    id === 'KW-01'
      ? {
          name: 'No key worker session in seven days',
          source: [{ ref: 'PPO', says: 'every week' }],
          because: 'Seven days are ours.',
          worstStep: 'HIGH',
        }
      : undefined,
};

/** What the rules say of everybody now, by rule. */
export const now = new Map<string, string>();

const nobodyKnows: Holders = {
  readable: () => Promise.resolve(),
  holderOf: () => undefined,
  takeoverOf: () => undefined,
  numbersOf: (number) => [number],
};

@Global()
@Module({
  providers: [
    { provide: EVENT_STORE, useClass: InMemoryEventStore },
    { provide: CLOCK, useFactory: () => new VirtualClock(Date.parse(at(12))) },
    { provide: STREAM_PREFIX, useValue: 'test_' },
    { provide: SEALS, useFactory: () => new Seals(new InMemoryKeyRing()) },
    { provide: EVIDENCE_SOURCE, useValue: evidence },
    { provide: RULE_SOURCE, useValue: rules },
    { provide: PRESENT_REASONS, useValue: { reasonsOf: () => Promise.resolve(now) } },
    { provide: HOLDERS, useValue: nobodyKnows },
  ],
  exports: [PRESENT_REASONS, EVENT_STORE, CLOCK, STREAM_PREFIX, SEALS, EVIDENCE_SOURCE, RULE_SOURCE, HOLDERS],
})
class AroundModule {}

/** Answers with the status that the table of errors says; the shape of the body is the application's. */
@Catch()
class AnswerErrors implements ExceptionFilter {
  catch(error: unknown, host: ArgumentsHost): void {
    const { status, code, message, details } = answerTo(error);
    host
      .switchToHttp()
      .getResponse<Response>()
      .status(status)
      .json({ code, message, ...details });
  }
}

/** The safety alerts on a log in memory, at 12:00 of the day of the stories. */
export async function safetyAlertsApp(): Promise<INestApplication<Server>> {
  const built = await Test.createTestingModule({ imports: [AroundModule, SafetyAlertsModule] }).compile();
  const app = built.createNestApplication<INestApplication<Server>>();
  app.useLogger(false);
  app.useGlobalFilters(new AnswerErrors());
  app.use(recogniseWith(noSignIn));
  return app.init();
}
