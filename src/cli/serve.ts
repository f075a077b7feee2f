import type { Command } from 'commander';
import { readSettings } from '../app/settings.js';
import { WrongUsage } from './exit.js';
import type { ServeOptions } from './service.js';

export const serveVerb = (program: Command): void => {
  program
    .command('serve')
    .description('Runs the service. Settings come from the environment; see docs/settings.md.')
    .option('--demo', 'run the demonstration: three prisons of invented people, in a store of its own')
    .option('--fail-fast', 'exit with 3 if the event server cannot be reached, instead of waiting for it')
    .option(
      '--accept-restored',
      'go on with a log or keys that are not as they were left: put back from a backup, cut off or lost; this is recorded',
    )
    .action(serve);
};

/** HTTP is loaded only here: the other commands start in two thirds of the time, and so do mistakes. */
const serve = async ({
  demo = false,
  failFast = false,
  acceptRestored = false,
}: Partial<ServeOptions>): Promise<void> => {
  const settings = readSettings(process.env);
  if (demo && settings.server)
    throw new WrongUsage('The demonstration runs on the embedded store. Leave out STORE and EVENTSTORE_URL.');
  if (demo && settings.issuer)
    throw new WrongUsage('The demonstration is for invented people and has no real sign-in. Leave out AUTH=oidc.');
  const service = await import('./service.js');
  await service.serve(settings, { demo, failFast, acceptRestored });
};
