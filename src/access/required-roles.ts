import { applyDecorators, SetMetadata } from '@nestjs/common';
import { ApiBearerAuth, ApiExtension, ApiResponse } from '@nestjs/swagger';
import type { Role } from './roles.js';

/** What a route declares: any one of these roles, or that it is open. */
export type RouteRoles = readonly [Role, ...Role[]] | 'open to all';

/** The key of what a route, or its whole controller, declares. */
export const ROUTE_ROLES = Symbol('RouteRoles');

/** The route answers callers who have any one of these roles. Which prisons they see is up to the query. */
export const RequiresRole = (...roles: [Role, ...Role[]]) =>
  applyDecorators(
    SetMetadata(ROUTE_ROLES, roles satisfies RouteRoles),
    ApiBearerAuth(),
    ApiExtension('x-needs-any-role', roles),
    ApiResponse({ status: 401, description: 'NOT_SIGNED_IN, INVALID_TOKEN' }),
    ApiResponse({ status: 403, description: `ROLE_MISSING: needs ${roles.join(' or ')}` }),
    ApiResponse({ status: 429, description: 'TOO_MANY_REQUESTS' }),
    ApiResponse({ status: 503, description: 'ISSUER_UNREACHABLE' }),
  );

/** The route answers everybody. It must show nothing of anybody in prison, and change nothing. */
export const OpenToAll = () => SetMetadata(ROUTE_ROLES, 'open to all' satisfies RouteRoles);
