import type { OpenEstate } from '../app/estate.js';
import type { CustodyEvent } from '../custody/custody-event.js';
import { CustodyLog } from '../custody/custody-log.js';
import { importHistory } from '../custody/import-history.js';
import type { NdjsonLine } from '../custody/ndjson.js';
import { isRefusal, readCustodyEvent } from '../custody/read-custody-event.js';
import { fromLog } from '../custody/stored-custody-event.js';
import { custodyStreamPrefixes } from '../custody/streams.js';
import { intoTheLog, OneTelling } from '../custody/tellings/telling-port.js';
import { Tellings } from '../custody/tellings/tellings.js';
import { Demonstration } from '../demo/demonstration.js';
import { Seals } from '../personal-data/seals.js';
import { handOverDemonstration } from './demonstration-handovers.js';

const CONSUMER = 'demonstration';

/** The demonstration prison, from where the log holds its history on. */
export class LivingDemonstration {
  constructor(private readonly demonstration: Demonstration) {}

  /** Records what has happened in the prison by now. */
  async goOn(log: CustodyLog, now: number): Promise<void> {
    const happened = this.demonstration.advance(now);
    if (happened.length > 0) await log.recordAll(happened.map(read), { knownAt: () => now });
  }
}

/**
 * Loads the history of the demonstration prison as history, unless the log holds it already. A load that was cut short
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
  const telling = new OneTelling(intoTheLog(log, tellings, clock), 'history');
  await importHistory(inOneBatch(demonstration.history()), telling, {
    now: () => clock.now(),
    onRefused: ({ line }) => {
      throw new Error(`The demonstration's event ${line} was refused.`);
    },
  });
  await telling.complete();
  await handOverDemonstration(estate, began);
  return new LivingDemonstration(demonstration);
};

/** When the demonstration that is wholly in the log began: the event with which its history ends says so. */
const loadedFrom = async ({ store, settings, clock }: OpenEstate): Promise<number | undefined> => {
  if ((await new Tellings(store, settings.streamPrefix, clock).open()).count > 0) return undefined;
  const feeds = custodyStreamPrefixes(settings.streamPrefix).filter((prefix) => prefix.endsWith('feed-'));
  for await (const recorded of store.readAll({ filter: { streamPrefixes: feeds } })) {
    return Date.parse(String(fromLog(recorded).event.data['until']));
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
