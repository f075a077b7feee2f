import type { AccessFile } from './access-file.js';
import type { Identity } from './identity.js';
import { NO_PRISONS, type Prisons } from './prisons.js';

/** Where it is known which prisons somebody works in: today the configuration, another day perhaps a service. */
export interface Caseloads {
  prisonsOf(identity: Identity): Promise<Prisons>;
}

/**
 * A user works in the prisons that the token names, else in those of the configuration; a service sees those that the
 * configuration gives its client id. By default none.
 */
export class ConfiguredCaseloads implements Caseloads {
  constructor(private readonly file: AccessFile) {}

  prisonsOf({ kind, name, caseloads }: Identity): Promise<Prisons> {
    const configured = kind === 'user' ? this.file.users : this.file.clients;
    return Promise.resolve(caseloads ?? configured.get(name) ?? NO_PRISONS);
  }
}
