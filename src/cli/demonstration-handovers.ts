import type { OpenEstate } from '../app/estate.js';
import { PRISON } from '../demo/stay.js';
import { HandoverLog } from '../handover/handover-log.js';
import { Notes } from '../handover/notes.js';
import { Seals } from '../personal-data/seals.js';
import { prisonNumbersIn } from '../prison/prison-number.js';
import { HOUR } from '../prison/instant.js';

const LATE = 'KWREN_DEMO';
const NIGHT = 'NHERON_DEMO';

/** What two shifts before the demonstration said to the next; the last of it waits to be read. @param began in milliseconds since 1970 */
export const handOverDemonstration = async ({ store, keys, settings }: OpenEstate, began: number): Promise<void> => {
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
