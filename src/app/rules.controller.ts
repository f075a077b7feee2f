import { Controller, Get, Inject, Param } from '@nestjs/common';
import { ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import { RequiresRole } from '../access/required-roles.js';
import { ROLES } from '../access/roles.js';
import { NoSuchRule } from '../answers/errors.js';
import { Discloses } from '../access-records/disclosure.js';
import { listOf } from '../answers/schema.js';
import { ESTATE, type Estate } from './estate.js';
import { RULE_SCHEMA, ruleBody, SOURCE_POINTS_SCHEMA } from './rule-body.js';

@ApiTags('rules')
@RequiresRole(...ROLES)
@Discloses('nobody')
@Controller('rules')
export class RulesController {
  constructor(@Inject(ESTATE) private readonly estate: Estate) {}

  @Get()
  @ApiOperation({ operationId: 'listRules', summary: 'The catalogue: what is watched, in plain words, and why' })
  @ApiResponse({ status: 200, schema: listOf(RULE_SCHEMA, 'In the order of their ids') })
  list() {
    return this.estate.ruleFiles.map(({ rule }) => ruleBody(rule));
  }

  @Get('by-source')
  @ApiOperation({
    operationId: 'listRulesBySource',
    summary: 'What the sources say or ask for, each point with the rules that answer it, and what none answers yet',
  })
  @ApiResponse({ status: 200, schema: listOf(SOURCE_POINTS_SCHEMA, 'A source each') })
  bySource() {
    return this.estate.sources;
  }

  @Get(':id')
  @ApiOperation({
    operationId: 'readRule',
    summary: 'One rule: plain words, limits, what its sources say, what we make of that, version',
  })
  @ApiResponse({ status: 200, schema: RULE_SCHEMA })
  @ApiResponse({ status: 404, description: 'NO_SUCH_RULE' })
  read(@Param('id') id: string) {
    const file = this.estate.ruleFiles.find(({ rule }) => rule.id === id);
    if (!file) throw new NoSuchRule(id);
    return ruleBody(file.rule);
  }
}
