import { type IQueryHandler, Query, QueryHandler } from '@nestjs/cqrs';
import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Transform } from 'class-transformer';
import { IsOptional, Matches } from 'class-validator';
import { ALL_PRISONS, type Prisons } from '../../access/prisons.js';
import { A_PRISON_ID, A_PRISON_NUMBER, upper } from '../../answers/date-span.js';
import { asPage, PageBody, PageNumber, PageSize } from '../../answers/page.js';
import { nameOf } from '../../kernel/say/say-events.js';
import { toIso } from '../../prison/instant.js';
import { PRISON_NUMBER } from '../../prison/prison-number.js';
import { PRISON_ID } from '../../prison/prison-id.js';
import { LONGEST_WAIT } from '../../store/projection.js';
import { occurrenceOf } from '../custody-event.js';
import { People } from '../people/people.js';
import { NOT_YET_HERE } from '../recording-result.js';
import { PendingEvents } from './pending-events.js';
import type { PendingEvent } from './pending-person.js';
import { PendingProjection } from './pending-projection.js';

/** Which events that wait, which page. */
export class PendingQuery {
  @ApiPropertyOptional({ example: 'XYI', description: 'That this prison told of, or that are about whom it holds' })
  @IsOptional()
  @Transform(upper)
  @Matches(PRISON_ID, A_PRISON_ID)
  readonly prisonId?: string;

  @ApiPropertyOptional({ example: 'A1234BC', description: 'About this person, under this number' })
  @IsOptional()
  @Transform(upper)
  @Matches(PRISON_NUMBER, A_PRISON_NUMBER)
  readonly prisonNumber?: string;

  @PageNumber() readonly page: number = 0;
  @PageSize(500) readonly size: number = 20;
}

/** What one prison tells of somebody whom another holds. Nothing that is personal in it is shown. */
export class PendingEventBody {
  @ApiProperty({ format: 'uuid' }) readonly id!: string;
  @ApiProperty({ example: 'SelfHarmReported' }) readonly type!: string;
  @ApiProperty({ description: 'In the words that staff use' }) readonly what!: string;
  @ApiProperty({ example: 'A1234BC' }) readonly prisonNumber!: string;
  @ApiProperty({ example: 'XYM', description: 'The prison that tells of it' }) readonly prisonId!: string;
  @ApiProperty({ type: String, nullable: true, example: 'XYI', description: 'The prison that holds the person' })
  readonly heldBy!: string | null;
  @ApiProperty({ description: 'XYM tells of A1234BC, whom XYI holds' }) readonly summary!: string;
  @ApiProperty({ format: 'date-time', description: 'When it happened' }) readonly occurredAt!: string;
  @ApiProperty({ format: 'date-time', description: 'Since when it waits' }) readonly since!: string;
  @ApiProperty({
    type: String,
    nullable: true,
    example: 'data.withdraws is an event of another prison, and may be withdrawn by that one only',
    description: 'Why it cannot be taken in as it stands; null where it only waits for the person to be there',
  })
  readonly refused!: string | null;
  @ApiProperty({ enum: [NOT_YET_HERE] }) readonly pending!: typeof NOT_YET_HERE;
}

/** One page of what waits, the longest first. */
export class PendingPageBody extends PageBody {
  @ApiProperty({ type: [PendingEventBody] }) readonly content!: readonly PendingEventBody[];
}

export class ListPending extends Query<PendingPageBody> {
  constructor(
    readonly query: PendingQuery,
    readonly prisons: Prisons,
  ) {
    super();
  }
}

@QueryHandler(ListPending)
export class ListPendingHandler implements IQueryHandler<ListPending> {
  constructor(
    private readonly pending: PendingEvents,
    private readonly projection: PendingProjection,
    private readonly people: People,
  ) {}

  /** For the prison that tells and for the one that holds the person. @throws StoreUnavailable */
  async execute({ query, prisons }: ListPending): Promise<PendingPageBody> {
    await this.projection.readable(AbortSignal.timeout(LONGEST_WAIT));
    const { page, size, prisonId, prisonNumber } = query;
    const isMeant = (one: PendingEvent): boolean =>
      (prisonId === undefined || this.concerns(new Set([prisonId]), one)) &&
      (prisonNumber === undefined || one.event.prisonNumber === prisonNumber);
    const found = this.pending.all
      .filter((one) => this.concerns(prisons, one) && isMeant(one))
      .sort((a, b) => a.since - b.since);
    const content = found.slice(page * size, (page + 1) * size).map((one) => this.told(one));
    return asPage(content, found.length, query);
  }

  private concerns(prisons: Prisons, { event: { prisonId, prisonNumber = '' } }: PendingEvent): boolean {
    const heldBy = this.holderOf(prisonNumber);
    return prisons === ALL_PRISONS || prisons.has(prisonId) || (heldBy !== undefined && prisons.has(heldBy));
  }

  /** As what waits is decided on, at once: whoever looks up access to people hears of a move a moment later. */
  private holderOf(prisonNumber: string): string | undefined {
    const person = this.people.person(prisonNumber);
    return person?.inCustody ? person.prisonId : undefined;
  }

  private told(pending: PendingEvent): PendingEventBody {
    const { event, since } = pending;
    const refusal = this.pending.refusalOf(pending).map(({ field, message }) => `${field} ${message}`);
    const { id, type, prisonNumber = '', prisonId, occurredAt } = event;
    const heldBy = this.holderOf(prisonNumber) ?? null;
    return {
      id,
      type,
      what: nameOf(occurrenceOf(event)),
      prisonNumber,
      prisonId,
      heldBy,
      summary: `${prisonId} tells of ${prisonNumber}, whom ${heldBy ?? 'another prison'} holds`,
      occurredAt,
      since: toIso(since),
      refused: refusal.length > 0 ? refusal.join('; ') : null,
      pending: NOT_YET_HERE,
    };
  }
}
