import { Get, Param } from '@nestjs/common';
import { Asking, type Caller } from '../../access/caller.js';
import { ROLES } from '../../access/roles.js';
import { PrisonId } from '../../key-work/subject.js';
import { CoverageReader } from '../../oversight/told/coverage-reader.js';
import { PrisonNames } from '../../prison/prison-names.js';
import { Page, Viewed } from '../frame/page.js';
import { WITHIN } from '../frame/page-if-asked.js';
import { type ChosenLocation, Location } from '../sign-in/location.js';
import { type CoveragePage, coveragePage, type ListedCoverage } from './coverage.page.js';

/** What prisons are told, and what is therefore not watched there. */
@Page(`${WITHIN}/prisons`, ROLES, 'nobody')
export class CoveragePagesController {
  constructor(
    private readonly coverage: CoverageReader,
    private readonly names: PrisonNames,
  ) {}

  @Get()
  @Viewed('told/prisons', 'viewPrisons')
  list(@Location() { choices }: ChosenLocation): { readonly prisons: readonly ListedCoverage[] } {
    const { coverage, names } = this;
    const prisons = choices.map((prisonId) => ({
      prisonId,
      name: names.withId(prisonId),
      region: names.regionOf(prisonId) ?? '',
      notWatched: coverage.notWatchedIn(prisonId).size,
      waiting: coverage.waitingIn(prisonId),
    }));
    return { prisons: prisons.sort((a, b) => a.name.localeCompare(b.name, 'en-GB')) };
  }

  @Get(':prisonId/watched')
  @Viewed('told/coverage', 'viewCoverage')
  async one(@Param('prisonId', PrisonId) prisonId: string, @Asking() { prisons }: Caller): Promise<CoveragePage> {
    return coveragePage(await this.coverage.of(prisonId, prisons), this.names.inFull(prisonId));
  }
}
