import type { LoggerService } from '@nestjs/common';
import type { OpenLog } from '../app/open-log.js';
import { openStoreToRead } from '../app/open-store.js';
import type { Settings } from '../app/settings.js';
import { type Instant, MINUTE, SECOND, toIso } from '../prison/instant.js';
import { systemClock } from '../store/clock.js';
import { LogTimeSettings } from '../store/log-time/log-time-settings.js';
import { Tick } from '../watch/tick.js';

/** Other clocks that write to a log may be ahead by so much, in milliseconds. */
const GRACE = 5 * SECOND;

/** The log is ahead of the clock of this machine. Nothing was stored. */
export class LogTimeAhead extends Error {
  readonly code = 'LOG_TIME_AHEAD';
  constructor(logTime: Instant) {
    super(sayAhead(logTime));
  }
}

const sayAhead = (logTime: Instant): string =>
  `The log says that it is ${toIso(logTime)} already, and the clock of this machine says ${toIso(systemClock.now())}. Set ` +
  'the clock right; if it is right, the log was written with a wrong clock. Run: custody-watch clock mend --it-is INSTANT';

/**
 * Up to when a log that was just opened knows of what happened, where that is later than the clock of this machine shows.
 * @throws StoreUnavailable, StoreUnreadable
 */
export const logAhead = async (
  { check, store }: Pick<OpenLog, 'check' | 'store'>,
  { streamPrefix }: Settings,
): Promise<Instant | undefined> => {
  if (!isAhead(check.latest)) return undefined;
  let last = -Infinity;
  for await (const { metadata } of store.readAll({ filter: { streamPrefixes: [streamPrefix] } }))
    last = Math.max(last, Date.parse(String(metadata['knownAt'])) || -Infinity);
  return isAhead(last) ? last : undefined;
};

const isAhead = (instant: Instant): boolean => instant - systemClock.now() > GRACE;

/**
 * Resolves once the clock of this machine is not behind the log any more, or log time was set. Says so meanwhile.
 * @throws StoreUnavailable, StoreUnreadable
 */
export const untilLogTime = async (
  logTime: Instant,
  settings: Settings,
  log: Pick<LoggerService, 'warn'>,
): Promise<void> => {
  const before = await settingsOf(settings);
  const reached = Promise.withResolvers<undefined>();
  let saidAt = -Infinity;
  const tick = new Tick(systemClock, async (now) => {
    if (Math.abs(now - saidAt) >= MINUTE) {
      log.warn(`${sayAhead(logTime)} Waiting.`, 'Clock');
      saidAt = now;
    }
    try {
      if (!isAhead(logTime) || (await settingsOf(settings)) !== before) reached.resolve(undefined);
    } catch (error) {
      reached.reject(error);
    }
  });
  tick.start();
  try {
    await reached.promise;
  } finally {
    await tick.stop();
  }
};

/** How often log time has been set. */
const settingsOf = async (settings: Settings): Promise<number> => {
  const store = await openStoreToRead(settings);
  try {
    return (await LogTimeSettings.read(store, settings.streamPrefix)).count;
  } finally {
    await store.close();
  }
};
