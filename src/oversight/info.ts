import { readFileSync } from 'node:fs';

/** What the service says of itself. */
export interface Info {
  readonly build: { readonly name: string; readonly version: string };
  /** Every person in the log is invented. */
  readonly demonstration: boolean;
  /** The share of the people that this instance watches, such as `2/8`. What it shows is of everybody. */
  readonly watchPartition: string;
}

/** Nest's token for the {@link Info}. */
export const INFO = Symbol('Info');

/** Nest's token for whether this is the demonstration; the application provides it, and without it this is none. */
export const DEMONSTRATION = Symbol('Demonstration');

/** Name and version of this package. `src` and `dist` hold this file at the same depth. */
export const readBuild = (): Info['build'] => {
  const text = readFileSync(new URL('../../package.json', import.meta.url), 'utf8');
  const { name, version } = JSON.parse(text) as Info['build'];
  return { name, version };
};
