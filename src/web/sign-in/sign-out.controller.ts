import { Body, Controller, Get, Inject, Post, Render, Req, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { Request, Response } from 'express';
import { ALL_PRISONS } from '../../access/prisons.js';
import { OpenToAll } from '../../access/required-roles.js';
import { SecurityEvents } from '../../access-records/security-events.js';
import { SignInRefused } from './errors.js';
import { signOut } from './session.js';
import { Sessions } from './sessions.js';
import { PAGE_SIGN_IN, type PageSignIn } from './page-sign-in.js';

/** Ends the session here, and at the issuer where it wants to know. */
@ApiExcludeController()
@OpenToAll()
@Controller()
export class SignOutController {
  constructor(
    @Inject(PAGE_SIGN_IN) private readonly wayIn: PageSignIn,
    private readonly security: SecurityEvents,
    private readonly sessions: Sessions,
  ) {}

  @Post('sign-out')
  async signOut(
    @Body('everywhere') everywhere: unknown,
    @Req() request: Request,
    @Res() response: Response,
  ): Promise<void> {
    const { person } = request.session;
    await signOut(request, response);
    if (person && everywhere === 'yes') {
      await this.sessions.endAll(person.userName, ALL_PRISONS);
      this.security.note('sessions-ended', request, { sessionsOf: person.userName });
    }
    if (person) this.security.note('signed-out', request);
    const next = person && (await this.issuersOwn());
    response.redirect(303, next?.href ?? '/signed-out');
  }

  @Get('signed-out')
  @Render('sign-in/signed-out')
  signedOut(): object {
    return {};
  }

  private async issuersOwn(): Promise<URL | undefined> {
    if (this.wayIn.by !== 'issuer') return undefined;
    try {
      return await this.wayIn.issuer.leaving();
    } catch (error) {
      // Away as it is, the issuer must not keep anybody from signing out here.
      if (error instanceof SignInRefused) return undefined;
      throw error;
    }
  }
}
