import type { Command } from 'commander';
import { openLog } from '../app/open-log.js';
import { readSettings, type Settings } from '../app/settings.js';
import type { ClockAcceptance, LogTimeMended } from '../oversight/clock.controller.js';
import { type Instant, toIso } from '../prison/instant.js';
import { holderOf } from '../store/embedded/writer-lock.js';
import { mendLogTime, NotTheTime } from '../store/log-time/mend-log-time.js';
import { machineClock } from '../store/trusted-clock.js';
import { EXIT, WrongUsage } from './exit.js';
import { instantOption } from './instant-option.js';
import { writeLines } from './output.js';
import { postToService } from './through-service.js';

export const clockVerb = (program: Command): void => {
  const clock = program.command('clock').description('Puts things right after a clock was wrong.');
  clock
    .command('accept')
    .description(
      'Confirms that the clock of the service that runs on DATA_DIR is correct now. From then on it takes in custody ' +
        'events again. The log keeps who said so.',
    )
    .action(accept);
  clock
    .command('mend')
    .description(
      'Sets log time straight after the log was written with a wrong clock: events that are dated in the future count as ' +
        'known when the clock was right last. What is open becomes what should be. The log keeps who said so.',
    )
    .requiredOption(
      '--it-is <instant>',
      'what time it is, by another clock: the clock of this machine must agree',
      instantOption,
    )
    .action(mend);
};

const accept = async (): Promise<void> => {
  const { dataDir } = readSettings(process.env);
  const holder = holderOf(dataDir);
  if (!holder)
    throw new WrongUsage(
      `No service runs on DATA_DIR=${dataDir}. One that starts takes the time as the machine has it.`,
    );
  const { now, accepted } = await postToService<ClockAcceptance>(holder, '/clock/accept');
  await writeLines(
    [
      accepted
        ? `It is ${now}, as the service believes from now on.`
        : `The service already believes that it is ${now}.`,
    ],
    String,
  );
  process.exitCode = EXIT.done;
};

const mend = async ({ itIs }: { readonly itIs: Instant }): Promise<void> => {
  const settings = readSettings(process.env);
  const holder = holderOf(settings.dataDir);
  const { events } = holder
    ? await postToService<LogTimeMended>(holder, '/clock/mend', { time: toIso(itIs) })
    : { events: await mendHere(settings, itIs) };
  await writeLines(
    [
      events === 0
        ? 'No event in the log is dated in the future: there was nothing to do.'
        : `Log time is set straight. ${counted(events)} dated in the future. Every service reads the log anew.`,
    ],
    String,
  );
  process.exitCode = EXIT.done;
};

const counted = (events: number): string => (events === 1 ? '1 event was' : `${events} events were`);

const mendHere = async (settings: Settings, said: Instant): Promise<number> => {
  const clock = machineClock();
  const log = await openLog(settings, { clock });
  try {
    return await mendLogTime(log.chained, settings.streamPrefix, { clock, said, by: 'local' });
  } catch (error) {
    throw error instanceof NotTheTime ? new WrongUsage(error.message) : error;
  } finally {
    await log.close();
  }
};
