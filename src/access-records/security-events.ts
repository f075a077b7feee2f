import { Inject, Injectable, Logger, type OnApplicationShutdown } from '@nestjs/common';
import type { Request } from 'express';
import { type Caller, callerOrNobody } from '../access/caller.js';
import { listed, NO_PRISONS } from '../access/prisons.js';
import { MINUTE, toIso } from '../prison/instant.js';
import { type Clock, CLOCK } from '../store/clock.js';
import { AccessLog } from './access-log.js';
import { dayOf } from './access-record.js';
import {
  SECURITY_EVENT_KINDS,
  type SecurityEvent,
  type SecurityEventKind,
  securityEventToStored,
} from './security-event.js';

/** What is known of it besides the request. */
interface SecurityDetails {
  /** Who it was, where the request does not say so yet, or no more. */
  readonly caller?: Caller | undefined;
  readonly code?: string;
  readonly sessionsOf?: string;
  readonly prisonNumbers?: Iterable<string>;
}

/** The same caller, again in this minute. */
interface SecurityRepeats {
  readonly first: SecurityEvent;
  readonly people: Set<string>;
  count: number;
}

/** So many addresses of strangers are told apart in a minute, and so many people whom one caller looked for. */
const MOST_STRANGERS = 100;
const MOST_PEOPLE = 2_000;

/**
 * Keeps what was refused, and who came and went, beside the records of who saw whom: counted, with a line in the log, and
 * as an event. Of one caller the first of a kind in a minute is written at once, all others together at the end of the
 * minute, so that nobody fills the log. The service ticks it.
 */
@Injectable()
export class SecurityEvents implements OnApplicationShutdown {
  private readonly counts = new Map(SECURITY_EVENT_KINDS.map((kind) => [kind, 0]));
  private readonly logger = new Logger(SecurityEvents.name);
  private minute = NaN;
  private strangers = 0;
  private readonly repeats = new Map<string, SecurityRepeats>();
  private readonly writing = new Set<Promise<void>>();

  constructor(
    private readonly log: AccessLog,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** How many of each kind there were since this process was started. */
  totals(): ReadonlyMap<SecurityEventKind, number> {
    return this.counts;
  }

  /** Returns at once: nobody waits for the record of being refused. */
  note(kind: SecurityEventKind, request: Request, details: SecurityDetails = {}): void {
    const now = this.clock.now();
    this.tick(now);
    this.counts.set(kind, (this.counts.get(kind) ?? 0) + 1);
    const event = eventOf(kind, request, details, toIso(now));
    const known = this.repeats.get(keyOf(event));
    if (known) add(known, event);
    else this.first(event);
  }

  /** Writes what came again and again, once its minute is over. @param now milliseconds since 1970-01-01T00:00:00Z */
  tick(now: number): void {
    const minute = Math.floor(now / MINUTE);
    if (minute === this.minute) return;
    this.minute = minute;
    this.strangers = 0;
    for (const { first, people, count } of this.repeats.values())
      if (count > 0) this.write({ ...first, prisonNumbers: [...people], count }, `, ${count} more in that minute`);
    this.repeats.clear();
  }

  async onApplicationShutdown(): Promise<void> {
    this.tick(NaN);
    await this.written();
  }

  /** What was noted is in the log, or could not be kept. */
  async written(): Promise<void> {
    await Promise.all(this.writing);
  }

  private first(event: SecurityEvent): void {
    if (event.by === 'stranger' && ++this.strangers > MOST_STRANGERS) {
      const all = { ...event, address: 'several' };
      const known = this.repeats.get(keyOf(all)) ?? { first: all, people: new Set(), count: 0 };
      this.repeats.set(keyOf(all), known);
      add(known, all);
      return;
    }
    this.repeats.set(keyOf(event), { first: event, people: new Set(), count: 0 });
    this.write(event);
  }

  /** The line has no name and no number of anybody: they are in the event that it names. */
  private write(event: SecurityEvent, more = ''): void {
    const stored = securityEventToStored(event);
    const line = `${[event.kind, event.code].filter(Boolean).join(' ')}${more}: security event ${stored.id}`;
    if (COMING_AND_GOING.has(event.kind)) this.logger.log(line);
    else this.logger.warn(line);
    const written = this.log.keep(stored, dayOf(event.at)).catch((error: unknown) => {
      this.logger.error(
        `Security event ${stored.id} could not be kept: ${error instanceof Error ? error.message : ''}`,
      );
    });
    this.writing.add(written);
    void written.then(() => this.writing.delete(written));
  }
}

const COMING_AND_GOING: ReadonlySet<SecurityEventKind> = new Set(['signed-in', 'signed-out', 'sessions-ended']);

const eventOf = (
  kind: SecurityEventKind,
  request: Request,
  { caller = callerOrNobody(request), code, sessionsOf, prisonNumbers = [] }: SecurityDetails,
  at: string,
): SecurityEvent => ({
  at,
  kind,
  by: caller?.kind ?? 'stranger',
  ...(caller && { user: caller.name }),
  ...(caller?.client !== undefined && { client: caller.client }),
  address: request.ip ?? 'unknown',
  ...(code !== undefined && { code }),
  ...(sessionsOf !== undefined && { sessionsOf }),
  prisonNumbers: [...prisonNumbers].slice(0, MOST_PEOPLE),
  prisons: listed(caller?.prisons ?? NO_PRISONS),
  count: 1,
});

/** Strangers are told apart by their address, all others by who they are. */
const keyOf = ({ kind, code, by, user, client, address, sessionsOf }: SecurityEvent): string =>
  JSON.stringify([kind, code, by, user ?? address, client, sessionsOf]);

const add = (repeats: SecurityRepeats, { prisonNumbers }: SecurityEvent): void => {
  repeats.count++;
  for (const one of prisonNumbers) if (repeats.people.size < MOST_PEOPLE) repeats.people.add(one);
};
