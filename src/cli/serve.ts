import type { Command } from 'commander';

export const serveVerb = (program: Command): void => {
  program
    .command('serve')
    .description('The service: HTTP, watch. Settings come from the environment; see docs/settings.md.')
    .option('--demo', 'with the demonstration prison: fictional people, in a store of its own')
    .action(serve);
};

/** The other verbs start in half the time without what serves HTTP. */
const serve = async (options: { readonly demo?: boolean }): Promise<void> => {
  const service = await import('./service.js');
  await service.serve(options);
};
