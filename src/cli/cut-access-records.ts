import { ACCESS_STREAMS, dayOf } from '../access-records/access-record.js';
import { chainToRead } from '../app/chain.js';
import { openKeys } from '../app/open-keys.js';
import { openStoreToRead, type ReadableStore } from '../app/open-store.js';
import type { Settings } from '../app/settings.js';
import { DAY, toIso } from '../prison/instant.js';
import { cutRecorded, cutStreams, pastStreams, type PastStreams } from '../store/chain/cut-streams.js';
import { systemClock } from '../store/clock.js';
import { EmbeddedEventStore } from '../store/embedded/embedded-event-store.js';
import { EXIT, WrongUsage } from './exit.js';
import { writeLines } from './output.js';

/**
 * Counts the access records that are too old, on an event server, and cuts them off where that is wanted: beside the service.
 * What an earlier run recorded and did not come to is made good: the log still shows it, so nothing else is asked for.
 * @throws WrongUsage, StoreUnavailable, StoreAccessDenied, StoreUnreadable
 */
export const cutAccessRecords = async (settings: Settings, cut: boolean, json: boolean): Promise<void> => {
  const { accessRetentionDays: days } = settings;
  if (days === undefined)
    throw new WrongUsage('ACCESS_RETENTION_DAYS is not set, so no access record is kept too long. Set it to days.');
  const before = dayOf(toIso(systemClock.now() - days * DAY));
  const store = await openStoreToRead(settings);
  try {
    const { streams, events } = await recordsBefore(before, store, settings, cut);
    const what = { before, streams: streams.length, records: events, cut };
    await writeLines([json ? JSON.stringify(what) : inWords(what)], String);
  } finally {
    await store.close();
  }
  process.exitCode = EXIT.done;
};

const inWords = ({ before, records, cut }: { before: string; records: number; cut: boolean }): string => {
  const one = records === 1;
  const which = `${records} access ${one ? 'record' : 'records'} from before ${before}`;
  if (!cut) return `${which} can go.`;
  return `${which} ${one ? 'is' : 'are'} cut off. The server shows ${one ? 'it' : 'them'} to readers of $all until it has been scavenged.`;
};

const recordsBefore = async (
  before: string,
  store: ReadableStore,
  settings: Settings,
  cut: boolean,
): Promise<PastStreams> => {
  if (store instanceof EmbeddedEventStore)
    throw new WrongUsage('From the embedded log nothing is ever cut off. Access records go from an event server only.');
  const { streamPrefix: prefix } = settings;
  const { keys } = await openKeys(settings, store, systemClock);
  const chain = await chainToRead(store, prefix, keys);
  if (!chain) throw new WrongUsage('The chain of this log has not begun: start the service once.');
  const log = { ...chain, store, prefix };
  const begins = prefix + ACCESS_STREAMS;
  const past = await pastStreams(log, begins, (stream) => stream < begins + before);
  if (cut) {
    await cutRecorded(log, past.shown);
    await cutStreams(log, past.streams, 'local', systemClock.now());
  }
  return past;
};
