import { Injectable, type OnModuleInit } from '@nestjs/common';
import { DECLARED } from '../access/needs.js';
import { type Route, Routes } from '../access/routes.js';
import { operationOf } from './operation.js';
import { SHOWN } from './shows.js';

/** A route could show people and leave no record. The service does not start. */
class RouteLeavesNoRecord extends Error {
  readonly code = 'ROUTE_LEAVES_NO_RECORD';
  constructor(routes: readonly string[]) {
    super(
      `${routes.join(', ')} does not say whether it shows people in prison. Add @Shows('read') or @Shows('change') and an ` +
        "operationId, or @Shows('nobody').",
    );
  }
}

/** Looks at every route when the service starts. What is open to all shows nobody (`OpenToAll`). */
@Injectable()
export class EveryRouteSaysWhom implements OnModuleInit {
  constructor(private readonly routes: Routes) {}

  /** @throws RouteLeavesNoRecord */
  onModuleInit(): void {
    const silent = this.routes.namesOf(isSilent);
    if (silent.length > 0) throw new RouteLeavesNoRecord(silent);
  }
}

const isSilent = ({ handler, declared }: Route): boolean => {
  if (declared(DECLARED) === 'open to all' || declared(SHOWN) === 'nobody') return false;
  return declared(SHOWN) === undefined || operationOf(handler) === undefined;
};
