import { Inject, Injectable } from '@nestjs/common';
import { HOLDERS, type Holders, readableBefore } from '../access/holders.js';
import type { Prisons } from '../access/prisons.js';
import { NoSuchPerson } from '../answers/errors.js';
import type { Instant } from '../prison/instant.js';
import { AlertHistories, type AlertStep } from '../safety-alerts/list/alert-histories.js';
import { type AsAt, numbersOf, type PersonRecord, PersonRecords } from './person-record.js';

/** What is held of a person, as far as it is for who asks. */
export interface ReadableRecord {
  readonly record: PersonRecord;
  /** What became of their alerts. */
  readonly steps: readonly AlertStep[];
  /** What became known from then on is left out, but for what the prisons that ask told themselves. Never, for the holder. */
  readonly before: Instant;
}

/** The records of people, for those who may read them. */
@Injectable()
export class ReadableRecords {
  constructor(
    private readonly records: PersonRecords,
    private readonly alerts: AlertHistories,
    @Inject(HOLDERS) private readonly holders: Holders,
  ) {}

  /**
   * For the prison that holds the person; and for one from which they were taken over, what was its own.
   * @throws NoSuchPerson, BrokenSeal, StoreUnavailable, StoreUnreadable
   */
  async of(prisonNumber: string, prisons: Prisons, asAt?: AsAt): Promise<ReadableRecord> {
    const before = readableBefore(prisons, prisonNumber, this.holders);
    const record = before === -Infinity ? undefined : await this.records.of(prisonNumber, asAt);
    if (!record) throw new NoSuchPerson();
    const steps = await this.alerts.ofPeople(numbersOf(record));
    if (before === Infinity) return { record, steps, before };
    const entries = record.entries.filter(({ event, knownAt }) => knownAt < before || prisons.has(event.prisonId));
    return {
      record: { ...record, entries },
      steps: steps.filter(({ entry }) => Date.parse(entry.recordedAt) < before),
      before,
    };
  }
}
