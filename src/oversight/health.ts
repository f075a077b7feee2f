import { type Instant, toIso } from '../prison/instant.js';
import type { DigestKeeper } from '../store/chain/digest-keeper.js';
import type { Clock } from '../store/clock.js';
import type { Position } from '../store/event-store.js';
import type { PendingProjection } from '../custody/pending/pending-projection.js';
import type { Projection } from '../store/projection.js';
import type { ParkedEvent } from '../store/unreadable-event.js';
import type { Watch } from '../watch/watch.js';
import { codeOf } from '../prison/errors.js';
import type { ClockTrust } from './clock-trust.js';

/** A watch that has not looked at what fell due for longer than this, in milliseconds, stands still. */
const LONGEST_SILENCE = 60_000;

type Status = 'UP' | 'DOWN';

interface Component {
  readonly status: Status;
  readonly details: Readonly<Record<string, string | number | boolean>>;
}

/** As HMPPS services report; see the service's `/health`. */
export interface HealthReport {
  readonly status: Status;
  readonly components: Readonly<Record<string, Component>>;
}

/** What health looks at. */
export interface HealthSources {
  readonly clock: Clock;
  readonly watch: Pick<
    Watch,
    'failure' | 'caughtUp' | 'parked' | 'lastTick' | 'openTellings' | 'silentFeeds' | 'heldEvents'
  >;
  readonly time: Pick<ClockTrust, 'trouble' | 'details'>;
  readonly alerts: ProjectionState;
  readonly keyWork: ProjectionState;
  readonly people: ProjectionState;
  readonly handovers: ProjectionState;
  readonly pending: ProjectionState & Pick<PendingProjection, 'waiting' | 'overdue'>;
  /** Where the log hangs in a chain. */
  readonly digests?: Pick<DigestKeeper, 'failure' | 'caughtUp' | 'damaged'> | undefined;
}

type ProjectionState = Pick<Projection, 'failure' | 'caughtUp' | 'parked'>;

/**
 * How the service is. Errors are told by their code: their messages may name a stream, and with it a person, and health is
 * open to all.
 */
export class Health {
  private readonly startedAt: Instant;

  constructor(private readonly sources: HealthSources) {
    this.startedAt = sources.clock.now();
  }

  /**
   * DOWN when the watch or one of those who read the log for others has failed or stands still, the time is in doubt,
   * something in the log is not as it was written, or nobody can sign in.
   * Parked events, and what is pending, are told and do not make it DOWN.
   * @param signIn where there is a sign-in: the code of its trouble, if it has any
   */
  report(signIn?: { readonly trouble: string | undefined }): HealthReport {
    const { digests, time } = this.sources;
    const components = {
      ...this.followers(),
      clock: component(time.trouble, time.details),
      ...(digests && { log: ofLog(digests) }),
      ...(signIn && { signIn: component(signIn.trouble, {}) }),
    };
    return { status: areUp(components) ? 'UP' : 'DOWN', components };
  }

  /** Whether all that is shown is brought up to date with the log. What is damaged in the log does not get better by waiting. */
  get isFollowed(): boolean {
    return areUp(this.followers());
  }

  /**
   * Whether the watch, the read model and key work have read the log to its end once. It stays so: a service whose log is
   * away for a while still answers what it knows.
   */
  get isReady(): boolean {
    const { watch, alerts, keyWork } = this.sources;
    return watch.caughtUp && alerts.caughtUp && keyWork.caughtUp;
  }

  /** What those who follow the log have set aside, by its position: each event once. */
  get parked(): ReadonlyMap<Position, ParkedEvent> {
    const { watch, alerts, keyWork, people, handovers, pending } = this.sources;
    const all = [watch.parked.all, ...[alerts, keyWork, people, handovers, pending].map(({ parked }) => parked)];
    return new Map(all.flatMap((parked) => [...parked]));
  }

  /** DOWN until the service {@link isReady}; UP from then on. */
  ready(): HealthReport {
    const { watch, alerts, keyWork } = this.sources;
    const component = ({ caughtUp }: { readonly caughtUp: boolean }): Component => ({
      status: caughtUp ? 'UP' : 'DOWN',
      details: { caughtUp },
    });
    return {
      status: this.isReady ? 'UP' : 'DOWN',
      components: { watch: component(watch), readModel: component(alerts), keyWork: component(keyWork) },
    };
  }

  private followers(): Readonly<Record<string, Component>> {
    const { clock, alerts, keyWork, people, handovers, pending } = this.sources;
    return {
      watch: this.ofWatch(),
      readModel: ofProjection(alerts),
      keyWork: ofProjection(keyWork),
      people: ofProjection(people),
      handovers: ofProjection(handovers),
      pendingEvents: ofProjection(pending, { waiting: pending.waiting, overAnHour: pending.overdue(clock.now()) }),
    };
  }

  private ofWatch(): Component {
    const { clock, watch } = this.sources;
    const { failure, caughtUp, parked, lastTick } = watch;
    const standsStill = clock.now() - (lastTick ?? this.startedAt) > LONGEST_SILENCE;
    return component((failure && codeOf(failure)) ?? (standsStill ? 'STANDS_STILL' : undefined), {
      caughtUp,
      parked: parked.count,
      openTellings: watch.openTellings,
      silentFeeds: watch.silentFeeds.length,
      heldEvents: watch.heldEvents,
      ...(lastTick !== undefined && { lastTick: toIso(lastTick) }),
    });
  }
}

const areUp = (components: HealthReport['components']): boolean =>
  Object.values(components).every(({ status }) => status === 'UP');

const ofLog = ({ failure, caughtUp, damaged }: NonNullable<HealthSources['digests']>): Component =>
  component(damaged > 0 ? 'LOG_DAMAGED' : failure && codeOf(failure), { caughtUp, damaged });

const ofProjection = ({ failure, caughtUp, parked }: ProjectionState, more: Component['details'] = {}): Component =>
  component(failure && codeOf(failure), { caughtUp, parked: parked.size, ...more });

const component = (reason: string | undefined, details: Component['details']): Component =>
  reason === undefined ? { status: 'UP', details } : { status: 'DOWN', details: { reason, ...details } };
