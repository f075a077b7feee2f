import { Inject, Injectable } from '@nestjs/common';
import { ModuleRef } from '@nestjs/core';
import type { PersonOfAlert } from '../access-records/request-subjects.js';
import { AlertIndex } from '../safety-alerts/list/alert-index.js';

/** Who an alert is about, by its read model. It is looked up late, since access-records lies below safety-alerts. */
@Injectable()
export class PersonOfSafetyAlert implements PersonOfAlert {
  private alerts: AlertIndex | undefined;

  constructor(@Inject(ModuleRef) private readonly modules: ModuleRef) {}

  personOf(alertId: string): string | undefined {
    const alerts = (this.alerts ??= this.modules.get<AlertIndex>(AlertIndex, { strict: false }));
    return alerts.has(alertId) ? alerts.get(alertId).prisonNumber : undefined;
  }
}
