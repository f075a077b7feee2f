import type { Command } from 'commander';
import { readSettings } from '../app/settings.js';
import type { ClockAcceptance } from '../oversight/clock.controller.js';
import { holderOf } from '../store/embedded/writer-lock.js';
import { EXIT, WrongUsage } from './exit.js';
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
