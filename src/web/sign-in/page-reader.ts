import type { IncomingMessage } from 'node:http';
import type { Role } from '../../access/roles.js';

/** Whom a page is shown to. */
export interface PageReader {
  /** `demonstration`: one of the invented people; `local`: whoever is at this machine, where there is no sign-in. */
  readonly kind: 'user' | 'demonstration' | 'local';
  /** As people call them. */
  readonly name: string;
  readonly roles: ReadonlySet<Role>;
  /** The prison they look at, or `all` of theirs. */
  readonly location: string;
  /** The prisons they may choose from, by id, in order. */
  readonly locations: readonly string[];
  /** Goes with every form, as `_csrf`. */
  readonly csrfToken: string;
  readonly canSignOut: boolean;
  /** Their sign-in had ended when they last sent a form. This page says so, the next one no more. */
  readonly nothingSaved: boolean;
}

const people = new WeakMap<IncomingMessage, () => PageReader>();

/** Notes whom the answer to a request is shown to. */
export const showTo = (request: IncomingMessage, person: () => PageReader): void => {
  people.set(request, person);
};

/** Whom a page is shown to; nothing for strangers, and for programs that bring a token. */
export const pageReaderOf = (request: IncomingMessage): PageReader | undefined => people.get(request)?.();
