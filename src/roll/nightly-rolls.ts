import { Inject, Injectable, Logger, type OnModuleDestroy, Optional } from '@nestjs/common';
import { ownProgram } from '../custody/sender.js';
import { codeOf } from '../prison/errors.js';
import { type Instant, MINUTE } from '../prison/instant.js';
import { LocalDays } from '../prison/local-days.js';
import { readRoll } from './roll-file.js';
import { RollChecks } from './roll-checks.js';

/** Where the rolls of prisons are fetched, and when. */
export interface RollFeed {
  /** With `{prison}` in place of the prison id. */
  readonly url: string;
  readonly prisons: readonly string[];
  /** Minutes after midnight, by the clock of London. */
  readonly minute: number;
  /** The bearer token that the address asks for. */
  readonly token?: string | undefined;
}

/** Nest's token for the {@link RollFeed}; nothing is fetched where there is none. */
export const ROLL_FEED = Symbol('RollFeed');

/** What the address answered is no roll. The message holds nothing of it. */
class RollNotReadable extends Error {
  readonly code = 'ROLL_NOT_READABLE';
}

/** A roll of a large prison takes some 200 kB; an answer of more bytes than this is none. */
const LARGEST = 8 * 1024 * 1024;
/** An address that answers slowly is given up, in milliseconds. */
const PATIENCE = 30_000;
/** What could not be had is tried again so much later. */
const AGAIN = 10 * MINUTE;

/** Who checks the rolls of the night. */
const NIGHTLY = 'custody-watch';

/** Fetches the roll of each prison once a night, and checks it. The service ticks it. */
@Injectable()
export class NightlyRolls implements OnModuleDestroy {
  private readonly logger = new Logger('Roll');
  private readonly days = new LocalDays();
  private readonly nextLook = new Map<string, Instant>();
  private readonly stopped = new AbortController();
  private running: Promise<void> | undefined;

  constructor(
    @Optional() @Inject(ROLL_FEED) private readonly feed: RollFeed | undefined,
    private readonly checks: RollChecks,
  ) {}

  /** Time has moved on to `now`. What is fetched holds up nobody: the next tick comes meanwhile. */
  tick(now: Instant): void {
    if (!this.feed || this.running) return;
    const due = this.feed.prisons.filter((prison) => now >= (this.nextLook.get(prison) ?? -Infinity));
    if (due.length === 0 || now < this.timeOn(now)) return;
    this.running = this.checkAll(this.feed, due, now).finally(() => {
      this.running = undefined;
    });
  }

  /** Resolves once what is being checked has been checked. */
  async settled(): Promise<void> {
    await this.running;
  }

  async onModuleDestroy(): Promise<void> {
    this.stopped.abort();
    await this.running;
  }

  private async checkAll(feed: RollFeed, prisons: readonly string[], now: Instant): Promise<void> {
    for (const prison of prisons) this.nextLook.set(prison, await this.checkOne(feed, prison, now));
  }

  /** @returns when to look again */
  private async checkOne(feed: RollFeed, prison: string, now: Instant): Promise<Instant> {
    try {
      const terms = { by: NIGHTLY, now, since: this.timeOn(now), patience: AGAIN };
      const turn = await this.checks.turn(prison, terms);
      if (turn === 'theirs') return now + AGAIN;
      if (turn === 'mine') await this.check(feed, prison, now);
      return this.timeOn(this.days.startOf(this.days.dayOf(now) + 1));
    } catch (error) {
      const why = error instanceof RollNotReadable ? ` ${error.message}` : '';
      this.logger.error(
        `The roll of ${prison} could not be checked: ${codeOf(error)}.${why} Trying again in ten minutes.`,
      );
      return now + AGAIN;
    }
  }

  private async check({ url, token }: RollFeed, prison: string, asAt: Instant): Promise<void> {
    const text = await fetchRoll(url.replaceAll('{prison}', prison), { token, signal: this.stopped.signal });
    const { entries, problems } = await readRoll(text, this.days);
    const [first] = problems;
    if (first) throw new RollNotReadable(`Line ${first.line}, column ${first.column}.`);
    if (entries.some(({ prisonId }) => prisonId !== prison)) throw new RollNotReadable('It is of another prison.');
    const { differences, unlike } = await this.checks.check(
      { prisonId: prison, asAt, entries },
      { sender: ownProgram('roll'), by: NIGHTLY },
    );
    const counts = Object.entries(differences).map(([kind, count]) => `${kind} ${count}`);
    const strange = unlike ? ' Too much differs for it to be the roll of this prison: nothing was done.' : '';
    this.logger.log(`The roll of ${prison} was checked: ${counts.join(', ')}.${strange}`);
  }

  /** When rolls are fetched on the local day of an instant. */
  private timeOn(instant: Instant): Instant {
    return this.days.startOf(this.days.dayOf(instant)) + (this.feed?.minute ?? 0) * MINUTE;
  }
}

/** How an address is asked. */
interface RollRequest {
  readonly token?: string | undefined;
  /** Gives it up. */
  readonly signal?: AbortSignal;
}

const HERE = ['127.0.0.1', 'localhost', '[::1]'];

/** The text at an address. A token goes nowhere in clear but to this machine. @throws RollNotReadable */
export const fetchRoll = async (url: string, { token, signal }: RollRequest = {}): Promise<string> => {
  const { protocol, hostname } = new URL(url);
  if (token !== undefined && protocol !== 'https:' && !HERE.includes(hostname))
    throw new RollNotReadable('ROLL_TOKEN would be sent in clear. Use an address that begins with https://.');
  const headers = { Accept: 'text/csv, application/x-ndjson', ...(token && { Authorization: `Bearer ${token}` }) };
  const inTime = AbortSignal.timeout(PATIENCE);
  const response = await fetch(url, { headers, signal: signal ? AbortSignal.any([signal, inTime]) : inTime });
  if (!response.ok) throw new RollNotReadable(`The address of the roll answered ${response.status}.`);
  const parts: Uint8Array[] = [];
  let size = 0;
  const answered: AsyncIterable<Uint8Array> | readonly Uint8Array[] = response.body ?? [];
  for await (const part of answered) {
    size += part.byteLength;
    if (size > LARGEST) throw new RollNotReadable(`The address of the roll answered more than ${LARGEST} bytes.`);
    parts.push(part);
  }
  return Buffer.concat(parts).toString('utf8');
};
