import { isSafe } from '../access/issuer-keys.js';
import { NOT_TOLD, secretOf } from './secret-setting.js';
import { type Environment, WrongSetting } from './wrong-setting.js';

/** What the issuer calls the pages, and the address under which people reach them. */
export interface PeopleSignIn {
  readonly clientId: string;
  readonly clientSecret: string;
  /** Scheme, host and port: `https://custody-watch.example`. */
  readonly publicUrl: string;
}

const NAMES = ['OIDC_CLIENT_ID', 'OIDC_CLIENT_SECRET', 'OIDC_CLIENT_SECRET_FILE', 'PUBLIC_URL'] as const;

/** How people sign in; nothing where none of it is set. Half of it is refused: somebody takes it to be whole. */
export const peopleOf = (auth: 'off' | 'oidc', environment: Environment): PeopleSignIn | undefined => {
  const set = NAMES.find((name) => environment[name]);
  if (set === undefined) return undefined;
  if (auth === 'off') throw new WrongSetting(set, shown(set, environment), 'it goes with AUTH=oidc');
  const clientId = environment['OIDC_CLIENT_ID'] ?? '';
  if (!clientId)
    throw new WrongSetting('OIDC_CLIENT_ID', '', 'sign-in for people needs what the issuer calls its client');
  const clientSecret = secretOf('OIDC_CLIENT_SECRET', environment);
  if (!clientSecret)
    throw new WrongSetting('OIDC_CLIENT_SECRET', '', "sign-in for people needs the client's secret, here or in a file");
  return { clientId, clientSecret, publicUrl: addressOf(environment['PUBLIC_URL'] ?? '') };
};

const shown = (name: (typeof NAMES)[number], environment: Environment): string =>
  name === 'OIDC_CLIENT_SECRET' ? NOT_TOLD : (environment[name] ?? '');

/** Cookies are of one host, and what leads back from the issuer is compared letter by letter. */
const addressOf = (value: string): string => {
  const { origin, href } = isSafe(value) ? new URL(value) : {};
  if (origin !== undefined && href === `${origin}/`) return origin;
  throw new WrongSetting(
    'PUBLIC_URL',
    value,
    'sign-in for people needs the address that browsers reach: https, a host and perhaps a port, such as ' +
      'https://custody-watch.example; http only on this machine',
  );
};
