import { type Command, Option } from 'commander';
import { openLog, type OpenLog } from '../app/open-log.js';
import { openStoreToRead } from '../app/open-store.js';
import { readSettings, type Settings } from '../app/settings.js';
import { asTold, type ParkedEventBody, personOfStream, type UnreadLogEvent } from '../oversight/parked/parked-event.js';
import type { ParkedEventsBody, RetriedEvents } from '../oversight/parked/parked-events.controller.js';
import { unreadableIn } from '../oversight/parked/unreadable-log.js';
import {
  DROP_REASONS,
  DroppedEvents,
  dropEvent,
  type DropReason,
  retryEvents,
} from '../store/dropped/dropped-events.js';
import { withoutDropped } from '../store/dropped/remaining-event-store.js';
import { holderOf } from '../store/embedded/writer-lock.js';
import type { EventStore } from '../store/event-store.js';
import { machineClock } from '../store/trusted-clock.js';
import { EXIT, WrongUsage } from './exit.js';
import { table, writeLines } from './output.js';
import { getFromService, postToService } from './through-service.js';

export const parkedVerb = (program: Command): void => {
  const parked = program
    .command('parked')
    .description('Events of the log that cannot be read: while somebody has one, none of their safety alerts closes.');
  parked
    .command('list')
    .description('Tells them, and those that were dropped. Ends with 1 where any is set aside.')
    .option('--json', 'one JSON object a line')
    .action(list);
  parked
    .command('retry')
    .description(
      'Has them read again, after an upgrade or a repair of the log: what can be read by now counts in its place. Every ' +
        'service reads the log anew.',
    )
    .argument('[position]', 'of one event, which may have been dropped; without it, all that are set aside')
    .action(retry);
  parked
    .command('drop')
    .description(
      'Drops an event: nobody reads it any more, and what it held open closes. The log keeps it, and who dropped it and ' +
        'why. Have somebody look at the person first.',
    )
    .argument('<position>', 'of the event, as "parked list" tells it')
    .addOption(
      new Option('--because <code>', 'why it need not be read').choices([...DROP_REASONS]).makeOptionMandatory(),
    )
    .action(drop);
};

const list = async ({ json = false }: { readonly json?: boolean }): Promise<void> => {
  const settings = readSettings(process.env);
  const holder = holderOf(settings.dataDir);
  const all = holder
    ? (await getFromService<ParkedEventsBody>(holder, '/parked-events')).content
    : await toldOf(settings);
  if (json) await writeLines(all, JSON.stringify);
  else if (all.length === 0) await writeLines(['Every event of the log can be read, and none was dropped.'], String);
  else await writeLines(table(all.map(inATable), COLUMNS), String);
  process.exitCode = all.some(({ dropped }) => dropped === null) ? EXIT.found : EXIT.done;
};

const COLUMNS = ['position', 'kind', 'type', 'prisonNumber', 'reason', 'knownAt', 'dropped'] as const;

const inATable = ({ dropped, ...event }: ParkedEventBody) => ({
  ...event,
  dropped: dropped && `${dropped.because} by ${dropped.by} at ${dropped.at}`,
});

const retry = async (position?: string): Promise<void> => {
  const settings = readSettings(process.env);
  const holder = holderOf(settings.dataDir);
  const { events } = holder
    ? await postToService<RetriedEvents>(holder, '/parked-events/retry', position === undefined ? {} : { position })
    : await inLog(settings, (log) => retryHere(log, settings, position));
  await writeLines(
    [
      events === 0
        ? 'No event is set aside: there was nothing to do.'
        : `${events === 1 ? '1 event is' : `${events} events are`} read again. "custody-watch parked list" tells what still cannot be.`,
    ],
    String,
  );
  process.exitCode = EXIT.done;
};

const drop = async (position: string, { because }: { readonly because: DropReason }): Promise<void> => {
  const settings = readSettings(process.env);
  const holder = holderOf(settings.dataDir);
  await (holder
    ? postToService(holder, '/parked-events/drop', { position, because })
    : inLog(settings, (log) => dropHere(log, settings, position, because)));
  await writeLines(
    [`The event at position ${position} is dropped. "custody-watch parked retry ${position}" takes that back.`],
    String,
  );
  process.exitCode = EXIT.done;
};

/** @throws WrongUsage where nothing is set aside there */
const dropHere = async (log: OpenLog, settings: Settings, position: string, because: DropReason): Promise<void> => {
  const { stream, reason, recorded, prisonNumber } = at(position, await unreadIn(log.store, log.dropped, settings));
  const person = prisonNumber ?? personOfStream(stream);
  const named = { stream, id: recorded.id, reason, because, ...(person !== undefined && { prisonNumber: person }) };
  await dropEvent(log.chained, settings.streamPrefix, named, { by: 'local', now: machineClock().now() });
};

/** @throws WrongUsage where nothing is set aside there */
const retryHere = async (log: OpenLog, settings: Settings, position?: string): Promise<RetriedEvents> => {
  const all = await unreadIn(log.store, log.dropped, settings);
  const meant = position === undefined ? all.filter(({ dropped }) => !dropped) : [at(position, all)];
  const names = meant.map(({ stream, recorded: { id } }) => ({ stream, id }));
  if (names.length > 0)
    await retryEvents(log.chained, settings.streamPrefix, names, { by: 'local', now: machineClock().now() });
  return { events: names.length };
};

const at = (position: string, all: readonly UnreadLogEvent[]): UnreadLogEvent => {
  const found = all.find(({ recorded }) => recorded.position === position);
  if (!found) throw new WrongUsage(`No event is set aside at position ${position}. See "custody-watch parked list".`);
  return found;
};

/** What cannot be read, as everybody reads the log, and what was dropped. */
const unreadIn = async (
  store: EventStore,
  dropped: DroppedEvents,
  { streamPrefix }: Settings,
): Promise<UnreadLogEvent[]> => {
  const found: UnreadLogEvent[] = [];
  for await (const event of unreadableIn(store, streamPrefix)) found.push(event);
  for (const event of dropped.all) {
    const { stream, id, reason, prisonNumber } = event;
    const recorded = await store.findEvent(streamPrefix + stream, id);
    if (recorded) found.push({ recorded, stream, reason, prisonNumber, dropped: event });
  }
  return found;
};

const toldOf = async (settings: Settings): Promise<ParkedEventBody[]> => {
  const store = await openStoreToRead(settings);
  try {
    const dropped = await DroppedEvents.read(store, settings.streamPrefix);
    const events = await unreadIn(withoutDropped(store, dropped), dropped, settings);
    return events.map((event) => asTold(event, true));
  } finally {
    await store.close();
  }
};

const inLog = async <T>(settings: Settings, work: (log: OpenLog) => Promise<T>): Promise<T> => {
  const log = await openLog(settings, { clock: machineClock() });
  try {
    return await work(log);
  } finally {
    await log.close();
  }
};
