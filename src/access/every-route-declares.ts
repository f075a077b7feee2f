import { Injectable, type OnModuleInit, type Type } from '@nestjs/common';
import { PATH_METADATA } from '@nestjs/common/constants.js';
import { DiscoveryService, MetadataScanner, Reflector } from '@nestjs/core';
import { DECLARED } from './needs.js';

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

type Handler = (...args: never[]) => unknown;

/** Looks at every route when the service starts. */
@Injectable()
export class EveryRouteDeclares implements OnModuleInit {
  constructor(
    private readonly discovery: DiscoveryService,
    private readonly methods: MetadataScanner,
    private readonly reflector: Reflector,
  ) {}

  /** @throws RouteDeclaresNothing */
  onModuleInit(): void {
    const silent = this.discovery.getControllers().flatMap(({ metatype }) => this.silentIn(metatype as Type));
    if (silent.length > 0) throw new RouteDeclaresNothing(silent);
  }

  private silentIn(controller: Type): string[] {
    const prototype = controller.prototype as Record<string, Handler>;
    return this.methods
      .getAllMethodNames(prototype)
      .filter((name) => {
        const handler = prototype[name] as Handler;
        const isRoute = Reflect.hasMetadata(PATH_METADATA, handler);
        return isRoute && this.reflector.getAllAndOverride(DECLARED, [handler, controller]) === undefined;
      })
      .map((name) => `${controller.name}.${name}`);
  }
}
