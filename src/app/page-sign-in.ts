import { OidcSignIn } from '../access/oidc-sign-in.js';
import type { SignIn } from '../access/sign-in.js';
import { PeopleIssuer } from '../web/sign-in/people-issuer.js';
import type { PageSignIn } from '../web/sign-in/page-sign-in.js';
import type { Estate } from './estate.js';

/** How people come in, as the settings say. Their tokens are checked as those of programs are. */
export const pageSignInOf = (
  { settings: { issuer, people }, demonstration, clock }: Pick<Estate, 'settings' | 'demonstration' | 'clock'>,
  signIn: SignIn,
): PageSignIn => {
  if (!issuer || !(signIn instanceof OidcSignIn)) return { by: demonstration ? 'choice' : 'being here' };
  if (!people) return { by: 'nothing' };
  return { by: 'issuer', issuer: new PeopleIssuer({ ...people, issuer: issuer.issuer }, signIn, clock) };
};
