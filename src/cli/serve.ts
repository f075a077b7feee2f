import type { Command } from 'commander';
import { readSettings } from '../app/settings.js';
import { WrongUsage } from './exit.js';
import type { ServeOptions } from './service.js';

export const serveVerb = (program: Command): void => {
  program
    .command('serve')
    .description('The service: HTTP, watch. Settings come from the environment; see docs/settings.md.')
    .option('--demo', 'with the demonstration prison: fictional people, in a store of its own')
    .option('--fail-fast', 'end with 3 when the event server is away, instead of waiting for it')
    .action(serve);
};

/** What serves HTTP is loaded where it is needed: the other verbs start in two thirds of the time, and so do mistakes. */
const serve = async ({ demo = false, failFast = false }: Partial<ServeOptions>): Promise<void> => {
  const settings = readSettings(process.env);
  if (demo && settings.server)
    throw new WrongUsage('The demonstration runs on the embedded store. Leave out STORE and EVENTSTORE_URL.');
  if (demo && settings.issuer)
    throw new WrongUsage('The demonstration is for invented people, who sign in by choice. Leave out AUTH=oidc.');
  const service = await import('./service.js');
  await service.serve(settings, { demo, failFast });
};
