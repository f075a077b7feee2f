import { Body, Get, HttpCode, Inject, Post, Redirect, Req, Res } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import type { Request, Response } from 'express';
import { randomUUID } from 'node:crypto';
import { Asking, type Caller } from '../../access/caller.js';
import { noteSubjects } from '../../access-records/request-subjects.js';
import { People } from '../../custody/people/people.js';
import { ActOnAlerts } from '../../safety-alerts/http/act-on-alerts.js';
import { ACTIONS } from '../../safety-alerts/http/actions.js';
import { AlertProjection } from '../../safety-alerts/list/alert-projection.js';
import { InvalidAction } from '../../safety-alerts/alert/errors.js';
import { AlertIndex } from '../../safety-alerts/list/alert-index.js';
import { VisibleAlerts } from '../../safety-alerts/list/visible-alerts.js';
import { type Clock, CLOCK } from '../../store/clock.js';
import { WATCHED_RULES, type WatchedRules } from '../rules/watched-rules.js';
import { Page, Sent } from '../frame/page.js';
import { waitForLists } from '../frame/wait-for-lists.js';
import { english } from '../words/english.js';
import { type AlertRow, alertRow } from './alerts.page.js';
import { BULK_ACTIONS, type BulkAction, type ConfirmPage, confirmPage, resultPage } from './bulk.page.js';

/** What the list, and then the page that asks again, send. */
interface BulkForm {
  readonly action?: string;
  /** Ids; from the page that asks again, each with the revision that it showed: `<id>:4`. */
  readonly alert?: string | readonly string[];
  readonly from?: string;
  readonly requestId?: string;
  readonly whom?: string;
  readonly user?: string;
}

const MOST = 100;

/** The same done to several alerts: a page that asks again, and one that says what became of each. */
@Page('alerts', ['ROLE_CUSTODY_WATCH__ALERTS__RW'], 'change')
export class BulkController {
  constructor(
    private readonly commands: CommandBus,
    private readonly projection: AlertProjection,
    private readonly alerts: AlertIndex,
    private readonly visible: VisibleAlerts,
    private readonly people: People,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(WATCHED_RULES) private readonly rules: WatchedRules,
  ) {}

  /** Who had to sign in again meanwhile comes back to the list: what they had selected is not known any more. */
  @Get(['confirm', 'bulk'])
  @Redirect('/alerts', 303)
  @Sent('returnToSafetyAlerts')
  comeBack(): void {
    // Nothing has been carried out.
  }

  @Post('confirm')
  @HttpCode(200)
  @Sent('chooseSafetyAlerts')
  confirm(
    @Body() chosen: BulkForm,
    @Asking() caller: Caller,
    @Req() request: Request,
    @Res() response: Response,
  ): void {
    const rows = this.rows(chosen, caller);
    const problem = problemWith(rows);
    if (problem) {
      response.redirect(303, withProblem(fromOf(chosen), problem));
      return;
    }
    noteSubjects(request, peopleOf(rows));
    response.render('alerts/confirm', this.asksAgain(chosen, rows, randomUUID()));
  }

  @Post('bulk')
  @HttpCode(200)
  @Sent('workSafetyAlerts')
  async carryOut(
    @Body() chosen: BulkForm,
    @Asking() caller: Caller,
    @Req() request: Request,
    @Res() response: Response,
  ): Promise<void> {
    const rows = this.rows(chosen, caller);
    noteSubjects(request, peopleOf(rows));
    const problem = problemWith(rows);
    if (problem) {
      response.redirect(303, withProblem(fromOf(chosen), problem));
      return;
    }
    const requestId = chosen.requestId ?? '';
    try {
      const results = await this.act(chosen, caller, rows, requestId);
      await waitForLists(
        this.projection,
        results.flatMap((result) => (result.status === 'done' ? result.position : [])),
      );
      response.render(
        'alerts/result',
        resultPage(actionOf(chosen), this.rows(chosen, caller), results, fromOf(chosen)),
      );
    } catch (error) {
      if (!(error instanceof InvalidAction)) throw error;
      const text = chosen.whom ? english.alert.errors.to : english.alert.errors.whom;
      response.status(400).render('alerts/confirm', this.asksAgain(chosen, rows, requestId, text));
    }
  }

  private async act(chosen: BulkForm, caller: Caller, rows: readonly AlertRow[], requestId: string) {
    const seen = new Map(seenIn(chosen).map(({ id, seenRevision }) => [id, seenRevision]));
    const ids = rows.map(({ id }) => ({ id, seenRevision: seen.get(id) }));
    const to = chosen.whom === 'me' ? caller.name : chosen.user?.trim();
    const action = actionOf(chosen);
    const { request } = await ACTIONS[action].read(action === 'assign' ? { to } : {});
    return this.commands.execute(new ActOnAlerts(ids, caller, request, requestId));
  }

  private asksAgain(chosen: BulkForm, rows: readonly AlertRow[], requestId: string, error?: string): ConfirmPage {
    const sent = { whom: chosen.whom ?? '', user: chosen.user ?? '' };
    return confirmPage(actionOf(chosen), rows, {
      requestId,
      from: fromOf(chosen),
      sent,
      ...(error !== undefined && { error }),
    });
  }

  /** Those of the chosen that the caller may see. */
  private rows(chosen: BulkForm, caller: Caller): AlertRow[] {
    const facts = { people: this.people, caller, rules: this.rules.all, now: this.clock.now() };
    return [...new Set(seenIn(chosen).map(({ id }) => id))]
      .filter((id) => this.visible.shows(id, caller.prisons))
      .map((id) => alertRow(this.alerts.get(id), facts));
  }
}

/** What was chosen, and what was to be seen of it then, where that is said. */
const seenIn = ({ alert = [] }: BulkForm): { readonly id: string; readonly seenRevision: number | undefined }[] =>
  [alert].flat().map((one) => {
    const [id = '', revision = ''] = one.split(':');
    return { id, seenRevision: /^\d{1,9}$/.test(revision) ? Number(revision) : undefined };
  });

/** Why nothing can be done with so many, if that is so. */
const problemWith = ({ length }: readonly AlertRow[]): string | undefined =>
  length === 0 ? 'none' : length > MOST ? 'tooMany' : undefined;

const peopleOf = (rows: readonly AlertRow[]): string[] =>
  rows.flatMap(({ prisonNumber }) => (prisonNumber === '' ? [] : prisonNumber));

const actionOf = ({ action }: BulkForm): BulkAction => BULK_ACTIONS.find((one) => one === action) ?? 'acknowledge';

/** Back to the list, and nowhere else. */
const fromOf = ({ from = '' }: BulkForm): string =>
  /^\/alerts\?[\w=&.%+-]*$/.test(from) ? from : '/alerts?view=triage';

const withProblem = (address: string, problem: string): string =>
  `${address.replace(/&problem=\w+/, '')}&problem=${problem}`;
