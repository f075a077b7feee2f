import type { Instant } from '../../prison/instant.js';
import { feedText } from '../feed.js';
import { dueOf } from './limits.js';
import { rulesOfPrisons } from './local-rules.js';
import { limitsIn, momentsOf, withReferred } from './moments.js';
import type { RuleStories, StoryTerms } from './rule-stories.js';
import { situationOf } from './situation-of.js';
import { changeBetween, type DefinitionalTransition, goOn, type Story } from './story.js';

/**
 * Tells what became of each rule's alerts about feeds, looking at each feed afresh at every instant at which one of its
 * prison fell silent or was heard again, at every midnight, and so long after as limits say. The "prison number" of what it
 * tells is the feed (`feed:case-notes@XYI`).
 */
export const tellOfFeeds = ({ rules, settings = [], days, feeds }: StoryTerms, until: Instant): RuleStories[] => {
  const rulesOf = rulesOfPrisons(rules, settings, days);
  return rules.map((rule, place) => {
    const inForceFrom = days.startOf(days.named(rule.effectiveFrom));
    const limits = limitsIn(withReferred(rule, rules));
    const transitions: DefinitionalTransition[] = [];
    const stories = new Map<string, Story>();
    for (const one of feeds?.reported ?? []) {
      const { prisonId, feed, since } = one;
      const text = feedText(one);
      const silentSince = (t: Instant) => feeds?.silentSince(prisonId, feed, t);
      const situation = situationOf([], since, { days, rulesOf, prisonId, silentSince });
      const changes = feeds?.momentsOf(prisonId) ?? [];
      const dues = changes.flatMap((change) => limits.map((limit) => dueOf(change, limit, situation)));
      for (const t of momentsOf(limits, situation, since, until + 1, [...changes, ...dues])) {
        if (t < inForceFrom) continue;
        const before = stories.get(text) ?? {};
        const at = situation.ruledAt(t);
        const after = goOn(at.rules[place] ?? rule, before, at);
        const change = changeBetween(before, after, situation);
        if (change) transitions.push({ at: t, prisonNumber: text, rule: rule.id, ...change });
        stories.set(text, after);
      }
    }
    return { stories, transitions };
  });
};
