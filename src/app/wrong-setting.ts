import { visible } from '../prison/field-error.js';

/** A setting that the service cannot run with. Nothing was started. */
export class WrongSetting extends Error {
  readonly code = 'WRONG_SETTING';
  constructor(name: string, value: string, allowed: string) {
    super(`${name}=${visible(value)} is not allowed: ${allowed}.`);
  }
}

export type Environment = Readonly<Record<string, string | undefined>>;
