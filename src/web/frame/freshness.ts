import { Inject, Injectable } from '@nestjs/common';
import { People } from '../../custody/people/people.js';
import { PeopleProjection } from '../../custody/people/people-projection.js';
import type { Instant } from '../../prison/instant.js';
import { Health } from '../../oversight/health.js';
import { type Clock, CLOCK } from '../../store/clock.js';
import { Watch } from '../../watch/watch.js';
import { english } from '../words/english.js';
import { sayFeed } from '../lines/feed-line.js';
import { sayMoment, sayTime, sayWeekday } from './moments.js';

/** Something that everybody must know before they trust what a page shows. */
export interface Banner {
  readonly title: string;
  readonly text: string;
}

const words = english.frame.freshness;

/** As long as nobody need be told: between an event and the next look at the clock. In milliseconds. */
const A_MOMENT = 60_000;

/** How fresh what pages show is: a quiet list must never look like a broken one. The service ticks it. */
@Injectable()
export class Freshness {
  private lastFresh: Instant;

  constructor(
    private readonly health: Health,
    private readonly watch: Watch,
    private readonly people: People,
    private readonly names: PeopleProjection,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {
    this.lastFresh = clock.now();
  }

  /** Time has moved on to `now`: also while nobody looks, so that it is known until when all was well. */
  tick(now: Instant): void {
    if (this.isFresh) this.lastFresh = now;
  }

  /** When all of it was last known to be as the log has it. Milliseconds since 1970-01-01T00:00:00Z. */
  get asOf(): Instant {
    this.tick(this.clock.now());
    return this.lastFresh;
  }

  /** Whether the log is followed, and has been read to its end: not only once, but just now. */
  private get isFresh(): boolean {
    return this.isUp && this.hasStarted && this.watch.isAtTheEnd && this.names.isAtTheEnd;
  }

  private get isUp(): boolean {
    return this.health.isFollowed;
  }

  private get hasStarted(): boolean {
    return this.health.ready().status === 'UP';
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

  /**
   * What is to be said at the head of every page; nothing while all is well.
   * @param prisons those of the reader
   */
  banners(prisons: readonly string[] = []): Banner[] {
    const title = words.staleTitle;
    const parked = this.watch.parked.count;
    const { asOf, hasStarted } = this;
    const isBehind = hasStarted && this.isUp && this.clock.now() - asOf > A_MOMENT;
    return [
      ...(hasStarted ? [] : [{ title, text: words.starting }]),
      ...(this.isUp ? [] : [{ title, text: words.stale(sayMoment(asOf)) }]),
      ...(isBehind ? [{ title, text: words.behind(sayMoment(asOf)) }] : []),
      ...(parked === 0 ? [] : [{ title, text: words.parked(parked) }]),
      ...this.silent(prisons),
    ];
  }

  /** A source that says nothing: what rests on it is not known. Says the prison where the reader has several. */
  private silent(prisons: readonly string[]): Banner[] {
    return this.watch.silentFeeds
      .filter(({ prisonId }) => prisons.includes(prisonId))
      .map(({ prisonId, feed, completeUntil, rules, held }) => ({
        title: words.silentTitle,
        text: words.silent(
          prisons.length > 1 ? `${this.people.prisonName(prisonId)}: ${sayFeed(feed)}` : sayFeed(feed),
          sayWeekday(completeUntil, this.clock.now()),
          rules.length,
          held,
        ),
      }));
  }
}
