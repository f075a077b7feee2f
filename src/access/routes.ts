import { Injectable, type Type } from '@nestjs/common';
import { PATH_METADATA } from '@nestjs/common/constants.js';
import { DiscoveryService, MetadataScanner, Reflector } from '@nestjs/core';

type Handler = (...args: never[]) => unknown;

/** One route, as its controller declares it. */
export interface Route {
  readonly handler: Handler;
  /** What the route declares under a key, or else its whole controller. */
  readonly declared: (key: symbol) => unknown;
}

/** Every route of the service, for those who look at all of them when it starts. */
@Injectable()
export class Routes {
  constructor(
    private readonly discovery: DiscoveryService,
    private readonly methods: MetadataScanner,
    private readonly reflector: Reflector,
  ) {}

  /** Those of which something is so, by controller and method: `RulesController.list`. */
  namesOf(isSo: (route: Route) => boolean): string[] {
    return this.discovery
      .getControllers()
      .flatMap(({ metatype }) => this.in(metatype as Type))
      .filter(isSo)
      .map(({ name }) => name);
  }

  private in(controller: Type): (Route & { readonly name: string })[] {
    const prototype = controller.prototype as Record<string, Handler>;
    return this.methods.getAllMethodNames(prototype).flatMap((method) => {
      const handler = prototype[method] as Handler;
      if (!Reflect.hasMetadata(PATH_METADATA, handler)) return [];
      const declared = (key: symbol): unknown => this.reflector.getAllAndOverride(key, [handler, controller]);
      return [{ name: `${controller.name}.${method}`, handler, declared }];
    });
  }
}
