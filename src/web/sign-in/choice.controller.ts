import { Body, Controller, Get, Inject, Post, Req, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { Request, Response } from 'express';
import { OpenToAll } from '../../access/required-roles.js';
import { type Clock, CLOCK } from '../../store/clock.js';
import { english } from '../words/english.js';
import { Errands } from './errands.js';
import { SecurityEvents } from '../../access-records/security-events.js';
import { NEVER } from '../../prison/instant.js';
import { callerFrom, type SessionUser, signIn } from './session.js';
import type { Role } from '../../access/roles.js';
import { NEIGHBOUR, PRISON, TRAINER, WOMENS_PRISON } from '../../demo/stay.js';

/** An invented user of the demonstration. */
interface DemonstrationPerson extends Pick<SessionUser, 'name' | 'userName' | 'roles' | 'prisons'> {
  readonly id: 'safer-custody' | 'case-coordinator' | 'womens-prison' | 'silent-feed' | 'oversight' | 'operator';
}

const READ_ALERTS: Role = 'ROLE_CUSTODY_WATCH__ALERTS__RO';
const WORK_ALERTS: Role = 'ROLE_CUSTODY_WATCH__ALERTS__RW';
const READ_HISTORY: Role = 'ROLE_CUSTODY_WATCH__HISTORY__RO';
const READ_FIGURES: Role = 'ROLE_CUSTODY_WATCH__OVERSIGHT__RO';
const RUN_THE_SERVICE: Role = 'ROLE_CUSTODY_WATCH__ADMIN__RW';

const EVERY_PRISON = [PRISON, NEIGHBOUR, WOMENS_PRISON, TRAINER];

/** None of them exists. Each sees what somebody of that work would see, so that one can see the difference. */
const DEMONSTRATION_PEOPLE: readonly DemonstrationPerson[] = [
  {
    id: 'safer-custody',
    name: 'Robin Lark',
    userName: 'RLARK_DEMO',
    prisons: [PRISON],
    roles: [READ_ALERTS, WORK_ALERTS, READ_HISTORY],
  },
  {
    id: 'case-coordinator',
    name: 'Jay Swift',
    userName: 'JSWIFT_DEMO',
    prisons: [PRISON],
    roles: [READ_ALERTS, READ_HISTORY],
  },
  {
    id: 'womens-prison',
    name: 'Erin Teal',
    userName: 'ETEAL_DEMO',
    prisons: [WOMENS_PRISON],
    roles: [READ_ALERTS, WORK_ALERTS, READ_HISTORY],
  },
  {
    id: 'silent-feed',
    name: 'Noor Crane',
    userName: 'NCRANE_DEMO',
    prisons: [TRAINER],
    roles: [READ_ALERTS, WORK_ALERTS, READ_HISTORY],
  },
  {
    // Figures are without people: whoever looks at a region needs nobody's name for them.
    id: 'oversight',
    name: 'Martin Finch',
    userName: 'MFINCH_DEMO',
    prisons: EVERY_PRISON,
    roles: [READ_FIGURES],
  },
  {
    // Rules about records tell operators, so whoever runs the service reads safety alerts.
    id: 'operator',
    name: 'Sam Dove',
    userName: 'SDOVE_DEMO',
    prisons: EVERY_PRISON,
    roles: [READ_ALERTS, RUN_THE_SERVICE],
  },
];

const PAGE = 'sign-in/choose';
const words = english.signIn.choose;

/** At the demonstration people choose who they are. With a sign-in this route does not exist. */
@ApiExcludeController()
@OpenToAll()
@Controller('sign-in')
export class ChoiceController {
  constructor(
    @Inject(CLOCK) private readonly clock: Clock,
    private readonly errands: Errands,
    private readonly security: SecurityEvents,
  ) {}

  @Get()
  offer(@Req() request: Request, @Res() response: Response): void {
    response.render(PAGE, { people, nothingSaved: this.errands.of(request).nothingSaved === true });
  }

  @Post()
  async choose(@Body('person') chosen: unknown, @Req() request: Request, @Res() response: Response): Promise<void> {
    const found = DEMONSTRATION_PEOPLE.find(({ id }) => id === chosen);
    if (!found) {
      response.status(400).render(PAGE, { people, errors: [{ text: words.error, href: '#person' }] });
      return;
    }
    const { name, userName, roles, prisons } = found;
    const person = {
      kind: 'demonstration',
      name,
      userName,
      roles,
      prisons,
      since: this.clock.now(),
      until: NEVER,
      tokenEnds: NEVER,
    } as const;
    const { wayBack = '/', ...errand } = this.errands.of(request);
    await signIn(request, person, errand);
    this.security.note('signed-in', request, { caller: callerFrom(person, NEVER) });
    this.errands.end(response);
    response.redirect(303, wayBack);
  }
}

/** As radios show them. */
const people = DEMONSTRATION_PEOPLE.map(({ id, name }) => {
  const { work, sees } = words.people[id];
  return { value: id, text: `${name}, ${work}`, hint: { text: sees } };
});
