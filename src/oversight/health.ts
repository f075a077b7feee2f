import { type Instant, toIso } from '../prison/instant.js';
import type { PeopleFeed } from '../custody/people/people-projection.js';
import type { KeyWorkFeed } from '../key-work/figures/key-work-projection.js';
import type { AlertProjection } from '../safety-alerts/list/alert-projection.js';
import type { Clock } from '../store/clock.js';
import type { Watch } from '../watch/watch.js';
import type { Readiness } from './readiness.js';

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
  readonly watch: Pick<Watch, 'failure' | 'parked' | 'lastTick'>;
  readonly alerts: Pick<AlertProjection, 'failure' | 'parked'>;
  readonly keyWork: Pick<KeyWorkFeed, 'failure'>;
  readonly people: Pick<PeopleFeed, 'failure' | 'hasCaughtUp'>;
  readonly readiness: Pick<Readiness, 'watch' | 'readModel' | 'keyWork' | 'ready'>;
}

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
   * DOWN when the watch or one of those who read the log for others has failed or stands still, or nobody can sign in.
   * Parked events are told, and do not make it DOWN.
   * @param signIn where there is a sign-in: the code of its trouble, if it has any
   */
  report(signIn?: { readonly trouble: string | undefined }): HealthReport {
    const { keyWork, people, readiness } = this.sources;
    const components = {
      watch: this.ofWatch(),
      readModel: this.ofReadModel(),
      keyWork: component(codeOf(keyWork.failure), { caughtUp: readiness.keyWork }),
      people: component(codeOf(people.failure), { caughtUp: people.hasCaughtUp }),
      ...(signIn && { signIn: component(signIn.trouble, {}) }),
    };
    const isUp = Object.values(components).every(({ status }) => status === 'UP');
    return { status: isUp ? 'UP' : 'DOWN', components };
  }

  /** DOWN until the log has been read to its end once; UP from then on. */
  ready(): HealthReport {
    const { watch, readModel, keyWork, ready } = this.sources.readiness;
    const component = (caughtUp: boolean): Component => ({ status: caughtUp ? 'UP' : 'DOWN', details: { caughtUp } });
    return {
      status: ready ? 'UP' : 'DOWN',
      components: { watch: component(watch), readModel: component(readModel), keyWork: component(keyWork) },
    };
  }

  private ofWatch(): Component {
    const { clock, watch, readiness } = this.sources;
    const { failure, parked, lastTick } = watch;
    const standsStill = clock.now() - (lastTick ?? this.startedAt) > LONGEST_SILENCE;
    return component(codeOf(failure) ?? (standsStill ? 'STANDS_STILL' : undefined), {
      caughtUp: readiness.watch,
      parked: parked.count,
      ...(lastTick !== undefined && { lastTick: toIso(lastTick) }),
    });
  }

  private ofReadModel(): Component {
    const { alerts, readiness } = this.sources;
    return component(codeOf(alerts.failure), { caughtUp: readiness.readModel, parked: alerts.parked.length });
  }
}

const component = (reason: string | undefined, details: Component['details']): Component =>
  reason === undefined ? { status: 'UP', details } : { status: 'DOWN', details: { reason, ...details } };

const codeOf = (error: Error | undefined): string | undefined =>
  error && 'code' in error ? String(error.code) : error?.name;
