import { Get, Inject, Param } from '@nestjs/common';
import { Asking, type Caller } from '../../access/caller.js';
import { NoSuchRule } from '../../answers/errors.js';
import { ROLES } from '../../access/roles.js';
import type { Rule } from '../../kernel/rule.js';
import { bySourcePage, type BySourcePage, type RulePage, rulePage, type RulesPage, rulesPage } from './rules.page.js';
import { WATCHED_RULES, SOURCE_POINTS } from './watched-rules.js';
import type { SourcePoints } from '../../kernel/language/read-sources.js';
import { Page, Viewed } from '../frame/page.js';
import { WITHIN } from '../frame/page-if-asked.js';
import { maySeeAlerts } from '../frame/navigation.js';

@Page(`${WITHIN}/rules`, ROLES, 'nobody')
export class RulesPagesController {
  constructor(
    @Inject(WATCHED_RULES) private readonly rules: readonly Rule[],
    @Inject(SOURCE_POINTS) private readonly sources: readonly SourcePoints[],
  ) {}

  @Get()
  @Viewed('rules/rules', 'viewRules')
  list(): RulesPage {
    return rulesPage(this.rules);
  }

  @Get('by-source')
  @Viewed('rules/by-source', 'viewRules')
  bySource(): BySourcePage {
    return bySourcePage(this.sources, this.rules);
  }

  @Get(':id')
  @Viewed('rules/rule', 'viewRule')
  one(@Param('id') id: string, @Asking() { roles }: Caller): RulePage & { readonly maySeeAlerts: boolean } {
    const rule = this.rules.find((candidate) => candidate.id === id);
    if (!rule) throw new NoSuchRule(id);
    return { ...rulePage(rule), maySeeAlerts: maySeeAlerts(roles) };
  }
}
