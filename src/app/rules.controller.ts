import { Controller, Get, Inject, Param, Query } from '@nestjs/common';
import { ApiOperation, ApiPropertyOptional, ApiResponse, ApiTags } from '@nestjs/swagger';
import { Transform } from 'class-transformer';
import { IsOptional, Matches } from 'class-validator';
import { RequiresRole } from '../access/required-roles.js';
import { ROLES } from '../access/roles.js';
import { NoSuchRule } from '../answers/errors.js';
import { Discloses } from '../access-records/disclosure.js';
import { asQuery } from '../answers/checked.js';
import { A_PRISON_ID, upper } from '../answers/date-span.js';
import { listOf } from '../answers/schema.js';
import type { Rule } from '../kernel/rule.js';
import { ruleInPrison } from '../kernel/say/say-local.js';
import { PRISON_ID } from '../prison/prison-id.js';
import { ESTATE, type Estate } from './estate.js';
import { RULE_SCHEMA, ruleBody, SOURCE_POINTS_SCHEMA } from './rule-body.js';

/** In which prison. */
class RulesQuery {
  @ApiPropertyOptional({
    example: 'XYI',
    description: 'As this prison has them now; without it, as everybody has them',
  })
  @IsOptional()
  @Transform(upper)
  @Matches(PRISON_ID, A_PRISON_ID)
  readonly prisonId?: string;
}

@ApiTags('rules')
@RequiresRole(...ROLES)
@Discloses('nobody')
@Controller('rules')
export class RulesController {
  constructor(@Inject(ESTATE) private readonly estate: Estate) {}

  @Get()
  @ApiOperation({ operationId: 'listRules', summary: 'The catalogue: what is watched, in plain words, and why' })
  @ApiResponse({ status: 200, schema: listOf(RULE_SCHEMA, 'In the order of their ids') })
  list(@Query(asQuery) query: RulesQuery) {
    return this.estate.ruleFiles.map(({ rule }) => this.bodyOf(rule, query));
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
  read(@Param('id') id: string, @Query(asQuery) query: RulesQuery) {
    const file = this.estate.ruleFiles.find(({ rule }) => rule.id === id);
    if (!file) throw new NoSuchRule(id);
    return this.bodyOf(file.rule, query);
  }

  private bodyOf(rule: Rule, { prisonId }: RulesQuery) {
    if (prisonId === undefined) return ruleBody(rule);
    const { rulebook, clock } = this.estate;
    const { local, ...inPrison } = ruleInPrison(rule, rulebook.inForceWith(rule, prisonId, clock.now()));
    return ruleBody(inPrison.applies ? local : rule, inPrison);
  }
}
