import { Inject, Injectable } from '@nestjs/common';
import { People } from '../../custody/people/people.js';
import type { Instant } from '../../kernel/instant.js';
import { Health } from '../../oversight/health.js';
import { type Clock, CLOCK } from '../../store/clock.js';
import { Watch } from '../../watch/watch.js';
import { english } from '../words/english.js';
import { sayMoment, sayTime } from './moments.js';

/** Something that everybody must know before they trust what a page shows. */
export interface Banner {
  readonly title: string;
  readonly text: string;
}

const words = english.frame.freshness;

/** How fresh what pages show is: a quiet list must never look like a broken one. */
@Injectable()
export class Freshness {
  private lastFresh: Instant;

  constructor(
    private readonly health: Health,
    private readonly watch: Watch,
    private readonly people: People,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {
    this.lastFresh = clock.now();
  }

  /** When all of it was last known to be as the log has it. Milliseconds since 1970-01-01T00:00:00Z. */
  get asOf(): Instant {
    if (this.isFresh) this.lastFresh = this.clock.now();
    return this.lastFresh;
  }

  /** Whether the log is followed, and has been read to its end. */
  get isFresh(): boolean {
    return this.health.report().status === 'UP' && this.health.ready().status === 'UP';
  }

  /** One line at the foot of every page. */
  line(): string {
    return words.upToDate(sayTime(this.asOf));
  }

  /** How fresh, and when something was last heard: that it is quiet, and not broken. */
  lines(): string[] {
    const { lastHeard } = this.people;
    return [this.line(), lastHeard === undefined ? words.noEvent : words.lastEvent(sayMoment(lastHeard))];
  }

  /** What is to be said at the head of every page; nothing while all is well. */
  banners(): Banner[] {
    const title = words.staleTitle;
    const parked = this.watch.parked.count;
    return [
      ...(this.health.ready().status === 'UP' ? [] : [{ title, text: words.starting }]),
      ...(this.health.report().status === 'UP' ? [] : [{ title, text: words.stale(sayMoment(this.asOf)) }]),
      ...(parked === 0 ? [] : [{ title, text: words.parked(parked) }]),
    ];
  }
}
