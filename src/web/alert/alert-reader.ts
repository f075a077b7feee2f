import { Inject, Injectable } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import type { Caller } from '../../access/caller.js';
import { People } from '../../custody/people/people.js';
import { AlertListQuery, ListAlerts } from '../../safety-alerts/list/list-alerts.js';
import { type AlertDetail, ReadAlert } from '../../safety-alerts/list/read-alert.js';
import { VisibleAlerts } from '../../safety-alerts/list/visible-alerts.js';
import { type Clock, CLOCK } from '../../store/clock.js';
import { WATCHED_RULES, type WatchedRules } from '../rules/watched-rules.js';
import { type AlertPage, alertPage } from './alert.page.js';
import type { Fault } from './forms.js';

/** Gathers what the page of a safety alert tells. */
@Injectable()
export class AlertReader {
  constructor(
    private readonly queries: QueryBus,
    private readonly people: People,
    private readonly visible: VisibleAlerts,
    @Inject(WATCHED_RULES) private readonly rules: WatchedRules,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /**
   * @param done the action that the address says has been carried out, if it says one
   * @param fault what is wrong with what was sent, if something was
   * @throws NoSuchAlert, BrokenSeal, StoreUnavailable, StoreUnreadable
   */
  async page(id: string, caller: Caller, done = '', fault?: Fault): Promise<AlertPage> {
    const alert = await this.queries.execute(new ReadAlert(id, caller.prisons));
    const { content: ofPerson } = await this.queries.execute(new ListAlerts(alike(alert), caller.prisons));
    const { people, clock } = this;
    const rules = this.rules.all;
    const isTheirs = this.visible.shows(id, caller.prisons);
    return alertPage({ alert, ofPerson, rules, people, caller, isTheirs, now: clock.now() }, done, fault);
  }
}

/** The latest about the same person or key worker. */
const alike = ({ prisonNumber, subject }: AlertDetail): AlertListQuery => {
  const about = prisonNumber === null ? subject && { subject: `${subject.kind}:${subject.id}` } : { prisonNumber };
  return Object.assign(new AlertListQuery(), { ...about, size: 50 });
};
