import { HttpException, HttpStatus } from '@nestjs/common';
import { ACCESS_ERROR_STATUS, AccessError } from '../access/errors.js';
import { ACCESS_RECORDS_ERROR_STATUS } from '../access-records/errors.js';
import { ANSWER_ERROR_STATUS } from '../answers/errors.js';
import { CUSTODY_ERROR_STATUS } from '../custody/errors.js';
import { HANDOVER_ERROR_STATUS } from '../handover/errors.js';
import { KEY_WORK_ERROR_STATUS } from '../key-work/errors.js';
import { SAFETY_ALERT_ERROR_STATUS } from '../safety-alerts/alert/errors.js';
import { type FieldError, told, visible } from '../prison/field-error.js';
import { StoreError } from '../store/errors.js';
import { ROLL_ERROR_STATUS } from '../roll/errors.js';
import { SIGN_IN_ERROR_STATUS } from '../web/sign-in/errors.js';

const OTHER_STATUS = {
  NOT_CAUGHT_UP: 503,
  STORE_UNAVAILABLE: 503,
  STORE_UNREADABLE: 503,
  STORE_ACCESS_DENIED: 503,
  STORE_NOT_TRUSTED: 503,
  TOO_MANY_CONFLICTS: 503,
  STORE_READ_ONLY: 503,
  CLOCK_NOT_TRUSTED: 503,
  NOT_THE_TIME: 409,
  CONFIGURATION_REFUSED: 409,
  INVALID_TIME: 400,
  INVALID_PARKED_DECISION: 400,
  NO_SUCH_PARKED_EVENT: 404,
  FOREIGN_CALLER: 403,
} as const;

const MORE = ['results', 'moreErrors', 'changes', 'stillTrue', 'stillWatched', 'problems'];
type Details = Readonly<Record<string, unknown>>;

/** What a caller is told of an error, whatever the shape it is written in. */
export interface ErrorAnswer {
  readonly status: number;
  readonly code: string;
  readonly message: string;
  /** Field by field, event by event, what happened since, or what is still so, where there is more to say. */
  readonly details: Details;
  /** For WWW-Authenticate: how to sign in. */
  readonly challenge?: string | undefined;
}

/** The status and words for an error. What is not meant for callers gives 500 and says nothing of itself. */
export const answerTo = (error: unknown): ErrorAnswer => {
  const status = statusOf(error);
  if (status === undefined) {
    return {
      status: 500,
      code: 'INTERNAL_ERROR',
      message: 'Something went wrong here. It has been logged.',
      details: {},
    };
  }
  const { code, message } = error as Partial<Record<string, unknown>>;
  return {
    status,
    code: typeof code === 'string' ? code : nameOf(status),
    message: visible(error instanceof StoreError ? withoutFolders(error.message) : String(message)),
    challenge: error instanceof AccessError ? error.challenge : undefined,
    details: detailsOf(error as Details),
  };
};

/** Operators need to know where a file lies, and find it in the log; callers do not. */
const withoutFolders = (message: string): string => message.replaceAll(/(?<![\w.:/-])\/(?:[^\s/]+\/)+/g, '');

const detailsOf = (error: Details): Details => ({
  ...(Array.isArray(error['errors']) && told(error['errors'] as readonly FieldError[])),
  ...Object.fromEntries(Object.entries(error).filter(([name, value]) => MORE.includes(name) && value !== undefined)),
});

/** The HTTP status of every error code that callers may be answered. */
export const STATUS_BY_CODE: Readonly<Record<string, number>> = {
  ...ACCESS_ERROR_STATUS,
  ...ANSWER_ERROR_STATUS,
  ...ACCESS_RECORDS_ERROR_STATUS,
  ...CUSTODY_ERROR_STATUS,
  ...KEY_WORK_ERROR_STATUS,
  ...SAFETY_ALERT_ERROR_STATUS,
  ...HANDOVER_ERROR_STATUS,
  ...ROLL_ERROR_STATUS,
  ...SIGN_IN_ERROR_STATUS,
  ...OTHER_STATUS,
};

const statusOf = (error: unknown): number | undefined => {
  if (error instanceof HttpException) return error.getStatus();
  if (!(error instanceof Error)) return undefined;
  const { code, status } = error as { code?: unknown; status?: unknown };
  const known = typeof code === 'string' ? STATUS_BY_CODE[code] : undefined;
  if (known !== undefined) return known === 500 ? undefined : known;
  // What the body parser of express refuses: too large, no JSON, an unknown encoding.
  return typeof status === 'number' && status >= 400 && status < 500 ? status : undefined;
};

const nameOf = (status: number): string => HttpStatus[status] ?? 'ERROR';
