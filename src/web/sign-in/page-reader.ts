import type { IncomingMessage } from 'node:http';
import type { Role } from '../../access/roles.js';

/** The reader of a page. */
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
  /** Their sign-in had ended when they last sent a form. Only this page says so. */
  readonly nothingSaved: boolean;
}

const people = new WeakMap<IncomingMessage, () => PageReader>();

/** Notes the reader of the answer to a request. */
export const showTo = (request: IncomingMessage, person: () => PageReader): void => {
  people.set(request, person);
};

/** The reader of a page; nothing for strangers and for programs with a token. */
export const pageReaderOf = (request: IncomingMessage): PageReader | undefined => people.get(request)?.();
