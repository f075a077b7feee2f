import type { AccessFile } from './access-file.js';
import type { Identity } from './identity.js';
import { ALL_PRISONS, NO_PRISONS, type Prisons } from './prisons.js';

/** Where it is known which prisons somebody works in: today the configuration, another day perhaps a service. */
export interface Caseloads {
  prisonsOf(identity: Identity): Promise<Prisons>;
}

/**
 * A user works in the prisons that the token names, else in those of the configuration; a service sees those that the
 * configuration gives its client id. By default none. All of them somebody sees only where the configuration says so.
 */
export class ConfiguredCaseloads implements Caseloads {
  constructor(private readonly file: AccessFile) {}

  prisonsOf({ kind, name, caseloads }: Identity): Promise<Prisons> {
    const configured = (kind === 'user' ? this.file.users : this.file.clients).get(name);
    return Promise.resolve(configured === ALL_PRISONS ? configured : (caseloads ?? configured ?? NO_PRISONS));
  }
}
