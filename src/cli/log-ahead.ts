import type { LoggerService } from '@nestjs/common';
import type { OpenLog } from '../app/open-log.js';
import { openStoreToRead } from '../app/open-store.js';
import type { Settings } from '../app/settings.js';
import { type Instant, MINUTE, SECOND, toIso } from '../prison/instant.js';
import { systemClock } from '../store/clock.js';
import { askServerTime } from '../store/clock-stream.js';
import { EventStoreDbEventStore } from '../store/eventstoredb/eventstoredb-event-store.js';
import { LogTimeSettings } from '../store/log-time/log-time-settings.js';
import { Tick } from '../watch/tick.js';

/** Other clocks that write to a log may be ahead by so much, in milliseconds. */
const GRACE = 5 * SECOND;

/** What says that it is later than the clock of this machine shows. */
export interface TimeAhead {
  readonly says: 'log' | 'event server';
  readonly at: Instant;
}

/** The log, or the event server that keeps it, is ahead of the clock of this machine. No custody event was stored. */
export class LogTimeAhead extends Error {
  readonly code = 'LOG_TIME_AHEAD';
  constructor(ahead: TimeAhead) {
    super(sayAhead(ahead));
  }
}

const sayAhead = ({ says, at }: TimeAhead): string =>
  `The ${says} says that it is ${toIso(at)} already, and the clock of this machine says ${toIso(systemClock.now())}. ` +
  CURE[says];

const CURE: Readonly<Record<TimeAhead['says'], string>> = {
  log:
    'Set the clock right; if it is right, the log was written with a wrong clock. Run: custody-watch clock mend --it-is ' +
    'INSTANT',
  'event server': 'Set right the clock of whichever machine is wrong.',
};

/**
 * What says that it is later than the clock of this machine shows: a log that was just opened, by what it knows of, or the
 * event server that keeps it, by its own clock. @throws StoreUnavailable, StoreUnreadable
 */
export const logAhead = async (
  open: Pick<OpenLog, 'check' | 'store' | 'held' | 'chained'>,
  { streamPrefix }: Settings,
): Promise<TimeAhead | undefined> => (await knownAhead(open, streamPrefix)) ?? (await serverAhead(open, streamPrefix));

const knownAhead = async (
  { check, store }: Pick<OpenLog, 'check' | 'store'>,
  prefix: string,
): Promise<TimeAhead | undefined> => {
  if (!isAhead(check.latest)) return undefined;
  let last = -Infinity;
  for await (const { metadata } of store.readAll({ filter: { streamPrefixes: [prefix] } }))
    last = Math.max(last, Date.parse(String(metadata['knownAt'])) || -Infinity);
  return isAhead(last) ? { says: 'log', at: last } : undefined;
};

/** What was written last says what the server's clock was then. That one may have been put right since: so it is asked. */
const serverAhead = async (
  { held, chained }: Pick<OpenLog, 'held' | 'chained'>,
  prefix: string,
): Promise<TimeAhead | undefined> => {
  if (!(held instanceof EventStoreDbEventStore)) return undefined;
  if (!isAhead((await held.lastWritten()) ?? -Infinity)) return undefined;
  await askServerTime(chained, prefix, systemClock.now());
  const at = (await held.lastWritten()) ?? -Infinity;
  return isAhead(at) ? { says: 'event server', at } : undefined;
};

const isAhead = (instant: Instant): boolean => instant - systemClock.now() > GRACE;

/**
 * Resolves once the clock of this machine is not behind any more, or log time was set; where it is an event server that is
 * ahead, after a minute too, since only a new question says whether it still is. Says so meanwhile.
 * @throws StoreUnavailable, StoreUnreadable
 */
export const untilLogTime = async (
  ahead: TimeAhead,
  settings: Settings,
  log: Pick<LoggerService, 'warn'>,
): Promise<void> => {
  const before = await settingsOf(settings);
  const reached = Promise.withResolvers<undefined>();
  let saidAt = -Infinity;
  const tick = new Tick(systemClock, async (now) => {
    const isToAsk = ahead.says === 'event server' && now - saidAt >= MINUTE && saidAt > -Infinity;
    if (Math.abs(now - saidAt) >= MINUTE) {
      log.warn(`${sayAhead(ahead)} Waiting.`, 'Clock');
      saidAt = now;
    }
    try {
      if (isToAsk || !isAhead(ahead.at) || (await settingsOf(settings)) !== before) reached.resolve(undefined);
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
