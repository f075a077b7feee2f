import { type IQueryHandler, Query, QueryHandler } from '@nestjs/cqrs';
import { ApiPropertyOptional } from '@nestjs/swagger';
import { Transform } from 'class-transformer';
import { IsIn, IsOptional } from 'class-validator';
import type { Prisons } from '../../access/prisons.js';
import { AtLeast } from '../../safety-alerts/list/at-least.js';
import { IsInstant } from '../../answers/is-instant.js';
import { AS_AT_OF, type AsAt } from '../person-record.js';
import { ReadableRecords } from '../readable-record.js';
import { tellTimeline, type PersonTimeline } from './timeline.js';

/** In a query a plus that nobody encoded arrives as a space. */
const plus = ({ value }: { value: unknown }): unknown => (typeof value === 'string' ? value.replace(' ', '+') : value);

export class TimelineQuery extends AtLeast {
  @ApiPropertyOptional({ format: 'date-time', description: 'Only what was known then; default: what is known now' })
  @IsOptional()
  @Transform(plus)
  @IsInstant()
  readonly asAt?: string;

  @ApiPropertyOptional({
    enum: AS_AT_OF,
    description:
      'What asAt asks: known, what had happened and been recorded at its source by then; held, what this service held. ' +
      'Left out: what counted as known here, which is when it came, and for imported history when it was recorded',
  })
  @IsOptional()
  @IsIn(AS_AT_OF, { message: `must be one of ${AS_AT_OF.join(', ')}` })
  readonly asAtOf?: AsAt['of'];
}

export class ReadTimeline extends Query<PersonTimeline> {
  constructor(
    readonly prisonNumber: string,
    readonly query: TimelineQuery,
    readonly prisons: Prisons,
  ) {
    super();
  }
}

@QueryHandler(ReadTimeline)
export class ReadTimelineHandler implements IQueryHandler<ReadTimeline> {
  constructor(private readonly records: ReadableRecords) {}

  /** As far as it is for these prisons. @throws NoSuchPerson, StoreUnavailable */
  async execute({ prisonNumber, query, prisons }: ReadTimeline): Promise<PersonTimeline> {
    const asAt = query.asAt === undefined ? undefined : { instant: Date.parse(query.asAt), of: query.asAtOf };
    const { record, steps } = await this.records.of(prisonNumber, prisons, asAt);
    return tellTimeline(record, steps, asAt);
  }
}
