import type { PeopleIssuer } from './people-issuer.js';

/** How people come in, as the settings say. */
export type PageSignIn =
  /** The issuer of the API's tokens signs them in. */
  | { readonly by: 'issuer'; readonly issuer: PeopleIssuer }
  /** There are tokens for programs, but nobody has set up sign-in for people. */
  | { readonly by: 'nothing' }
  /** They choose one of the invented people. */
  | { readonly by: 'choice' }
  /** Everybody at this machine is let in. */
  | { readonly by: 'being here' };

/** Nest's token for the {@link PageSignIn}. */
export const PAGE_SIGN_IN = Symbol('PageSignIn');

/** Nest's token for the address under which people reach the service; missing where only this machine does. */
export const PUBLIC_URL = Symbol('PublicUrl');
