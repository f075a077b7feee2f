import { capitalised } from '../../kernel/say/join.js';

/** `case-notes` as people say it: `Case notes`; `acct`: `ACCT`. */
export const sayFeed = (feed: string): string =>
  capitalised(feed.replaceAll(/[-.]/g, ' ').replaceAll(/\b(acct|csip|nomis)\b/g, (letters) => letters.toUpperCase()));
