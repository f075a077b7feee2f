import { join } from 'node:path';
import { readAccessFile } from '../access/access-file.js';
import { ConfiguredCaseloads } from '../access/caseloads.js';
import { OidcSignIn } from '../access/oidc-sign-in.js';
import { noSignIn, type SignIn } from '../access/sign-in.js';
import type { Estate } from './estate.js';
import { PeopleIssuer } from '../web/sign-in/people-issuer.js';
import type { PageSignIn } from '../web/sign-in/page-sign-in.js';

/** How callers are recognised, as the settings say. @throws InvalidAccessFile */
export const programSignInOf = ({ settings, clock }: Pick<Estate, 'settings' | 'clock'>): SignIn => {
  if (!settings.issuer) return noSignIn;
  const file = readAccessFile(join(settings.configDir, 'access.yml'));
  return new OidcSignIn(settings.issuer, new ConfiguredCaseloads(file), clock);
};

/** How people come in, as the settings say. Their tokens are checked as those of programs are. */
export const pageSignInOf = (
  { settings: { issuer, people }, demonstration, clock }: Pick<Estate, 'settings' | 'demonstration' | 'clock'>,
  signIn: SignIn,
): PageSignIn => {
  if (!issuer || !(signIn instanceof OidcSignIn)) return { by: demonstration ? 'choice' : 'being here' };
  if (!people) return { by: 'nothing' };
  return { by: 'issuer', issuer: new PeopleIssuer({ ...people, issuer: issuer.issuer }, signIn, clock) };
};
