import { applyDecorators, SetMetadata } from '@nestjs/common';
import { ApiExtension, ApiHeader, ApiResponse } from '@nestjs/swagger';

/** What a route does with what is held about people in prison. */
export type Access = 'read' | 'change';

/** What a route declares; `nobody`: neither its answer nor what it changes is about anybody in prison. */
export type Disclosure = Access | 'nobody';

/** The key of what a route, or its whole controller, declares. */
export const DISCLOSURE = Symbol('Disclosure');

/**
 * The route reads or changes what is held about people, and leaves a record of it: whom it names in its path, its query,
 * its body and its answer, and whom it notes (`noteSubjects`). A route that is not open to all declares this.
 */
export const Discloses = (disclosure: Disclosure) =>
  disclosure === 'nobody'
    ? SetMetadata(DISCLOSURE, disclosure)
    : applyDecorators(
        SetMetadata(DISCLOSURE, disclosure),
        ApiExtension('x-leaves-record', disclosure),
        ApiHeader({
          name: 'X-Reason',
          required: false,
          description:
            'Why: a code or a reference, such as ACCT_REVIEW; never a name. Kept in the record of who saw whom.',
        }),
        ApiResponse({ status: 400, description: 'INVALID_REASON: X-Reason is neither a code nor a reference' }),
      );

const API_OPERATION = 'swagger/apiOperation';

/** The operationId that a route declares for the OpenAPI document. */
export const operationOf = (handler: object): string | undefined =>
  (Reflect.getMetadata(API_OPERATION, handler) as { operationId?: string } | undefined)?.operationId;
