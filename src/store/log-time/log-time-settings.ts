import { type Instant, toIso } from '../../prison/instant.js';
import { clockStreamIn, saidOfTime } from '../clock-stream.js';
import type { EventStore, NewEvent, Position, RecordedEvent } from '../event-store.js';
import { MOST_AHEAD } from '../trusted-clock.js';

const LOG_TIME_SET = 'LogTimeSet';

/** Somebody said what time it was: what was written before, for a later instant, a clock wrote that was wrong. */
export interface LogTimeSetting {
  /** Where it stands in the log. */
  readonly position: Position;
  /** The time that it was. */
  readonly to: Instant;
  /** Log time before the first event that bears a later instant. */
  readonly believed: Instant;
}

/** As it goes into the log, so that it holds wherever the log is moved to. @param by user name */
export const logTimeSet = ({ to, believed }: Omit<LogTimeSetting, 'position'>, by: string): NewEvent =>
  saidOfTime(LOG_TIME_SET, { to: toIso(to), believed: toIso(believed) }, by, to);

/** The settings of log time that a log holds, in order; and with them when everything in it became known. See decision 0039. */
export class LogTimeSettings {
  constructor(
    private readonly all: readonly LogTimeSetting[],
    private readonly compare: (a: Position, b: Position) => number,
  ) {}

  /** As they stand in the log. @throws StoreUnavailable, StoreUnreadable */
  static async read(store: EventStore, prefix: string): Promise<LogTimeSettings> {
    const all: LogTimeSetting[] = [];
    for await (const event of store.readStream(clockStreamIn(prefix)))
      if (event.type === LOG_TIME_SET) all.push(settingIn(event));
    return new LogTimeSettings(all, (a, b) => store.compare(a, b));
  }

  get count(): number {
    return this.all.length;
  }

  /** Whether an event sets log time, and is none of these. */
  isNew({ type, position }: RecordedEvent): boolean {
    return type === LOG_TIME_SET && this.all.every((known) => this.compare(known.position, position) < 0);
  }

  /** An instant that was noted elsewhere when only the first so many were known: no later than what it was set to since. */
  noted(instant: Instant, known: number): Instant {
    return Math.min(instant, ...this.all.slice(known).map(({ to }) => to));
  }

  /** The event with the instants that its writer's clock gave it as they should have been; of all else, as it was written. */
  straight(event: RecordedEvent): RecordedEvent {
    if (this.all.length === 0) return event;
    const later = this.all.filter(({ position }) => this.compare(event.position, position) < 0);
    return later.reduce(straightened, withinItsTime(event));
  }
}

/** A log of which nobody ever had to say what time it was. */
export const NEVER_SET = new LogTimeSettings([], () => 0);

const settingIn = ({ position, data }: RecordedEvent): LogTimeSetting => ({
  position,
  to: Date.parse(String(data['to'])),
  believed: Date.parse(String(data['believed'])),
});

/** What a wrong clock wrote was written when the clock was right last, as far as anybody can tell. */
const straightened = (event: RecordedEvent, { to, believed }: LogTimeSetting): RecordedEvent => {
  const { data, metadata } = event;
  const then = toIso(believed);
  const isLate = (instant: unknown): boolean => typeof instant === 'string' && Date.parse(instant) > to;
  const recordedAt = isLate(metadata['recordedAt']) ? then : metadata['recordedAt'];
  if (isOurs(event) && isLate(data['at'])) return misdated(event, then, recordedAt);
  if (isOurs(event)) return { ...event, metadata: { ...metadata, recordedAt } };
  if (!isLate(metadata['knownAt'])) return event;
  return { ...event, metadata: { ...metadata, ...(recordedAt !== undefined && { recordedAt }), knownAt: then } };
};

/** What was decided by a log time that was ahead of the clock that wrote it: that clock was right. */
const withinItsTime = (event: RecordedEvent): RecordedEvent => {
  if (!isOurs(event)) return event;
  const { recordedAt } = event.metadata;
  const isLate = Date.parse(String(event.data['at'])) - Date.parse(String(recordedAt)) > MOST_AHEAD;
  return isLate ? misdated(event, String(recordedAt), recordedAt) : event;
};

/** Whether it is of something that the service did or decided itself. */
const isOurs = ({ data, metadata }: RecordedEvent): boolean =>
  typeof data['at'] === 'string' && data['at'] === metadata['knownAt'];

const misdated = (event: RecordedEvent, at: string, recordedAt: unknown): RecordedEvent => ({
  ...event,
  data: { ...event.data, at, misdated: true },
  metadata: { ...event.metadata, knownAt: at, recordedAt },
});
