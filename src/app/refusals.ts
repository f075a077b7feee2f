import { HttpStatus, Inject, Injectable } from '@nestjs/common';
import type { Request } from 'express';
import { PERSON_OF_ALERT, type PersonOfAlert, subjectsNamedIn } from '../access-records/request-subjects.js';
import type { SecurityEventKind } from '../access-records/security-event.js';
import { SecurityEvents } from '../access-records/security-events.js';
import type { ErrorAnswer } from './error-answer.js';

/** What a caller was refused, by the code that they were told. */
const REFUSED: Readonly<Record<string, SecurityEventKind>> = {
  INVALID_TOKEN: 'token-refused',
  ROLE_MISSING: 'role-refused',
  OUTSIDE_YOUR_PRISONS: 'look-refused',
  NOT_ALL_PRISONS: 'role-refused',
  WRONG_CSRF_TOKEN: 'form-refused',
  FOREIGN_CALLER: 'host-refused',
  TOO_MANY_REQUESTS: 'rate-limited',
};

const NOT_FOUND: number = HttpStatus.NOT_FOUND;

/** Tells refusals from other errors. Whoever has yet to sign in was refused nothing. */
@Injectable()
export class Refusals {
  constructor(
    private readonly security: SecurityEvents,
    @Inject(PERSON_OF_ALERT) private readonly alerts: PersonOfAlert,
  ) {}

  /** Notes what a request was answered, where it is a refusal. */
  note(request: Request, { status, code }: Pick<ErrorAnswer, 'status' | 'code'>): void {
    // Who may not be seen is answered as if they were not there.
    const kind = REFUSED[code] ?? (status === NOT_FOUND ? 'look-refused' : undefined);
    const prisonNumbers = kind === 'look-refused' ? subjectsNamedIn(request, this.alerts) : new Set<string>();
    if (kind && (kind !== 'look-refused' || prisonNumbers.size > 0))
      this.security.note(kind, request, { code, prisonNumbers });
  }
}
