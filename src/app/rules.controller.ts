import { Controller, Get, HttpCode, Inject, Param, Post, Query } from '@nestjs/common';
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
import { type Clock, CLOCK } from '../store/clock.js';
import { Watch } from '../watch/watch.js';
import { RELOADED_SCHEMA, RULE_SCHEMA, ruleBody, SOURCE_POINTS_SCHEMA } from './rule-body.js';
import { type ReloadedRules, RulesReload } from './rules-reload.js';

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
  constructor(
    private readonly watch: Watch,
    private readonly reloading: RulesReload,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  @Get()
  @ApiOperation({ operationId: 'listRules', summary: 'The catalogue: what is watched, in plain words, and why' })
  @ApiResponse({ status: 200, schema: listOf(RULE_SCHEMA, 'In the order of their ids') })
  list(@Query(asQuery) query: RulesQuery) {
    return this.rulebook.catalogue.map((rule) => this.bodyOf(rule, query));
  }

  @Get('by-source')
  @ApiOperation({
    operationId: 'listRulesBySource',
    summary: 'What the sources say or ask for, each point with the rules that answer it, and what none answers yet',
  })
  @ApiResponse({ status: 200, schema: listOf(SOURCE_POINTS_SCHEMA, 'A source each') })
  bySource() {
    return this.watch.rules.sources ?? [];
  }

  @Get(':id')
  @ApiOperation({
    operationId: 'readRule',
    summary: 'One rule: plain words, limits, what its sources say, what we make of that, version',
  })
  @ApiResponse({ status: 200, schema: RULE_SCHEMA })
  @ApiResponse({ status: 404, description: 'NO_SUCH_RULE' })
  read(@Param('id') id: string, @Query(asQuery) query: RulesQuery) {
    const rule = this.rulebook.catalogue.find((one) => one.id === id);
    if (!rule) throw new NoSuchRule(id);
    return this.bodyOf(rule, query);
  }

  @Post('reload')
  @HttpCode(200)
  @RequiresRole('ROLE_CUSTODY_WATCH__ADMIN__RW')
  @ApiOperation({
    operationId: 'reloadRules',
    summary: 'Have this instance read its rules, the settings of prisons and the feeds anew',
    description:
      'They are read from the folder of this instance. It answers once they are in use: that may take as long as a start. ' +
      'With the next tick what is open is made what they ask for; what they no longer ask for closes with rule-changed.',
  })
  @ApiResponse({ status: 200, schema: RELOADED_SCHEMA })
  @ApiResponse({ status: 409, description: 'CONFIGURATION_REFUSED: problems tells each mistake; nothing has changed' })
  reload(): Promise<ReloadedRules> {
    return this.reloading.reload();
  }

  private get rulebook() {
    return this.watch.rules.rulebook;
  }

  private bodyOf(rule: Rule, { prisonId }: RulesQuery) {
    if (prisonId === undefined) return ruleBody(rule);
    const inForce = this.rulebook.inForceWith(rule, prisonId, this.clock.now());
    const { local, ...inPrison } = ruleInPrison(rule, inForce);
    return ruleBody(inPrison.applies ? local : rule, inPrison);
  }
}
