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
  const clock = program.command('clock').description('What to say of the time where a clock was wrong.');
  clock
    .command('accept')
    .description(
      'Says that the clock of the service that runs on DATA_DIR is right now, although it went ahead of the time that ' +
        'passed: from then on custody events are taken in again. It is kept in the log.',
    )
    .action(accept);
  clock
    .command('mend')
    .description(
      'Sets log time straight, where a clock was wrong that wrote to the log: events for instants that have not come yet ' +
        'count as known when the clock was right last. What is open becomes what should be. It is kept in the log.',
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
        : `The service believes already that it is ${now}.`,
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
        ? 'Nothing in the log is for an instant that has not come yet: there was nothing to do.'
        : `Log time is set straight. For instants that have not come yet there were so many events: ${events}. Every service ` +
          'reads the log anew.',
    ],
    String,
  );
  process.exitCode = EXIT.done;
};

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
