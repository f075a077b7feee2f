import type { Response } from 'express';
import { english } from '../words/english.js';

const words = english.trouble;

/** What the page of something that went wrong is made from. */
export interface TroubleFacts {
  readonly status: number;
  readonly code: string;
  /** Written for people. */
  readonly message: string;
  /** When all was last known to be as the log has it, as people read it: for when the log is away. */
  readonly asOf: string;
  /** What was wrong with what was asked, field by field. */
  readonly details?: { readonly errors?: unknown };
}

interface TroublePage {
  readonly title: string;
  readonly paragraphs: readonly string[];
  readonly bullets: readonly string[];
  readonly code: string;
}

/** Answers with a page that says what went wrong and what to do. */
export const showTrouble = (response: Response, trouble: TroubleFacts): void => {
  response.status(trouble.status).render('frame/trouble', pageOf(trouble));
};

const pageOf = ({ status, code, message, asOf, details }: TroubleFacts): TroublePage => {
  const page = (title: string, paragraphs: readonly string[], bullets: readonly string[] = []): TroublePage => ({
    title,
    paragraphs,
    bullets,
    code: words.code(code),
  });
  // What a program is told of these is no help to a person.
  if (code === 'WRONG_CSRF_TOKEN') return page(words.otherSignIn.title, words.otherSignIn.says);
  if (code === 'INVALID_QUERY')
    return page(words.unreadable.title, [...fieldsSaid(details?.errors), words.unreadable.check]);
  switch (status) {
    case 401:
    case 403:
      // What a program is told of its token says nothing to a person.
      return page(
        words.forbidden.title,
        [words.forbidden.ask, ...(code === 'ROLE_MISSING' ? [] : [message])],
        words.forbidden.bullets,
      );
    case 404:
      return page(words.notFound.title, words.notFound.says);
    case 409:
      if (code === 'OWN_HANDOVER')
        return page(words.ownHandover.title, [words.ownHandover.says, message, words.refused.nothing]);
      return page(words.conflict.title, [message, words.conflict.says]);
    case 429:
      return page(words.tooMany.title, words.tooMany.says);
    case 503:
      return page(words.unreachable.title, [words.unreachable.asOf(asOf), ...words.unreachable.says]);
    default:
      return status >= 500
        ? page(words.failed.title, words.failed.says)
        : page(words.refused.title, [message, words.refused.nothing]);
  }
};

/** What is wrong in an address, field by field, and how it is to be written. */
const fieldsSaid = (errors: unknown): string[] => {
  const fields: Readonly<Record<string, string>> = words.unreadable.fields;
  const wrong = Array.isArray(errors) ? (errors as readonly { readonly field: string }[]) : [];
  return wrong.map(({ field }) =>
    Object.hasOwn(fields, field) ? String(fields[field]) : words.unreadable.field(field),
  );
};
