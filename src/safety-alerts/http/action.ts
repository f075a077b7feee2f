import { applyDecorators, HttpCode, Post } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiProperty, ApiPropertyOptional, ApiResponse } from '@nestjs/swagger';
import { IsInt, isISO8601, IsNotEmpty, IsOptional, IsString, MaxLength, Min, ValidateBy } from 'class-validator';
import { Needs } from '../../access/needs.js';
import { Shows } from '../../access-records/shows.js';
import type { Position } from '../../store/event-store.js';
import type { Plain } from '../alert/plain.js';

/** What every action of a person answers with. */
class ActionDoneBody {
  @ApiProperty({ format: 'uuid' }) readonly id!: string;
  @ApiProperty({ description: 'For ?atLeast= on the next read' }) readonly position!: Position;
}

export type ActionDone = Plain<ActionDoneBody>;

/** What somebody had seen when they decided to act. */
export class Seen {
  @ApiPropertyOptional({
    minimum: 0,
    description: 'The revision of the alert that was seen: where it has changed since, nothing is stored (409)',
  })
  @IsOptional()
  @IsInt({ message: 'must be the revision of the alert, a whole number' })
  @Min(0, { message: 'must be 0 or more' })
  readonly seenRevision?: number;
}

/** The route of one action on a safety alert, e.g. `POST /safety-alerts/{id}/acknowledge`. */
export const Action = (name: string, summary: string) =>
  applyDecorators(
    Post(`:id/${name}`),
    HttpCode(200),
    Needs('ROLE_CUSTODY_WATCH__ALERTS__RW'),
    Shows('change'),
    ApiOperation({
      operationId: `${name}SafetyAlert`,
      summary,
      description: 'May be sent again: nothing changes then.',
    }),
    ApiOkResponse({ type: ActionDoneBody }),
    ApiResponse({ status: 400, description: 'INVALID_ACTION: errors names the field and the value' }),
    ApiResponse({ status: 404, description: 'NO_SUCH_ALERT' }),
    ApiResponse({
      status: 409,
      description:
        'ALERT_NOT_OPEN; CRITICAL_MAY_NOT_REST; ALERT_CHANGED: changes says what happened since, when and by whom',
    }),
  );

/** Free text of a person: personal, stored so that it can be erased, never logged. */
export const IsNote = () =>
  applyDecorators(
    IsString({ message: 'must be text' }),
    IsNotEmpty({ message: 'must not be empty' }),
    MaxLength(4000, { message: 'must be at most 4000 characters' }),
  );

const WITH_OFFSET = /^\d{4}-\d\d-\d\dT\d\d:\d\d.*(Z|[+-]\d\d:\d\d)$/;

/** An ISO 8601 instant with offset, of a day that exists. */
export const IsInstant = () =>
  ValidateBy({
    name: 'isInstant',
    validator: {
      validate: (value) =>
        typeof value === 'string' &&
        WITH_OFFSET.test(value) &&
        isISO8601(value, { strict: true }) &&
        !Number.isNaN(Date.parse(value)),
      defaultMessage: () => 'must be an instant with offset, such as 2026-11-20T14:00:00Z',
    },
  });
