import { Injectable, type OnModuleInit, type Type } from '@nestjs/common';
import { PATH_METADATA } from '@nestjs/common/constants.js';
import { DiscoveryService, MetadataScanner, Reflector } from '@nestjs/core';
import { DECLARED } from '../access/needs.js';
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

type Handler = (...args: never[]) => unknown;

/** Looks at every route when the service starts. What is open to all shows nobody (`OpenToAll`). */
@Injectable()
export class EveryRouteSaysWhom implements OnModuleInit {
  constructor(
    private readonly discovery: DiscoveryService,
    private readonly methods: MetadataScanner,
    private readonly reflector: Reflector,
  ) {}

  /** @throws RouteLeavesNoRecord */
  onModuleInit(): void {
    const silent = this.discovery.getControllers().flatMap(({ metatype }) => this.silentIn(metatype as Type));
    if (silent.length > 0) throw new RouteLeavesNoRecord(silent);
  }

  private silentIn(controller: Type): string[] {
    const prototype = controller.prototype as Record<string, Handler>;
    return this.methods
      .getAllMethodNames(prototype)
      .filter((name) => this.isSilent(prototype[name] as Handler, controller))
      .map((name) => `${controller.name}.${name}`);
  }

  private isSilent(handler: Handler, controller: Type): boolean {
    if (!Reflect.hasMetadata(PATH_METADATA, handler)) return false;
    const declared = (key: symbol): unknown => this.reflector.getAllAndOverride(key, [handler, controller]);
    if (declared(DECLARED) === 'open to all' || declared(SHOWN) === 'nobody') return false;
    return declared(SHOWN) === undefined || operationOf(handler) === undefined;
  }
}
