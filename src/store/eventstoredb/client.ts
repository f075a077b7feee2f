import type { ClientName } from './server-address.js';
import type { Connect } from './server-client.js';

/** The client that is asked for is not among what was installed with the service. */
class ClientNotInstalled extends Error {
  readonly code = 'CLIENT_NOT_INSTALLED';
  constructor(cause: unknown) {
    super(
      'STORE=kurrentdb needs @kurrent/kurrentdb-client, which does not come with this service, as parts of it have a licence of their own. docs/eventstoredb.md says how to add it; STORE=eventstoredb needs nothing more.',
      { cause },
    );
  }
}

/**
 * Loads one client, and never both: each takes the names of its messages for itself in the whole process.
 * @throws ClientNotInstalled
 */
export const clientOf = async (name: ClientName): Promise<Connect> => {
  if (name === 'eventstoredb') return (await import('./eventstoredb-client.js')).connect;
  try {
    return (await import('./kurrentdb-client.js')).connect;
  } catch (error) {
    throw isNotThere(error) ? new ClientNotInstalled(error) : error;
  }
};

const isNotThere = (error: unknown): boolean =>
  error instanceof Error &&
  ['ERR_MODULE_NOT_FOUND', 'MODULE_NOT_FOUND'].includes(String((error as NodeJS.ErrnoException).code));
