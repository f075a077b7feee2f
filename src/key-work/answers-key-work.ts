import { applyDecorators, Controller } from '@nestjs/common';
import { ApiResponse, ApiTags } from '@nestjs/swagger';
import { RequiresRole } from '../access/required-roles.js';
import type { Role } from '../access/roles.js';
import { type Disclosure, Discloses } from '../access-records/disclosure.js';
import { StaleWhile } from '../answers/stale.js';
import { KeyWorkProjection } from './figures/key-work-projection.js';

/** A controller that answers about key work at a path. @param notThere the code where there is nobody or nothing to tell of */
export const AnswersKeyWork = (path: string, role: Role, disclosure: Disclosure, notThere: string) =>
  applyDecorators(
    Controller(path),
    ApiTags('key work'),
    ApiResponse({ status: 400, description: 'INVALID_QUERY: errors names the field and the value' }),
    ApiResponse({ status: 404, description: notThere }),
    ApiResponse({
      status: 503,
      description: 'STORE_UNAVAILABLE: not read yet; NOT_CAUGHT_UP: atLeast was not reached in time',
    }),
    RequiresRole(role),
    Discloses(disclosure),
    StaleWhile(KeyWorkProjection),
  );
