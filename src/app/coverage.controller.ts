import { Controller, Get, Param } from '@nestjs/common';
import { ApiOperation, ApiParam, ApiResponse, ApiTags } from '@nestjs/swagger';
import { Asking, type Caller } from '../access/caller.js';
import { RequiresRole } from '../access/required-roles.js';
import { ROLES } from '../access/roles.js';
import { Discloses } from '../access-records/disclosure.js';
import { instant, listOf, objectOf, oneOf, orNull, text, whole, yesNo } from '../answers/schema.js';
import { StaleWhile } from '../answers/stale.js';
import { KeyWorkProjection } from '../key-work/figures/key-work-projection.js';
import { PrisonId } from '../key-work/subject.js';
import {
  type CoveredFeed,
  CoverageReader,
  type MissingFeed,
  type PrisonCoverage,
  type UnwatchedRule,
} from '../oversight/told/coverage-reader.js';

const types = (description: string) => listOf({ type: 'string' }, description);
const rules = (description: string) => listOf({ type: 'string', example: 'KW-01' }, description);

const feed = objectOf<CoveredFeed>({
  feed: text('As config/feeds.yml calls it'),
  declared: yesNo('The prison declares it; false: it is only expected of the prison, or reported for it'),
  delivers: types('The types of custody events that it delivers'),
  completeUntil: orNull(instant('Everything up to here has been told; null: it never reported')),
  lastHeard: orNull(instant('When something that it delivers became known last, whoever told it; null: never')),
  silent: yesNo('It is expected, and has not reported for longer than it is allowed'),
  waiting: rules('That say nothing before it is heard again'),
});

const unwatched = objectOf<UnwatchedRule>({
  rule: text('Such as KW-01'),
  name: text('What it notices'),
  of: oneOf(
    ['ask', 'safeguard'],
    'What nobody tells of: what it asks for could not begin, or could not be seen to be met',
  ),
  types: types('The types of custody events of which nobody tells'),
  because: text('The same in words'),
});

const missing = objectOf<MissingFeed>({
  feed: text('One that config/feeds.yml knows of, and the prison does not declare'),
  delivers: types('The types of custody events that it delivers'),
  watchable: rules('That could be watched with it'),
});

const SCHEMA = objectOf<PrisonCoverage>({
  prisonId: text('Such as XYI'),
  name: text('What people call the prison; its id, where it has no settings'),
  region: orNull(text('The group of prisons that it belongs to')),
  toldEverything: yesNo('It declares no feeds, so that it counts as told everything'),
  watched: whole('How many rules can be watched there'),
  feeds: listOf(feed, 'That it declares, that are expected of it, or that ever reported for it'),
  notWatched: listOf(unwatched, 'Rules that never raise there'),
  withoutScheme: rules('That need a key work scheme, which the prison does not have now: they are about nobody there'),
  missing: listOf(missing, 'What each further feed would do by itself'),
  together: rules('That could be watched only with several of the missing feeds'),
  never: rules('That could be watched with no feed that is known of'),
});

/** What prisons are told, and what is not watched there. */
@ApiTags('rules')
@Controller('prisons')
export class CoverageController {
  constructor(private readonly coverage: CoverageReader) {}

  @Get(':prisonId/watched')
  @RequiresRole(...ROLES)
  @Discloses('nobody')
  @StaleWhile(KeyWorkProjection)
  @ApiOperation({
    operationId: 'readCoverage',
    summary: 'What a prison’s feeds deliver, which rules are therefore not watched, which wait for a silent feed',
  })
  @ApiParam({ name: 'prisonId', example: 'XYI' })
  @ApiResponse({ status: 200, schema: SCHEMA })
  @ApiResponse({ status: 404, description: 'NO_SUCH_PRISON: nobody was ever heard of there, or it is none of yours' })
  @ApiResponse({ status: 503, description: 'STORE_UNAVAILABLE: not read yet' })
  read(@Param('prisonId', PrisonId) prisonId: string, @Asking() { prisons }: Caller): Promise<PrisonCoverage> {
    return this.coverage.of(prisonId, prisons);
  }
}
