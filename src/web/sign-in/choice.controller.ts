import { Body, Controller, Get, Inject, Post, Req, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { Request, Response } from 'express';
import { OpenToAll } from '../../access/required-roles.js';
import { type Clock, CLOCK } from '../../store/clock.js';
import { english } from '../words/english.js';
import { DEMONSTRATION_PEOPLE } from './demonstration-people.js';
import { signIn } from './session.js';

const PAGE = 'sign-in/choose';
const words = english.signIn.choose;

/** At the demonstration people choose who they are. With a sign-in this route does not exist. */
@ApiExcludeController()
@OpenToAll()
@Controller('sign-in')
export class ChoiceController {
  constructor(@Inject(CLOCK) private readonly clock: Clock) {}

  @Get()
  offer(@Req() { session }: Request, @Res() response: Response): void {
    response.render(PAGE, { people, nothingSaved: session.nothingSaved === true });
  }

  @Post()
  async choose(@Body('person') chosen: unknown, @Req() request: Request, @Res() response: Response): Promise<void> {
    const found = DEMONSTRATION_PEOPLE.find(({ id }) => id === chosen);
    if (!found) {
      response.status(400).render(PAGE, { people, errors: [{ text: words.error, href: '#person' }] });
      return;
    }
    const { name, userName, roles, prisons } = found;
    const person = { kind: 'demonstration', name, userName, roles, prisons, since: this.clock.now() } as const;
    response.redirect(303, await signIn(request, person));
  }
}

/** As radios show them. */
const people = DEMONSTRATION_PEOPLE.map(({ id, name }) => {
  const { work, sees } = words.people[id];
  return { value: id, text: `${name}, ${work}`, hint: { text: sees } };
});
