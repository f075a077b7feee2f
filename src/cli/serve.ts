import type { Command } from 'commander';
import { readSettings } from '../app/settings.js';

export const serveVerb = (program: Command): void => {
  program
    .command('serve')
    .description('The service: HTTP, watch. Settings come from the environment; see docs/settings.md.')
    .option('--demo', 'with the demonstration prison: fictional people, in a store of its own')
    .action(serve);
};

/** What serves HTTP is loaded where it is needed: the other verbs start in two thirds of the time, and so do mistakes. */
const serve = async ({ demo = false }: { readonly demo?: boolean }): Promise<void> => {
  const settings = readSettings(process.env);
  const service = await import('./service.js');
  await service.serve(settings, demo);
};
