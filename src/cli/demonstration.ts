import type { OpenEstate } from '../app/estate.js';
import type { CustodyEvent } from '../custody/custody-event.js';
import { CustodyLog } from '../custody/custody-log.js';
import { importHistory } from '../custody/import-history.js';
import type { NdjsonLine } from '../custody/ndjson.js';
import { isRefusal, readCustodyEvent } from '../custody/read-custody-event.js';
import { ownProgram } from '../custody/sender.js';
import { fromLog } from '../custody/stored-custody-event.js';
import { custodyStreamPrefixes } from '../custody/streams.js';
import { intoTheLog, OneTelling } from '../custody/tellings/telling-port.js';
import { Tellings } from '../custody/tellings/tellings.js';
import { Demonstration } from '../demo/demonstration.js';
import { DEMONSTRATION } from '../demo/recording.js';
import { Seals } from '../personal-data/seals.js';
import { PRISON } from '../demo/stay.js';
import { HandoverLog } from '../handover/handover-log.js';
import { Notes } from '../handover/notes.js';
import { prisonNumbersIn } from '../prison/prison-number.js';
import { HOUR } from '../prison/instant.js';
import type { RollChecks } from '../roll/roll-checks.js';

const CONSUMER = 'demonstration';
const SENDER = ownProgram('demonstration');

/** The prisons of the demonstration, from where the log holds their history on. */
export class LivingDemonstration {
  private isRollChecked = false;

  constructor(private readonly demonstration: Demonstration) {}

  /** Has the roll of one of them checked, as at the beginning, unless it was. The log must have been read to its end. */
  async checkRoll(checks: RollChecks): Promise<void> {
    if (this.isRollChecked) return;
    const { prisonId, people } = this.demonstration.roll();
    const entries = people.map((prisonNumber) => ({ prisonNumber, prisonId }));
    const isKnown = (await checks.last(prisonId)) !== undefined;
    if (!isKnown)
      await checks.check({ prisonId, asAt: this.demonstration.began, entries }, { sender: SENDER, by: CONSUMER });
    this.isRollChecked = true;
  }

  /** Records what has happened in the prisons by now. */
  async goOn(log: CustodyLog, now: number): Promise<void> {
    const happened = this.demonstration.advance(now);
    if (happened.length > 0) await log.recordAll(happened.map(read), { knownAt: () => now, sender: SENDER });
  }
}

/**
 * Loads the history of the demonstration's prisons as history, unless the log holds it already. A load that was cut short
 * is completed, from the instant at which it began.
 */
export const loadDemonstration = async (estate: OpenEstate): Promise<LivingDemonstration> => {
  const { clock, store, settings, checkpoints, keys } = estate;
  const loaded = await loadedFrom(estate);
  if (loaded !== undefined) return new LivingDemonstration(new Demonstration(loaded));
  const begun = (await checkpoints.load(CONSUMER)) as { readonly began: number } | undefined;
  const began = begun?.began ?? clock.now();
  await checkpoints.save(CONSUMER, { began });
  const demonstration = new Demonstration(began);
  const log = new CustodyLog(store, settings.streamPrefix, new Seals(keys));
  const tellings = new Tellings(store, settings.streamPrefix, clock);
  const history = demonstration.history();
  await recordReports(history.filter(isFeedReport).map(read), log);
  const telling = new OneTelling(intoTheLog(log, tellings, clock, SENDER), 'history', `demonstration ${began}`);
  await importHistory(inOneBatch(history.filter((event) => !isFeedReport(event))), telling, {
    now: () => clock.now(),
    onRefused: ({ line }) => {
      throw new Error(`The demonstration's event ${line} was refused.`);
    },
  });
  await telling.complete();
  await handOverDemonstration(estate, began);
  return new LivingDemonstration(demonstration);
};

/** What a feed of the demonstration says of itself; not the event that says when the demonstration began. */
const isFeedReport = ({ type, data }: Pick<CustodyEvent, 'type' | 'data'>): boolean =>
  type === 'FeedCompleteUntil' && data['feed'] !== DEMONSTRATION;

/** Before the history, each as known when it was recorded: once the log has the history, all of it is known now. */
const recordReports = async (reports: readonly CustodyEvent[], log: CustodyLog): Promise<void> => {
  for (const [at, together] of Map.groupBy(reports, ({ recordedAtMs }) => recordedAtMs))
    await log.recordAll(together, { knownAt: () => at, sender: SENDER });
};

/** When the demonstration that is wholly in the log began: the event with which its history ends says so. */
const loadedFrom = async ({ store, settings, clock }: OpenEstate): Promise<number | undefined> => {
  if ((await new Tellings(store, settings.streamPrefix, clock).open()).count > 0) return undefined;
  const feeds = custodyStreamPrefixes(settings.streamPrefix).filter((prefix) => prefix.endsWith('feed-'));
  for await (const recorded of store.readAll({ filter: { streamPrefixes: feeds } })) {
    const { event } = fromLog(recorded);
    if (!isFeedReport(event)) return Date.parse(String(event.data['until']));
  }
  return undefined;
};

async function* inOneBatch(events: readonly unknown[]): AsyncGenerator<NdjsonLine[]> {
  await Promise.resolve();
  yield events.map((value, index) => ({ line: index + 1, value }));
}

const read = (event: unknown): CustodyEvent => {
  const custodyEvent = readCustodyEvent(event, { now: Infinity, recordedAtDefault: 'occurredAt' });
  if (isRefusal(custodyEvent))
    throw new Error(`The demonstration made an event that is not valid: ${JSON.stringify(event)}`);
  return custodyEvent;
};

const LATE = 'KWREN_DEMO';
const NIGHT = 'NHERON_DEMO';

/** What two shifts before the demonstration said to the next; the last of it waits to be read. @param began in milliseconds since 1970 */
const handOverDemonstration = async ({ store, keys, settings }: OpenEstate, began: number): Promise<void> => {
  const prefix = settings.streamPrefix;
  const log = new HandoverLog(store, new Notes(new Seals(keys), keys, prefix), prefix);
  const at = (hours: number): string => new Date(began - hours * HOUR).toISOString();
  const write = (by: string, hours: number, requestId: string, note: string) =>
    log.carryOut({
      type: 'Write',
      prisonId: PRISON,
      since: at(hours + 8),
      at: at(hours),
      by,
      requestId,
      names: prisonNumbersIn(note),
      note,
    });
  await write(LATE, 9, 'd6d3b1c6-58a3-4b5f-9a55-5d1c0b3f7a01', EVENING);
  await log.carryOut({ type: 'Sign', prisonId: PRISON, number: 1, at: at(8.5), by: NIGHT });
  await write(NIGHT, 1, 'd6d3b1c6-58a3-4b5f-9a55-5d1c0b3f7a02', MORNING);
};

const EVENING = 'Regime curtailed on B wing from 16:00, two officers short. Key work missed there is due to that.';
const MORNING =
  'Quiet night. Z0003ZZ was awake and pressed the bell twice, and was spoken to both times.\n' +
  'One officer short on B wing until 10:00: ask there who is to be seen first.';
