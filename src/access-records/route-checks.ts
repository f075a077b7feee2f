import { Injectable, type OnModuleInit } from '@nestjs/common';
import { ROUTE_ROLES } from '../access/required-roles.js';
import { type Route, Routes } from '../access/routes.js';
import { DISCLOSURE, operationOf } from './disclosure.js';

/** A route does not say who may use it. The service does not start. */
class RouteDeclaresNothing extends Error {
  readonly code = 'ROUTE_DECLARES_NOTHING';
  constructor(routes: readonly string[]) {
    super(
      `${routes.join(', ')} does not say who may use it. Add @RequiresRole(...) with roles, or @OpenToAll() where nothing of ` +
        'anybody in prison is shown, and a line in the matrix of routes (test/access).',
    );
  }
}

/** A route could show people and leave no record. The service does not start. */
class RouteLeavesNoRecord extends Error {
  readonly code = 'ROUTE_LEAVES_NO_RECORD';
  constructor(routes: readonly string[]) {
    super(
      `${routes.join(', ')} does not say whether it shows people in prison. Add @Discloses('read') or @Discloses('change') and an ` +
        "operationId, or @Discloses('nobody').",
    );
  }
}

/** Looks at every route when the service starts: each says who may use it, and whether it shows anybody. */
@Injectable()
export class RouteChecks implements OnModuleInit {
  constructor(private readonly routes: Routes) {}

  /** @throws RouteDeclaresNothing, RouteLeavesNoRecord */
  onModuleInit(): void {
    const undeclared = this.routes.namesOf(({ declared }) => declared(ROUTE_ROLES) === undefined);
    if (undeclared.length > 0) throw new RouteDeclaresNothing(undeclared);
    const unrecorded = this.routes.namesOf(leavesNoRecord);
    if (unrecorded.length > 0) throw new RouteLeavesNoRecord(unrecorded);
  }
}

/** What is open to all shows nobody (`OpenToAll`). */
const leavesNoRecord = ({ handler, declared }: Route): boolean => {
  if (declared(ROUTE_ROLES) === 'open to all' || declared(DISCLOSURE) === 'nobody') return false;
  return declared(DISCLOSURE) === undefined || operationOf(handler) === undefined;
};
