import { Inject, Injectable } from '@nestjs/common';
import { ModuleRef } from '@nestjs/core';
import type { PersonOfAlert } from '../access-records/request-subjects.js';
import { AlertIndex } from '../safety-alerts/list/alert-index.js';

/** Whom an alert is about, as its read model knows it. Routes are recorded below the alerts, so it is asked for by need. */
@Injectable()
export class PersonOfSafetyAlert implements PersonOfAlert {
  private alerts: AlertIndex | undefined;

  constructor(@Inject(ModuleRef) private readonly modules: ModuleRef) {}

  personOf(alertId: string): string | undefined {
    const alerts = (this.alerts ??= this.modules.get<AlertIndex>(AlertIndex, { strict: false }));
    return alerts.has(alertId) ? alerts.get(alertId).prisonNumber : undefined;
  }
}
