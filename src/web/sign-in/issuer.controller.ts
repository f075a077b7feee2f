import { Controller, Get, Inject, Logger, Req, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { Request, Response } from 'express';
import { SecurityEvents } from '../../access-records/security-events.js';
import { OpenToAll } from '../../access/required-roles.js';
import { NEVER } from '../../prison/instant.js';
import { english } from '../words/english.js';
import { Errands } from './errands.js';
import { codesOf, SignInRefused, type SignInFailure } from './errors.js';
import { PeopleIssuer } from './people-issuer.js';
import { callerFrom, signIn } from './session.js';

const STATUS: Readonly<Record<SignInFailure, number>> = {
  SIGN_IN_DENIED: 403,
  SIGN_IN_OUT_OF_DATE: 400,
  SIGN_IN_FAILED: 502,
  NO_ROLE: 403,
  ISSUER_UNREACHABLE: 503,
};

/** People sign in at the issuer: they are sent there, and come back with a code that counts once. */
@ApiExcludeController()
@OpenToAll()
@Controller('sign-in')
export class IssuerController {
  private readonly logger = new Logger('SignIn');

  constructor(
    @Inject(PeopleIssuer) private readonly issuer: PeopleIssuer,
    private readonly errands: Errands,
    private readonly security: SecurityEvents,
  ) {}

  @Get()
  async setOut(@Req() request: Request, @Res() response: Response): Promise<void> {
    if (request.session.person) {
      response.redirect(303, '/');
      return;
    }
    await this.unlessRefused(request, response, async () => {
      const { to, attempt } = await this.issuer.setOut();
      this.errands.give(request, response, { attempt });
      return to.href;
    });
  }

  @Get('callback')
  async comeBack(@Req() request: Request, @Res() response: Response): Promise<void> {
    const { attempt, wayBack = '/', ...errand } = this.errands.of(request);
    await this.unlessRefused(request, response, async () => {
      const person = await this.issuer.comeBack(request.originalUrl, attempt);
      await signIn(request, person, errand);
      this.security.note('signed-in', request, { caller: callerFrom(person, NEVER) });
      this.errands.end(response);
      return wayBack;
    });
  }

  /** Leads on, or says on a plain page why not. The log gets the code of it, and nothing of what the issuer sent. */
  private async unlessRefused(request: Request, response: Response, leadOn: () => Promise<string>): Promise<void> {
    try {
      response.redirect(303, await leadOn());
    } catch (error) {
      if (!(error instanceof SignInRefused)) throw error;
      const { code, caller } = error;
      const status = STATUS[code];
      if (code !== 'ISSUER_UNREACHABLE') this.security.note('sign-in-refused', request, { caller, code });
      if (status >= 500) this.logger.warn(codesOf(error).join(': '));
      response
        .status(status)
        .render('sign-in/not-let-in', { ...english.signIn.notLetIn[code], code, canTryAgain: true });
    }
  }
}
