import { Controller, Get, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { Response } from 'express';
import { OpenToAll } from '../../access/required-roles.js';
import { english } from '../words/english.js';

const CODE = 'SIGN_IN_NOT_SET_UP';

/** There are tokens for programs, but the settings do not say how people sign in. */
@ApiExcludeController()
@OpenToAll()
@Controller('sign-in')
export class NotSetUpController {
  @Get()
  say(@Res() response: Response): void {
    response.status(501).render('sign-in/not-let-in', { ...english.signIn.notSetUp, code: CODE });
  }
}
