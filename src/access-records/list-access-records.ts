import { Inject, Injectable } from '@nestjs/common';
import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Transform } from 'class-transformer';
import { IsOptional, IsString, Matches } from 'class-validator';
import { A_DATE, A_PRISON_NUMBER, upper } from '../answers/date-span.js';
import { hold, HOLDERS, type Holders } from '../access/holders.js';
import type { Prisons } from '../access/prisons.js';
import { asPage, PageBody, PageNumber, PageSize } from '../answers/page.js';
import { EVENT_STORE, type EventStore } from '../store/event-store.js';
import { STREAM_PREFIX } from '../store/stream-prefix.js';
import { type AccessRecord, fromStored, isAccessRecord } from './access-record.js';
import type { Access } from './disclosure.js';
import { daysAsked, latestFirst, recordedIn } from './recorded-days.js';
import { DATE_FORM } from '../prison/iso-8601.js';
import { PRISON_NUMBER } from '../prison/prison-number.js';

/** Which records of who saw whom, which page. Days are those of the calendar in London, both included. */
export class AccessRecordsQuery {
  @ApiPropertyOptional({
    example: 'A1234BC',
    description: 'Whose data were seen, under any number that is or was theirs',
  })
  @IsOptional()
  @Transform(upper)
  @Matches(PRISON_NUMBER, A_PRISON_NUMBER)
  readonly prisonNumber?: string;

  @ApiPropertyOptional({ description: 'Who saw them: user name, or client id of a service' })
  @IsOptional()
  @IsString({ message: 'must be one user name' })
  readonly user?: string;

  @ApiPropertyOptional({ format: 'date', description: 'First day; default: four weeks before the last' })
  @IsOptional()
  @Matches(DATE_FORM, A_DATE)
  readonly from?: string;

  @ApiPropertyOptional({ format: 'date', description: 'Last day; default: today' })
  @IsOptional()
  @Matches(DATE_FORM, A_DATE)
  readonly to?: string;

  @PageNumber() readonly page: number = 0;
  @PageSize(5_000) readonly size: number = 20;
}

/** Somebody saw or changed what is held about people. */
export class AccessRecordBody {
  @ApiProperty({ format: 'date-time' }) readonly at!: string;
  @ApiProperty({ enum: ['user', 'service', 'local'] }) readonly kind!: AccessRecord['kind'];
  @ApiProperty({ description: 'User name, or client id of a service' }) readonly user!: string;
  @ApiPropertyOptional() readonly client?: string;
  @ApiProperty({ description: 'The address that the request came from' }) readonly address!: string;
  @ApiProperty({ enum: ['read', 'change'] }) readonly access!: Access;
  @ApiProperty({ description: 'The operationId of the route' }) readonly operation!: string;
  @ApiPropertyOptional({ description: 'As the caller gave it in X-Reason' }) readonly reason?: string;
  @ApiProperty({ type: [String], description: 'Whose; only numbers of the one asked for, where one was' })
  readonly prisonNumbers!: readonly string[];
  @ApiProperty({ description: 'How many people were shown at once' }) readonly people!: number;
}

/** One page of records, the latest first. */
export class AccessRecordPageBody extends PageBody {
  @ApiProperty({ type: [AccessRecordBody] }) readonly content!: readonly AccessRecordBody[];
  @ApiProperty({ example: 'at,desc' }) readonly sort!: string;
}

/** Looks up who saw whom. The records can be read and nothing else. */
@Injectable()
export class AccessRecords {
  constructor(
    @Inject(EVENT_STORE) readonly store: EventStore,
    @Inject(STREAM_PREFIX) readonly prefix: string,
    @Inject(HOLDERS) private readonly holders: Pick<Holders, 'readable' | 'numbersOf' | 'holderOf'>,
  ) {}

  /**
   * The records that match, a page of them: of somebody whose records were merged, under whatever number they were seen.
   * Reads what was recorded on these days and nothing else, and stops when whoever asks has left.
   * @param prisons of whoever asks: of people whom others hold nothing is told
   * @param now milliseconds since 1970-01-01T00:00:00Z
   * @throws InvalidQuery, StoreUnavailable, StoreUnreadable
   */
  async list(
    query: AccessRecordsQuery,
    prisons: Prisons,
    now: number,
    leaving?: AbortSignal,
  ): Promise<AccessRecordPageBody> {
    await this.holders.readable();
    const { page, size } = query;
    const isAskedFor = this.askedFor(query, prisons);
    const found = await this.matching(query, isAskedFor, now, leaving);
    const matching = found.sort(latestFirst);
    const content = matching.slice(page * size, (page + 1) * size).map((record) => asAsked(record, isAskedFor));
    return { ...asPage(content, matching.length, query), sort: 'at,desc' };
  }

  /** Which people, of those whom a record names, are told of. */
  private askedFor({ prisonNumber }: AccessRecordsQuery, prisons: Prisons): IsAskedFor {
    const numbers = prisonNumber === undefined ? undefined : this.holders.numbersOf(prisonNumber);
    return (number) => (!numbers || numbers.includes(number)) && hold(prisons, number, this.holders);
  }

  private async matching(
    query: AccessRecordsQuery,
    isAskedFor: IsAskedFor,
    now: number,
    leaving: AbortSignal | undefined,
  ): Promise<AccessRecord[]> {
    // A record that the log took although it said otherwise came once more through the spool.
    const matching = new Map<string, AccessRecord>();
    for await (const event of recordedIn(this, daysAsked(query, now), leaving)) {
      if (!isAccessRecord(event)) continue;
      const record = fromStored(event);
      if (matches(record, query.user, isAskedFor)) matching.set(event.id, record);
    }
    return [...matching.values()];
  }
}

type IsAskedFor = (prisonNumber: string) => boolean;

const matches = ({ user, prisonNumbers }: AccessRecord, by: string | undefined, isAskedFor: IsAskedFor): boolean =>
  (by === undefined || user === by) && prisonNumbers.some(isAskedFor);

/** Who asks about one person, or about those of some prisons, is not shown all others who were on the same page. */
const asAsked = (record: AccessRecord, isAskedFor: IsAskedFor): AccessRecordBody => ({
  ...record,
  prisonNumbers: record.prisonNumbers.filter(isAskedFor),
  people: record.prisonNumbers.length,
});
