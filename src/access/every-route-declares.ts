import { Injectable, type OnModuleInit } from '@nestjs/common';
import { DECLARED } from './needs.js';
import { Routes } from './routes.js';

/** A route does not say who may use it. The service does not start. */
class RouteDeclaresNothing extends Error {
  readonly code = 'ROUTE_DECLARES_NOTHING';
  constructor(routes: readonly string[]) {
    super(
      `${routes.join(', ')} does not say who may use it. Add @Needs(...) with roles, or @OpenToAll() where nothing of ` +
        'anybody in prison is shown, and a line in the matrix of routes (test/access).',
    );
  }
}

/** Looks at every route when the service starts. */
@Injectable()
export class EveryRouteDeclares implements OnModuleInit {
  constructor(private readonly routes: Routes) {}

  /** @throws RouteDeclaresNothing */
  onModuleInit(): void {
    const silent = this.routes.namesOf(({ declared }) => declared(DECLARED) === undefined);
    if (silent.length > 0) throw new RouteDeclaresNothing(silent);
  }
}
