import { Inject, Injectable } from '@nestjs/common';
import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsIn, IsOptional } from 'class-validator';
import { hold, HOLDERS, type Holders } from '../access/holders.js';
import { ALL_PRISONS, type Prisons } from '../access/prisons.js';
import { asPage, PageBody } from '../answers/page.js';
import type { Instant } from '../prison/instant.js';
import { EVENT_STORE, type EventStore } from '../store/event-store.js';
import { STREAM_PREFIX } from '../store/stream-prefix.js';
import { AccessRecordsQuery } from './list-access-records.js';
import { daysAsked, latestFirst, recordedIn } from './recorded-days.js';
import {
  isSecurityEvent,
  SECURITY_EVENT_KINDS,
  type SecurityEvent,
  securityEventFromStored,
  type SecurityEventKind,
} from './security-event.js';

/** Which security events, which page. */
export class SecurityEventsQuery extends AccessRecordsQuery {
  @ApiPropertyOptional({ enum: SECURITY_EVENT_KINDS })
  @IsOptional()
  @IsIn(SECURITY_EVENT_KINDS, { message: `must be one of ${SECURITY_EVENT_KINDS.join(', ')}` })
  readonly kind?: SecurityEventKind;
}

/** Somebody was refused, came or went. */
export class SecurityEventBody {
  @ApiProperty({ description: 'The line in the log of the service names it' }) readonly id!: string;
  @ApiProperty({ format: 'date-time', description: 'Of the first, where count says that there were several' })
  readonly at!: string;
  @ApiProperty({ enum: SECURITY_EVENT_KINDS }) readonly kind!: SecurityEventKind;
  @ApiProperty({ enum: ['user', 'service', 'local', 'stranger'] }) readonly by!: SecurityEvent['by'];
  @ApiPropertyOptional({ description: 'User name, or client id of a service' }) readonly user?: string;
  @ApiPropertyOptional() readonly client?: string;
  @ApiProperty({ description: 'Where it came from; several, where there were too many to tell apart' })
  readonly address!: string;
  @ApiPropertyOptional({ description: 'The code of what the caller was told' }) readonly code?: string;
  @ApiPropertyOptional({ description: 'The user whose sessions were ended' }) readonly sessionsOf?: string;
  @ApiProperty({ type: [String], description: 'Whom they looked for, of those whom the asker may see' })
  readonly prisonNumbers!: readonly string[];
  @ApiProperty({ description: 'How many of them, of one caller in one minute' }) readonly count!: number;
}

/** One page of security events, the latest first. */
export class SecurityEventPageBody extends PageBody {
  @ApiProperty({ type: [SecurityEventBody] }) readonly content!: readonly SecurityEventBody[];
  @ApiProperty({ example: 'at,desc' }) readonly sort!: string;
}

/** Looks up who was refused, came and went. */
@Injectable()
export class ListedSecurityEvents {
  constructor(
    @Inject(EVENT_STORE) readonly store: EventStore,
    @Inject(STREAM_PREFIX) readonly prefix: string,
    @Inject(HOLDERS) private readonly holders: Pick<Holders, 'readable' | 'numbersOf' | 'holderOf'>,
  ) {}

  /**
   * Of callers who work in one of these prisons, and of looks at somebody whom one of them holds; of strangers only for who
   * sees all prisons. @throws InvalidQuery, StoreUnavailable, StoreUnreadable
   */
  async list(
    query: SecurityEventsQuery,
    prisons: Prisons,
    now: Instant,
    leaving?: AbortSignal,
  ): Promise<SecurityEventPageBody> {
    await this.holders.readable();
    const { page, size, prisonNumber } = query;
    const numbers = prisonNumber === undefined ? undefined : this.holders.numbersOf(prisonNumber);
    const sees = (number: string) => hold(prisons, number, this.holders);
    const found = new Map<string, SecurityEventBody>();
    for await (const event of recordedIn(this, daysAsked(query, now), leaving)) {
      if (!isSecurityEvent(event)) continue;
      const { prisons: places, ...told } = securityEventFromStored(event);
      const prisonNumbers = told.prisonNumbers.filter(sees);
      const concerns = prisonNumbers.length > 0 || overlap(prisons, places);
      if (concerns && matches(query, { ...told, prisonNumbers }, numbers))
        found.set(event.id, { id: event.id, ...told, prisonNumbers });
    }
    const matching = [...found.values()].sort(latestFirst);
    return { ...asPage(matching.slice(page * size, (page + 1) * size), matching.length, query), sort: 'at,desc' };
  }
}

const overlap = (prisons: Prisons, places: SecurityEvent['prisons']): boolean =>
  prisons === ALL_PRISONS || (places !== 'all' && places.some((place) => prisons.has(place)));

const matches = (
  { user, kind }: SecurityEventsQuery,
  told: Omit<SecurityEvent, 'prisons'>,
  numbers: readonly string[] | undefined,
): boolean =>
  (user === undefined || told.user === user) &&
  (kind === undefined || told.kind === kind) &&
  (!numbers || told.prisonNumbers.some((number) => numbers.includes(number)));
