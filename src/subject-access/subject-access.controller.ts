import { Controller, Get, Header, HttpStatus, Query, Res } from '@nestjs/common';
import { ApiOperation, ApiProduces, ApiPropertyOptional, ApiResponse, ApiTags } from '@nestjs/swagger';
import { Transform } from 'class-transformer';
import { IsOptional, IsString, Matches } from 'class-validator';
import type { Response } from 'express';
import { Asking, type Caller } from '../access/caller.js';
import { RequiresRole } from '../access/required-roles.js';
import { asQuery } from '../answers/checked.js';
import { A_DATE, A_PRISON_NUMBER, spanOf, upper } from '../answers/date-span.js';
import { InvalidQuery } from '../answers/errors.js';
import { Discloses } from '../access-records/disclosure.js';
import { SubjectAccess, type SubjectAccessContent } from './subject-access.js';
import { TEMPLATE } from './template.js';
import { DATE_FORM } from '../prison/iso-8601.js';
import { PRISON_NUMBER } from '../prison/prison-number.js';

const SUBJECT_IDENTIFIER_NOT_RECOGNISED = 209;
const blankIsNone = ({ value }: { value: unknown }): unknown => (value === '' ? undefined : value);

/** Whose data, of which days: those of the calendar in London, both included. */
export class SubjectAccessQuery {
  @ApiPropertyOptional({ example: 'A1234BC', description: 'Prison number' })
  @Transform(blankIsNone)
  @IsOptional()
  @Transform(upper)
  @Matches(PRISON_NUMBER, A_PRISON_NUMBER)
  readonly prn?: string;

  @ApiPropertyOptional({ description: 'Case reference number of the probation service; this service holds none' })
  @Transform(blankIsNone)
  @IsOptional()
  @IsString({ message: 'must be one case reference number' })
  readonly crn?: string;

  @ApiPropertyOptional({ format: 'date' })
  @Transform(blankIsNone)
  @IsOptional()
  @Matches(DATE_FORM, A_DATE)
  readonly fromDate?: string;

  @ApiPropertyOptional({ format: 'date' })
  @Transform(blankIsNone)
  @IsOptional()
  @Matches(DATE_FORM, A_DATE)
  readonly toDate?: string;
}

/** Subject access as HMPPS services do it (hmpps-kotlin-lib), so that the service which gathers them all can ask here. */
@ApiTags('subject access')
@RequiresRole('ROLE_SAR_DATA_ACCESS')
@Controller('subject-access-request')
export class SubjectAccessController {
  constructor(private readonly subjectAccess: SubjectAccess) {}

  @Get()
  @Discloses('read')
  @ApiOperation({ operationId: 'subjectAccessRequest', summary: 'What is held about a person, for that person' })
  @ApiResponse({ status: 200, description: '{content}' })
  @ApiResponse({ status: 204, description: 'Nothing is held' })
  @ApiResponse({ status: 209, description: 'Only a crn was given: no identifier of this service' })
  @ApiResponse({ status: 400, description: 'INVALID_QUERY: neither prn nor crn, or no such number or date' })
  @ApiResponse({
    status: 403,
    description: 'OUTSIDE_YOUR_PRISONS: held by none of them, whether they are known or not',
  })
  @ApiResponse({ status: 503, description: 'STORE_UNAVAILABLE: the log has not been read yet' })
  async read(
    @Query(asQuery) { prn, crn, fromDate, toDate }: SubjectAccessQuery,
    @Asking() { prisons }: Caller,
    @Res({ passthrough: true }) response: Response,
  ): Promise<{ readonly content: SubjectAccessContent } | undefined> {
    if (prn === undefined && crn === undefined)
      throw new InvalidQuery([{ field: 'prn', value: null, message: 'or crn must be given' }]);
    if (prn === undefined) {
      response.status(SUBJECT_IDENTIFIER_NOT_RECOGNISED);
      return undefined;
    }
    const content = await this.subjectAccess.contentOf(prn, prisons, spanOf({ from: fromDate, to: toDate }));
    if (content) return { content };
    response.status(HttpStatus.NO_CONTENT);
    return undefined;
  }

  @Get('template')
  @Discloses('nobody')
  @Header('Content-Type', 'text/plain')
  @ApiOperation({ operationId: 'subjectAccessTemplate', summary: 'How the content is set out for reading: Mustache' })
  @ApiProduces('text/plain')
  @ApiResponse({ status: 200 })
  template(): string {
    return TEMPLATE;
  }
}
