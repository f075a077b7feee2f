import type { Command } from 'commander';
import type { ReloadedRules } from '../app/rules-reload.js';
import { readSettings } from '../app/settings.js';
import { holderOf } from '../store/embedded/writer-lock.js';
import { EXIT, WrongUsage } from './exit.js';
import { writeLines } from './output.js';
import { postToService } from './through-service.js';

export const reloadVerb = (program: Command): void => {
  program
    .command('reload')
    .description(
      'Has the service on this machine read its rules, the settings of prisons and the feeds anew. Files with a mistake ' +
        'change nothing: then it tells the mistakes, and ends with 1.',
    )
    .action(reload);
};

const reload = async (): Promise<void> => {
  const { dataDir } = readSettings(process.env);
  const holder = holderOf(dataDir);
  if (!holder) throw new WrongUsage(`No service runs on ${dataDir}. A start reads what is configured.`);
  const { rules, prisons, changed } = await postToService<ReloadedRules>(holder, '/rules/reload');
  const counts = `${rules} rules and the settings of ${prisons} prison${prisons === 1 ? '' : 's'}`;
  await writeLines([changed ? `In use from now on: ${counts}.` : `${counts}: nothing is decided otherwise.`], String);
  process.exitCode = EXIT.done;
};
