import type { Chance } from '../../src/generate/chance.js';
import { DAY, HOUR, MINUTE, SECOND, toIso } from '../../src/prison/instant.js';
import { MOST_AHEAD } from '../../src/store/trusted-clock.js';
import { loadCheckpoint } from '../../src/watch/checkpoint.js';
import { verify } from '../../src/watch/verify.js';
import { ServiceApp } from '../http/service-app.js';
import type { SiegePart } from './siege-part.js';

const PEOPLE = ['A0001AA', 'A0002AA', 'A0003AA', 'A0004AA', 'A0005AA', 'A0006AA'];
const HAPPENINGS: readonly (readonly [string, object])[] = [
  ['PrisonerReceived', { reason: 'NEW_ADMISSION' }],
  ['PrisonerReleased', { reason: 'SENT_TO_COURT' }],
  ['PrisonerReceived', { reason: 'RETURN_FROM_COURT' }],
  ['KeyWorkerAllocated', { staffId: '1001' }],
  ['KeyWorkerSessionHeld', { staffId: '1001' }],
  ['SelfHarmReported', {}],
  ['AcctOpened', {}],
  ['AcctClosed', {}],
  ['SegregationStarted', { authority: 'RULE_45_GOOD_ORDER' }],
  ['SegregationEnded', {}],
  ['ChaplaincyContactHeld', {}],
];
/** How far a clock goes wrong. */
const LEAPS = [30 * SECOND, 2 * MINUTE, HOUR, 3 * DAY, 60 * DAY, 2 * 365 * DAY];
/** How much time passes. */
const PAUSES = [10 * SECOND, MINUTE, HOUR, 6 * HOUR, 3 * DAY];

/** An event as it is sent; sent again, where it was not taken. */
interface SentEvent {
  readonly id: string;
  readonly occurredAt: string;
}

/**
 * Sets the clock of the machine forward and back, again and again, while things happen and time passes, in virtual time. The
 * service may take in nothing while the clock is ahead, date nothing by it, and has to come out as the rules say once it is
 * right.
 */
export const clockJumps: SiegePart = async ({ jumps, chance }) => {
  const service = await ServiceApp.start();
  const siege = new JumpingClock(service, chance);
  try {
    for (let jump = 0; jump < jumps && siege.findings.length === 0; jump++) await siege.jump();
    await siege.comeRight();
  } finally {
    await service.stop();
  }
  const { findings, sent, refused, alerts } = siege;
  return {
    verdict: `${jumps} times the clock was set, ${sent} events stored, ${refused} refused meanwhile, ${alerts} safety alerts`,
    findings,
  };
};

class JumpingClock {
  readonly findings: string[] = [];
  sent = 0;
  refused = 0;
  alerts = 0;
  private untaken: SentEvent[] = [];
  private count = 0;
  private readonly began: number;

  constructor(
    private readonly service: ServiceApp,
    private readonly chance: Chance,
  ) {
    this.began = service.clock.now();
  }

  /** The clock is set, some time passes, and some things happen. */
  async jump(): Promise<void> {
    const { machine } = this.service;
    const leap = this.chance.pick(LEAPS);
    const kind = this.chance.pick(['ahead', 'back', 'right', 'right'] as const);
    if (kind === 'right') await this.setRight();
    else machine.ahead += kind === 'ahead' ? leap : -leap;
    await this.lookAtTheHealth(kind);
    for (let n = this.chance.between(0, 3); n > 0; n--) {
      await this.happens();
      await this.pass(this.chance.pick(PAUSES));
    }
    await this.lookAtTheAlerts();
  }

  /** The clock is right at last, what was refused is sent again, and all is decided on. */
  async comeRight(): Promise<void> {
    const { service } = this;
    await this.setRight();
    for (const event of this.untaken.splice(0)) await this.send(event);
    if (this.untaken.length > 0)
      this.findings.push(`${this.untaken.length} events are refused by a clock that is right`);
    await service.settle();
    let isUp = false;
    // Where the clock had got ahead little by little, the log has to be caught up with.
    for (let hours = 0; hours <= this.mostAhead / HOUR && !isUp; hours++) {
      await this.pass(HOUR);
      isUp = (await service.http.get('/health')).status === 200;
    }
    if (!isUp) this.findings.push('health is DOWN though the clock is right');
    await this.lookAtTheAlerts();
    await this.verify();
  }

  /** The clock is right, and where it is not believed, since it was behind for long, somebody says so. */
  private async setRight(): Promise<void> {
    const { machine, estate, http } = this.service;
    machine.ahead = 0;
    if (estate.clock.doubt !== undefined) await http.post('/clock/accept').send({});
    if (estate.clock.doubt !== undefined) this.findings.push('a clock that is right is not believed, whoever says so');
  }

  /** By so much, and no more, a clock may have got ahead little by little. */
  private get mostAhead(): number {
    return MOST_AHEAD + (this.service.clock.now() - this.began) / 60;
  }

  private async happens(): Promise<void> {
    const [type, data] = this.chance.pick(HAPPENINGS);
    const id = `00000000-0000-4000-8000-${String(this.count++).padStart(12, '0')}`;
    const occurredAt = toIso(this.service.clock.now());
    await this.send({
      id,
      occurredAt,
      type,
      prisonNumber: this.chance.pick(PEOPLE),
      prisonId: 'XYI',
      data,
    } as SentEvent);
  }

  private async send(event: SentEvent): Promise<void> {
    const { clock, estate } = this.service;
    const isDoubted = estate.clock.doubt !== undefined;
    const { status } = await this.service.send(event);
    if (status === 201) this.sent++;
    else {
      this.refused++;
      this.untaken.push(event);
    }
    // What a clock that is behind has not come to yet is refused as well.
    const shown = estate.clock.now();
    const hasCome = Date.parse(event.occurredAt) <= shown;
    if (hasCome && status !== (isDoubted ? 503 : 201))
      this.findings.push(
        `${toIso(clock.now())}: an event is answered ${status} while the clock shows ${toIso(shown)}` +
          (isDoubted ? ', in doubt' : ''),
      );
  }

  private async pass(milliseconds: number): Promise<void> {
    this.service.clock.pass(milliseconds);
    await this.service.tick();
  }

  private async lookAtTheHealth(kind: string): Promise<void> {
    const { estate, clock, machine } = this.service;
    const ahead = estate.clock.now() - clock.now();
    if (ahead > this.mostAhead)
      this.findings.push(
        `${toIso(clock.now())}: a clock that is ${machine.ahead} ms ahead is believed after it went ${kind}`,
      );
    const { status } = await this.service.http.get('/health');
    if (estate.clock.doubt !== undefined && status !== 503)
      this.findings.push(`${toIso(clock.now())}: health is UP while the time is in doubt`);
  }

  /** None may be dated by a clock that was ahead. */
  private async lookAtTheAlerts(): Promise<void> {
    const answer = await this.service.http.get('/safety-alerts?size=200&sort=raisedAt,desc');
    const { content, totalElements } = answer.body as {
      content: { raisedAt: string; rule: string }[];
      totalElements: number;
    };
    this.alerts = totalElements;
    const now = this.service.clock.now();
    for (const { raisedAt, rule } of content)
      if (Date.parse(raisedAt) > now + this.mostAhead)
        this.findings.push(`${toIso(now)}: ${rule} is raised for ${raisedAt}, which has not come yet`);
  }

  private async verify(): Promise<void> {
    const { store, checkpoints, rulebook, days, settings, logTime } = this.service.estate;
    const upTo = await loadCheckpoint(checkpoints, { logTime });
    const { findings } = await verify({ store, prefix: settings.streamPrefix, rulebook, days, upTo });
    for (const finding of findings) this.findings.push(`verify: ${JSON.stringify(finding)}`);
  }
}
