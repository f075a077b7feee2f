import { mkdirSync } from 'node:fs';
import type { Chance, Weighted } from '../../src/generate/chance.js';
import { MINUTE, toIso } from '../../src/prison/instant.js';
import { systemClock } from '../../src/store/clock.js';
import { Tick } from '../../src/watch/tick.js';
import { RunningService } from './running-service.js';
import type { SiegePart } from './siege-part.js';

const EVENTS_A_SECOND = 50;
const PEOPLE = 5_000;
/** In milliseconds: 99 of 100 answers come sooner. */
const LONGEST_ANSWER = 300;
/** In bytes a minute, once it has warmed up. */
const MOST_GROWTH = 1024 * 1024;
/** So long, but no more than a third of the run. */
const WARMING_UP = 10 * MINUTE;
/** In milliseconds. */
const LONGEST_END = 60_000;

/** How often each happens, of 1,000 events: for the most part key work, as in a prison. */
const HAPPENINGS: readonly Weighted<readonly [string, object]>[] = (
  [
    [600, 'KeyWorkerSessionHeld', { staffId: '1001', minutes: 45 }],
    [100, 'KeyWorkerSessionMissed', { reason: 'DECLINED' }],
    [100, 'KeyWorkerAllocated', { staffId: '1002' }],
    [50, 'PrisonerReleased', { reason: 'SENT_TO_COURT' }],
    [50, 'PrisonerReceived', { reason: 'RETURN_FROM_COURT' }],
    [40, 'CellMoved', { location: 'A-1-003', segregationUnit: false }],
    [20, 'SelfHarmReported', {}],
    [20, 'AcctOpened', {}],
    [20, 'AcctClosed', {}],
  ] as const
).map(([weight, ...value]) => ({ weight, value }));

/**
 * Sends 50 events a second, one by one, of 5,000 people, and looks at lists meanwhile: what the service holds in memory may
 * not grow, and its answers have to come.
 */
export const steadyLoad: SiegePart = async ({ minutes, chance, folder }) => {
  mkdirSync(folder, { recursive: true });
  const service = await RunningService.serving(folder);
  const load = new SteadyLoad(service, chance);
  await load.fill();
  const until = systemClock.now() + minutes * MINUTE;
  const over = Promise.withResolvers<undefined>();
  const tick = new Tick(systemClock, async (now) => {
    if (now >= until) over.resolve(undefined);
    else await load.second(now).catch(over.reject);
  });
  tick.start();
  try {
    const early = await Promise.race([over.promise, service.ended]);
    if (early) load.findings.push(`the service ended by itself: ${early.said}`);
  } finally {
    await tick.stop();
  }
  const ended = await service.stop(LONGEST_END);
  if (ended?.code !== 0) load.findings.push(`it does not stop as it should: ${ended?.said ?? 'at all'}`);
  return load.verdict(minutes);
};

class SteadyLoad {
  readonly findings: string[] = [];
  /** In milliseconds. */
  private readonly waits: number[] = [];
  private readonly memory: { readonly at: number; readonly bytes: number }[] = [];
  private refused = 0;

  constructor(
    private readonly service: RunningService,
    private readonly chance: Chance,
  ) {}

  /** Everybody arrives. */
  async fill(): Promise<void> {
    const people = Array.from({ length: PEOPLE }, (_, n) => n);
    const occurredAt = toIso(systemClock.now() - MINUTE);
    const arrivals = people.map((n) => happened(n, occurredAt, 'PrisonerReceived', { reason: 'NEW_ADMISSION' }));
    await this.service.post('/custody-events', arrivals.join('\n'), 'application/x-ndjson');
  }

  /** What happens in a second, and who looks. */
  async second(now: number): Promise<void> {
    this.memory.push({ at: now, bytes: this.service.residentSet() });
    for (let n = 0; n < EVENTS_A_SECOND; n++) {
      const [type, data] = this.chance.weighted(HAPPENINGS);
      const event = happened(this.chance.between(0, PEOPLE - 1), toIso(now), type, data);
      await this.timed(async () => (await this.service.post('/custody-events', event)) === 201);
    }
    await this.timed(async () => (await this.service.get('/safety-alerts?state=OPEN&sort=severity,desc')).ok);
  }

  verdict(minutes: number): { verdict: string; findings: string[] } {
    const [first, last] = [this.memory[0]?.at ?? 0, this.memory.at(-1)?.at ?? 0];
    const warm = this.memory.filter(({ at }) => at >= first + Math.min(WARMING_UP, (last - first) / 3));
    const growth = slopeOf(warm.map(({ at, bytes }) => [at / MINUTE, bytes]));
    const slow = this.waits.sort((a, b) => a - b)[Math.floor(this.waits.length * 0.99)] ?? 0;
    const rate = this.waits.length / Math.max(1, (last - first) / 1000);
    if (this.refused > 0) this.findings.push(`${this.refused} requests were refused`);
    if (growth > MOST_GROWTH) this.findings.push(`memory grows by ${inMegabytes(growth)} MB a minute`);
    if (slow > LONGEST_ANSWER) this.findings.push(`one answer in a hundred takes more than ${slow.toFixed(0)} ms`);
    return {
      verdict:
        `${minutes} minutes, ${this.waits.length} answers, ${rate.toFixed(0)} a second, 99 % within ${slow.toFixed(0)} ms; ` +
        `memory ${inMegabytes(warm.at(-1)?.bytes ?? 0)} MB, grows by ${inMegabytes(growth)} MB a minute`,
      findings: this.findings,
    };
  }

  private async timed(asked: () => Promise<boolean>): Promise<void> {
    const before = performance.now();
    const isAnswered = await asked();
    this.waits.push(performance.now() - before);
    if (!isAnswered) this.refused++;
  }
}

const happened = (person: number, occurredAt: string, type: string, data: object): string =>
  JSON.stringify({
    id: crypto.randomUUID(),
    type,
    prisonNumber: `A${String(person).padStart(4, '0')}AA`,
    prisonId: 'XYI',
    occurredAt,
    data,
  });

/** The slope of the line that fits best. */
const slopeOf = (points: readonly (readonly [number, number])[]): number => {
  const mean = (of: 0 | 1): number => points.reduce((sum, point) => sum + point[of], 0) / Math.max(1, points.length);
  const [x, y] = [mean(0), mean(1)];
  const spread = points.reduce((sum, [at]) => sum + (at - x) ** 2, 0);
  return spread === 0 ? 0 : points.reduce((sum, [at, value]) => sum + (at - x) * (value - y), 0) / spread;
};

const inMegabytes = (bytes: number): string => (bytes / 1024 / 1024).toFixed(2);
