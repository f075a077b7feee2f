import { join } from 'node:path';
import { readAccessFile } from '../access/access-file.js';
import { ConfiguredCaseloads } from '../access/caseloads.js';
import { OidcSignIn } from '../access/oidc-sign-in.js';
import { noSignIn, type SignIn } from '../access/sign-in.js';
import type { Estate } from './estate.js';

/** How callers are recognised, as the settings say. @throws InvalidAccessFile */
export const programSignInOf = ({ settings, clock }: Pick<Estate, 'settings' | 'clock'>): SignIn => {
  if (!settings.issuer) return noSignIn;
  const file = readAccessFile(join(settings.configDir, 'access.yml'));
  return new OidcSignIn(settings.issuer, new ConfiguredCaseloads(file), clock);
};
