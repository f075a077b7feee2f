import { Get, Inject } from '@nestjs/common';
import type { Caller } from '../../access/caller.js';
import { HOLDERS, type Holders, readableBefore } from '../../access/holders.js';
import { toldTo } from '../../roll/roll-checked.js';
import { RollChecks } from '../../roll/roll-checks.js';
import { PrisonNames } from '../../prison/prison-names.js';
import { Page, Viewed } from '../frame/page.js';
import { ALL, type ChosenLocation, Location } from '../sign-in/location.js';
import { Viewer } from '../sign-in/viewer.js';
import { type RollPage, rollPage } from './roll.page.js';

/** Where the rolls of prisons and the log differ. */
@Page('roll', ['ROLE_CUSTODY_WATCH__ADMIN__RW'], 'read')
export class RollPageController {
  constructor(
    private readonly checks: RollChecks,
    @Inject(HOLDERS) private readonly holders: Holders,
    private readonly names: PrisonNames,
  ) {}

  @Get()
  @Viewed('roll/roll', 'viewRolls')
  async view(@Viewer() { prisons }: Caller, @Location() { chosen, choices }: ChosenLocation): Promise<RollPage> {
    const prisonIds = chosen === ALL ? choices : [chosen];
    const rolls = prisonIds.map(async (prisonId) => {
      const check = await this.checks.last(prisonId);
      return { prisonId, check: check && toldTo(prisons, check) };
    });
    return rollPage(await Promise.all(rolls), {
      mayOpen: (prisonNumber) => readableBefore(prisons, prisonNumber, this.holders) > -Infinity,
      prisonName: this.names.of,
    });
  }
}
