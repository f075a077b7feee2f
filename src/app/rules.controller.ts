import { Controller, Get, Inject, Param } from '@nestjs/common';
import { ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import { RequiresRole } from '../access/required-roles.js';
import { ROLES } from '../access/roles.js';
import { NoSuchRule } from '../answers/errors.js';
import { Discloses } from '../access-records/disclosure.js';
import type { Rule } from '../kernel/rule.js';
import { sayRule } from '../kernel/say/say-rule.js';
import { ESTATE, type Estate } from './estate.js';

/** The catalogue as people read it. */
const shown = (rule: Rule) => ({
  id: rule.id,
  name: rule.name,
  version: rule.version,
  effectiveFrom: rule.effectiveFrom,
  says: sayRule(rule),
  severities: [...new Set(rule.steps.map(({ level }) => level))],
  appliesTo: rule.appliesTo?.name ?? 'everyone in a stay',
  waitsWhileAway: rule.pauses,
  closes: rule.closesOn,
  owner: rule.owner,
  tells: rule.tells,
  source: rule.source,
  because: rule.because,
});

@ApiTags('rules')
@RequiresRole(...ROLES)
@Discloses('nobody')
@Controller('rules')
export class RulesController {
  constructor(@Inject(ESTATE) private readonly estate: Estate) {}

  @Get()
  @ApiOperation({ operationId: 'listRules', summary: 'The catalogue: what is watched, in plain words, and why' })
  @ApiResponse({ status: 200 })
  list() {
    return this.estate.ruleFiles.map(({ rule }) => shown(rule));
  }

  @Get('by-source')
  @ApiOperation({
    operationId: 'listRulesBySource',
    summary: 'What the sources say or ask for, each point with the rules that answer it, and what none answers yet',
  })
  @ApiResponse({ status: 200 })
  bySource() {
    return this.estate.sources;
  }

  @Get(':id')
  @ApiOperation({
    operationId: 'readRule',
    summary: 'One rule: plain words, limits, what its sources say, what we make of that, version',
  })
  @ApiResponse({ status: 200 })
  @ApiResponse({ status: 404, description: 'NO_SUCH_RULE' })
  read(@Param('id') id: string) {
    const file = this.estate.ruleFiles.find(({ rule }) => rule.id === id);
    if (!file) throw new NoSuchRule(id);
    return shown(file.rule);
  }
}
