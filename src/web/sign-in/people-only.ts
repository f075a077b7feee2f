import { type CanActivate, type ExecutionContext, Injectable } from '@nestjs/common';
import type { IncomingMessage } from 'node:http';
import { NotSignedIn } from '../../access/errors.js';
import { pageReaderOf } from './page-reader.js';

/** For pages: they are shown to somebody. A token is of a program, and at a demonstration one of its people is chosen. */
@Injectable()
export class PeopleOnly implements CanActivate {
  /** @throws NotSignedIn */
  canActivate(context: ExecutionContext): boolean {
    if (!pageReaderOf(context.switchToHttp().getRequest<IncomingMessage>())) throw new NotSignedIn();
    return true;
  }
}
