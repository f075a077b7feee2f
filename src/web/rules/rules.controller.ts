import { Get, Inject, Param } from '@nestjs/common';
import { Asking, type Caller } from '../../access/caller.js';
import { NoSuchRule } from '../../answers/errors.js';
import { ROLES } from '../../access/roles.js';
import { PrisonNames } from '../../prison/prison-names.js';
import { type Clock, CLOCK } from '../../store/clock.js';
import { Watch } from '../../watch/watch.js';
import { bySourcePage, type BySourcePage, type RulePage, rulePage, type RulesPage, rulesPage } from './rules.page.js';
import { WATCHED_RULES, type WatchedRules } from './watched-rules.js';
import { Page, Viewed } from '../frame/page.js';
import { WITHIN } from '../frame/page-if-asked.js';
import { maySeeAlerts } from '../frame/navigation.js';
import { ALL, type ChosenLocation, Location } from '../sign-in/location.js';
import { type RuleHere, ruleInPrisons } from './rule-in-prisons.js';

/** One rule, in general and in the prisons that the reader looks at. */
type RuleView = RulePage & { readonly prisons: readonly RuleHere[]; readonly maySeeAlerts: boolean };

@Page(`${WITHIN}/rules`, ROLES, 'nobody')
export class RulesPagesController {
  constructor(
    @Inject(WATCHED_RULES) private readonly rules: WatchedRules,
    private readonly watch: Watch,
    @Inject(CLOCK) private readonly clock: Clock,
    private readonly names: PrisonNames,
  ) {}

  @Get()
  @Viewed('rules/rules', 'viewRules')
  list(): RulesPage {
    return rulesPage(this.rules.all);
  }

  @Get('by-source')
  @Viewed('rules/by-source', 'viewRules')
  bySource(): BySourcePage {
    return bySourcePage(this.rules.sources, this.rules.all);
  }

  @Get(':id')
  @Viewed('rules/rule', 'viewRule')
  one(@Param('id') id: string, @Asking() { roles }: Caller, @Location() { chosen, choices }: ChosenLocation): RuleView {
    const rule = this.rules.all.find((candidate) => candidate.id === id);
    if (!rule) throw new NoSuchRule(id);
    const now = this.clock.now();
    const { rulebook, notWatched } = this.watch.rules;
    const prisons = (chosen === ALL ? choices : [chosen]).map((prisonId) => ({
      prisonId,
      inForce: rulebook.inForceWith(rule, prisonId, now),
      isWatched: !notWatched?.get(prisonId)?.has(id),
    }));
    return {
      ...rulePage(rule),
      prisons: ruleInPrisons(rule, prisons, this.names.of),
      maySeeAlerts: maySeeAlerts(roles),
    };
  }
}
