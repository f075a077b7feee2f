import type { JWTPayload } from 'jose';
import { type AtTheDoor, PAGES, SECRET } from '../access/issuer.js';
import { SignedInService } from '../access/service.js';
import { type Answer, Browser } from './browser.js';

const ALERTS = ['ROLE_CUSTODY_WATCH__ALERTS__RO', 'ROLE_CUSTODY_WATCH__ALERTS__RW'];

/** Somebody with an account at the issuer. */
export const ASMITH: JWTPayload = {
  user_name: 'ASMITH_GEN',
  name: 'Anna Smith',
  client_id: PAGES.clientId,
  authorities: ALERTS,
  caseloads: ['XYI', 'XYM'],
};

/** A service whose pages people sign in to at a real issuer. */
export const servicePages = (): Promise<SignedInService> =>
  SignedInService.start({
    OIDC_CLIENT_ID: PAGES.clientId,
    OIDC_CLIENT_SECRET: SECRET,
    PUBLIC_URL: PAGES.url,
  });

export const browserOf = (service: SignedInService): Browser => new Browser(() => service.port);

/** The header `Cookie` with which a browser asks the service. */
export const cookieOf = ({ cookies }: Browser): string =>
  [...cookies].map(([name, value]) => `${name}=${value}`).join('; ');

/** A browser in which somebody has signed in, and the page that they came to. */
export const signedIn = async (
  service: SignedInService,
  person: JWTPayload = ASMITH,
): Promise<{ readonly browser: Browser; readonly page: Answer }> => {
  service.issuer.atTheDoor = person;
  const browser = browserOf(service);
  return { browser, page: await browser.open('/') };
};

/** The answer of the issuer that leads back to the service, not yet followed. */
export const comingBack = async (
  service: SignedInService,
  browser: Browser,
  person: AtTheDoor = ASMITH,
): Promise<string> => {
  service.issuer.atTheDoor = person;
  let answer = await browser.ask('/sign-in');
  while (answer.leadsTo !== null && answer.leadsTo.pathname !== '/sign-in/callback')
    answer = await browser.ask(answer.leadsTo.href);
  return answer.leadsTo?.href ?? '';
};
