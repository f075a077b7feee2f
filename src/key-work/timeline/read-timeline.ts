import { Inject } from '@nestjs/common';
import { type IQueryHandler, Query, QueryHandler } from '@nestjs/cqrs';
import { ApiPropertyOptional } from '@nestjs/swagger';
import { Transform } from 'class-transformer';
import { IsOptional, Validate, ValidatorConstraint, type ValidatorConstraintInterface } from 'class-validator';
import type { Prisons } from '../../access/prisons.js';
import { hold, HOLDERS, type Holders } from '../../access/holders.js';
import { isInstant } from '../../prison/iso-8601.js';
import { AlertHistories } from '../../safety-alerts/list/alert-histories.js';
import { AtLeast } from '../../safety-alerts/list/at-least.js';
import { NoSuchPerson } from '../../answers/errors.js';
import { PersonRecords } from '../person-record.js';
import { tellTimeline, type PersonTimeline } from './timeline.js';

@ValidatorConstraint()
class AnInstant implements ValidatorConstraintInterface {
  validate = isInstant;
  defaultMessage = () => 'must be a date and time that exist, with the offset from UTC, such as 2026-11-20T09:00:00Z';
}

/** In a query a plus that nobody encoded arrives as a space. */
const plus = ({ value }: { value: unknown }): unknown => (typeof value === 'string' ? value.replace(' ', '+') : value);

export class TimelineQuery extends AtLeast {
  @ApiPropertyOptional({ format: 'date-time', description: 'Only what was known then; default: what is known now' })
  @IsOptional()
  @Transform(plus)
  @Validate(AnInstant)
  readonly asAt?: string;
}

export class ReadTimeline extends Query<PersonTimeline> {
  constructor(
    readonly prisonNumber: string,
    readonly asked: TimelineQuery,
    readonly prisons: Prisons,
  ) {
    super();
  }
}

@QueryHandler(ReadTimeline)
export class ReadTimelineHandler implements IQueryHandler<ReadTimeline> {
  constructor(
    private readonly records: PersonRecords,
    private readonly alerts: AlertHistories,
    @Inject(HOLDERS) private readonly holders: Holders,
  ) {}

  /** Only for the prison that holds the person. @throws NoSuchPerson, StoreUnavailable */
  async execute({ prisonNumber, asked, prisons }: ReadTimeline): Promise<PersonTimeline> {
    const asAt = asked.asAt === undefined ? undefined : Date.parse(asked.asAt);
    const record = hold(prisons, prisonNumber, this.holders) && (await this.records.of(prisonNumber, asAt));
    if (!record) throw new NoSuchPerson();
    return tellTimeline(record, await this.alerts.ofPerson(prisonNumber, asAt), asAt);
  }
}
