import { type CanActivate, type ExecutionContext, Injectable } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import type { IncomingMessage } from 'node:http';
import { callerOf } from './caller.js';
import { RoleMissing } from './errors.js';
import { type RouteRoles, ROUTE_ROLES } from './required-roles.js';

/** Lets a request through to a route whose needs the caller meets. */
@Injectable()
export class AccessGuard implements CanActivate {
  constructor(private readonly reflector: Reflector) {}

  /** @throws NotSignedIn, InvalidToken, IssuerUnreachable, RoleMissing */
  canActivate(context: ExecutionContext): boolean {
    const declared = this.reflector.getAllAndOverride<RouteRoles | undefined>(ROUTE_ROLES, [
      context.getHandler(),
      context.getClass(),
    ]);
    if (declared === 'open to all') return true;
    const { roles } = callerOf(context.switchToHttp().getRequest<IncomingMessage>());
    // The start refuses a route that declares nothing; if one came this far all the same, nobody may use it.
    if (!declared) return false;
    if (!declared.some((role) => roles.has(role))) throw new RoleMissing(declared);
    return true;
  }
}
