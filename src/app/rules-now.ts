import { Inject, Injectable } from '@nestjs/common';
import { ModuleRef } from '@nestjs/core';
import type { FeedsNow } from '../custody/feeds.js';
import { NO_FEEDS } from '../kernel/feed-terms.js';
import { type KeyWorkLimits, keyWorkLimitsOf } from '../key-work/figures/limits.js';
import type { NotWatchedByPrison } from '../key-work/history/not-watched.js';
import type { NamedPrison } from '../prison/prison-names.js';
import { worst } from '../prison/severity.js';
import type { RuleOfAlert, RuleSource } from '../safety-alerts/ports.js';
import type { RuleSet } from '../watch/rule-set.js';
import { Watch } from '../watch/watch.js';

/** What is made of a set of rules for those who ask often. */
interface MadeOfRules {
  readonly of: RuleSet;
  readonly limits: KeyWorkLimits;
  readonly prisons: readonly NamedPrison[];
}

/**
 * What the watch goes by now, for those who lie below it: rules, the limits of key work, prisons and feeds may become others while
 * the service runs. It is looked up late.
 */
@Injectable()
export class RulesNow implements RuleSource, KeyWorkLimits {
  private watch: Watch | undefined;
  private made: MadeOfRules | undefined;

  constructor(@Inject(ModuleRef) private readonly modules: ModuleRef) {}

  rule(id: string): RuleOfAlert | undefined {
    const rule = this.now.rulebook.catalogue.find((one) => one.id === id);
    if (!rule) return undefined;
    const { name, source, because, steps } = rule;
    return { name, source, because, worstStep: worst(steps.map(({ level }) => level)) };
  }

  get sinceSession(): KeyWorkLimits['sinceSession'] {
    return this.ofNow.limits.sinceSession;
  }

  get sinceArrival(): KeyWorkLimits['sinceArrival'] {
    return this.ofNow.limits.sinceArrival;
  }

  readonly feeds: FeedsNow = () => this.now.feeds ?? NO_FEEDS;

  readonly prisons = (): readonly NamedPrison[] => this.ofNow.prisons;

  readonly notWatched: NotWatchedByPrison = { get: (prisonId) => this.now.notWatched?.get(prisonId) };

  private get ofNow(): MadeOfRules {
    const { now } = this;
    if (this.made?.of !== now) {
      const prisons = (now.prisons ?? []).map(({ settings: { prisonId }, name, region }) => ({
        prisonId,
        name,
        region,
      }));
      this.made = { of: now, limits: keyWorkLimitsOf(now.rulebook.catalogue), prisons };
    }
    return this.made;
  }

  private get now(): RuleSet {
    return (this.watch ??= this.modules.get<Watch>(Watch, { strict: false })).rules;
  }
}
