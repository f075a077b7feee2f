import { Body, Get, Inject, Param, Post, Query, Res } from '@nestjs/common';
import { type Command, CommandBus, QueryBus } from '@nestjs/cqrs';
import type { Response } from 'express';
import { Asking, type Caller } from '../../access/caller.js';
import { Needs } from '../../access/needs.js';
import { Shows } from '../../access-records/shows.js';
import { People } from '../../custody/people/people.js';
import type { Rule } from '../../kernel/rule.js';
import { AcknowledgeAlert } from '../../safety-alerts/http/acknowledge.js';
import type { ActionDone } from '../../safety-alerts/http/action.js';
import { AlertProjection } from '../../safety-alerts/list/alert-projection.js';
import { AssignAlert } from '../../safety-alerts/http/assign.js';
import { LONGEST_WAIT } from '../../safety-alerts/list/at-least.js';
import { AlertChanged, AlertNotOpen, InvalidAction } from '../../safety-alerts/alert/errors.js';
import { AlertListQuery, ListAlerts } from '../../safety-alerts/list/list-alerts.js';
import { AddNoteToAlert } from '../../safety-alerts/http/note.js';
import { ReadAlert } from '../../safety-alerts/list/read-alert.js';
import { ResolveAlert } from '../../safety-alerts/http/resolve.js';
import { SnoozeAlert } from '../../safety-alerts/http/snooze.js';
import { type Clock, CLOCK } from '../../store/clock.js';
import { CATALOGUE } from '../rules/catalogue.js';
import { Page, Sent as SentBy, Viewed } from '../frame/page.js';
import { shownSoon } from '../frame/shown-soon.js';
import { sayChange } from '../told/change-line.js';
import { english } from '../words/english.js';
import { type AlertPage, alertPage } from './alert.page.js';
import type { ActionName, Fault, Sent } from './forms.js';
import { faultsIn, readForm } from './read-form.js';

const READERS = ['ROLE_CUSTODY_WATCH__ALERTS__RO', 'ROLE_CUSTODY_WATCH__ALERTS__RW'] as const;
const WORKERS = ['ROLE_CUSTODY_WATCH__ALERTS__RW'] as const;

/** A form that carries out one action: only for those who work alerts. */
const Form =
  (operation: string): MethodDecorator =>
  (target, name, descriptor) => {
    for (const decorate of [SentBy(operation), Needs(...WORKERS), Shows('change')]) decorate(target, name, descriptor);
  };

@Page('alerts', READERS, 'read')
export class AlertController {
  constructor(
    private readonly queries: QueryBus,
    private readonly commands: CommandBus,
    private readonly feed: AlertProjection,
    private readonly people: People,
    @Inject(CATALOGUE) private readonly rules: readonly Rule[],
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  @Get(':id')
  @Viewed('alert/alert', 'viewSafetyAlert')
  async view(@Param('id') id: string, @Asking() caller: Caller, @Query('done') done = ''): Promise<AlertPage> {
    await this.feed.readable(AbortSignal.timeout(LONGEST_WAIT));
    return this.page(id, caller, done);
  }

  @Post(':id/acknowledge')
  @Form('acknowledgeOnPage')
  acknowledge(@Param('id') id: string, @Body() sent: Sent, @Asking() caller: Caller, @Res() response: Response) {
    return this.carryOut(
      'acknowledge',
      id,
      caller,
      sent,
      response,
      async () => new AcknowledgeAlert(id, caller, await readForm.acknowledge(sent)),
    );
  }

  @Post(':id/assign')
  @Form('assignOnPage')
  assign(@Param('id') id: string, @Body() sent: Sent, @Asking() caller: Caller, @Res() response: Response) {
    return this.carryOut(
      'assign',
      id,
      caller,
      sent,
      response,
      async () => new AssignAlert(id, caller, await readForm.assign(sent, caller.name)),
    );
  }

  @Post(':id/note')
  @Form('noteOnPage')
  note(@Param('id') id: string, @Body() sent: Sent, @Asking() caller: Caller, @Res() response: Response) {
    return this.carryOut(
      'note',
      id,
      caller,
      sent,
      response,
      async () => new AddNoteToAlert(id, caller, await readForm.note(sent)),
    );
  }

  @Post(':id/snooze')
  @Form('snoozeOnPage')
  snooze(@Param('id') id: string, @Body() sent: Sent, @Asking() caller: Caller, @Res() response: Response) {
    return this.carryOut(
      'snooze',
      id,
      caller,
      sent,
      response,
      async () => new SnoozeAlert(id, caller, await readForm.snooze(sent)),
    );
  }

  @Post(':id/resolve')
  @Form('resolveOnPage')
  resolve(@Param('id') id: string, @Body() sent: Sent, @Asking() caller: Caller, @Res() response: Response) {
    return this.carryOut(
      'resolve',
      id,
      caller,
      sent,
      response,
      async () => new ResolveAlert(id, caller, await readForm.resolve(sent)),
    );
  }

  /** Leads back to the alert as it is then; or shows the form again, with what was typed and what is wrong with it. */
  private async carryOut(
    action: ActionName,
    id: string,
    caller: Caller,
    sent: Sent,
    response: Response,
    command: () => Promise<Command<ActionDone>>,
  ): Promise<void> {
    try {
      const { position } = await this.commands.execute(await command());
      await shownSoon(this.feed, [position]);
      response.redirect(303, `/alerts/${id}?done=${action}`);
    } catch (error) {
      const fault = faultOf(error, action, sent);
      if (!fault) throw error;
      const status = fault.errors.length > 0 ? 400 : 409;
      response.status(status).render('alert/alert', await this.page(id, caller, '', fault));
    }
  }

  private async page(id: string, caller: Caller, done: string, fault?: Fault): Promise<AlertPage> {
    const alert = await this.queries.execute(new ReadAlert(id, caller.prisons));
    const { content: ofPerson } = await this.queries.execute(new ListAlerts(ofThe(alert.prisonNumber), caller.prisons));
    const { rules, people, clock } = this;
    return alertPage({ alert, ofPerson, rules, people, caller, now: clock.now() }, done, fault);
  }
}

/** The latest of one person's. */
const ofThe = (prisonNumber: string): AlertListQuery => Object.assign(new AlertListQuery(), { prisonNumber, size: 50 });

/** What the page can explain; nothing for an error of another kind. */
const faultOf = (error: unknown, action: ActionName, sent: Sent): Fault | undefined => {
  if (error instanceof InvalidAction)
    return { action, sent, errors: faultsIn(action, sent, error.errors), happenedSince: [] };
  if (error instanceof AlertChanged) return { action, sent, errors: [], happenedSince: error.changes.map(sayChange) };
  return error instanceof AlertNotOpen
    ? { action, sent, errors: [], happenedSince: [english.alert.isClosed] }
    : undefined;
};
