import { Body, Get, Param, Post, Query, Res, type Type } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import type { Response } from 'express';
import { Asking, type Caller } from '../../access/caller.js';
import {
  AlertChanged,
  AlertNotOpen,
  InvalidAction,
  NotStillTrue,
  StillTrue,
} from '../../safety-alerts/alert/errors.js';
import { ActOnAlert } from '../../safety-alerts/http/act-on-alert.js';
import { type Verb, VERBS } from '../../safety-alerts/http/actions.js';
import { AlertProjection } from '../../safety-alerts/list/alert-projection.js';
import { LONGEST_WAIT } from '../../store/projection.js';
import { Page, Sent as SentBy, Viewed } from '../frame/page.js';
import { waitForLists } from '../frame/wait-for-lists.js';
import { sayChange } from '../lines/change-line.js';
import { english } from '../words/english.js';
import { AlertReader } from './alert-reader.js';
import type { AlertPage } from './alert.page.js';
import type { Fault, SentForm } from './forms.js';
import { faultsIn, readForm } from './read-form.js';

const READERS = ['ROLE_CUSTODY_WATCH__ALERTS__RO', 'ROLE_CUSTODY_WATCH__ALERTS__RW'] as const;

@Page('alerts', READERS, 'read')
export class AlertController {
  constructor(
    private readonly reader: AlertReader,
    private readonly projection: AlertProjection,
  ) {}

  @Get(':id')
  @Viewed('alert/alert', 'viewSafetyAlert')
  async view(@Param('id') id: string, @Asking() caller: Caller, @Query('done') done = ''): Promise<AlertPage> {
    await this.projection.readable(AbortSignal.timeout(LONGEST_WAIT));
    return this.reader.page(id, caller, done);
  }
}

/** The form that carries out one action: only for those who work alerts. */
const formOf = (verb: Verb): Type => {
  @Page('alerts', ['ROLE_CUSTODY_WATCH__ALERTS__RW'], 'change')
  class AlertFormController {
    constructor(
      readonly commands: CommandBus,
      readonly reader: AlertReader,
      readonly projection: AlertProjection,
    ) {}

    /** Leads back to the alert as it is then; or shows the form again, with what was typed and what is wrong with it. */
    @Post(`:id/${verb}`)
    @SentBy(`${verb}OnPage`)
    async carryOut(
      @Param('id') id: string,
      @Body() sent: SentForm,
      @Asking() caller: Caller,
      @Res() response: Response,
    ): Promise<void> {
      try {
        const { request, intent } = await readForm(verb, sent, caller.name);
        const { position } = await this.commands.execute(new ActOnAlert(id, caller, request, intent));
        await waitForLists(this.projection, [position]);
        response.redirect(303, `/alerts/${id}?done=${verb}`);
      } catch (error) {
        const fault = faultOf(error, verb, sent);
        if (!fault) throw error;
        response.status(fault.status).render('alert/alert', await this.reader.page(id, caller, '', fault));
      }
    }
  }
  return AlertFormController;
};

/** A form for each action of the API. */
export const ALERT_FORMS = VERBS.map(formOf);

/** What the page can explain; nothing for an error of another kind. */
const faultOf = (error: unknown, verb: Verb, sent: SentForm): Fault | undefined => {
  const conflict = (...happenedSince: string[]): Fault => ({ verb, sent, errors: [], happenedSince, status: 409 });
  if (error instanceof AlertChanged) return conflict(...error.changes.map(sayChange));
  if (error instanceof AlertNotOpen) return conflict(english.alert.isClosed);
  if (error instanceof NotStillTrue) return conflict(english.alert.conflict.notStillTrue);
  if (error instanceof StillTrue) {
    const text = english.alert.errors.confirmStillTrue;
    return { ...conflict(), errors: [{ field: 'confirmStillTrue', text }] };
  }
  return error instanceof InvalidAction
    ? { verb, sent, errors: faultsIn(verb, sent, error.errors), happenedSince: [], status: 400 }
    : undefined;
};
