import { Body, Get, HttpCode, Inject, Post, Redirect, Req, Res } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import type { Request, Response } from 'express';
import { randomUUID } from 'node:crypto';
import { Asking, type Caller } from '../../access/caller.js';
import { noteWhose } from '../../access-records/whose.js';
import { People } from '../../custody/people/people.js';
import type { Rule } from '../../kernel/rule.js';
import { type ActedOn, AcknowledgeMany, AssignMany } from '../../safety-alerts/act-on-many.js';
import { AlertFeed } from '../../safety-alerts/alert-feed.js';
import { Assignment } from '../../safety-alerts/assign.js';
import { LONGEST_WAIT } from '../../safety-alerts/at-least.js';
import { asAction } from '../../safety-alerts/checked.js';
import { InvalidAction } from '../../safety-alerts/errors.js';
import { OpenAlerts } from '../../safety-alerts/open-alerts.js';
import { VisibleAlerts } from '../../safety-alerts/visible-alerts.js';
import { type Clock, CLOCK } from '../../store/clock.js';
import { WATCH_OPTIONS, type WatchSurroundings } from '../../watch/watch.module.js';
import { Page, Sent, Viewed } from '../frame/page.js';
import { english } from '../words/english.js';
import { type AlertRow, alertRow } from './alerts.page.js';
import { BULK_ACTIONS, type BulkAction, type ConfirmPage, confirmPage, resultPage } from './bulk.page.js';

/** What the list, and then the page that asks again, send. */
interface Chosen {
  readonly action?: string;
  /** Ids. */
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
  private readonly rules: readonly Rule[];

  constructor(
    private readonly commands: CommandBus,
    private readonly feed: AlertFeed,
    private readonly alerts: OpenAlerts,
    private readonly visible: VisibleAlerts,
    private readonly people: People,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(WATCH_OPTIONS) { plan }: WatchSurroundings,
  ) {
    this.rules = plan.rules.map(({ rule }) => rule);
  }

  /** Who had to sign in again meanwhile comes back to the list: what they had selected is not known any more. */
  @Get(['confirm', 'bulk'])
  @Redirect('/alerts', 303)
  @Sent('returnToSafetyAlerts')
  comeBack(): void {
    // Nothing has been carried out.
  }

  @Post('confirm')
  @HttpCode(200)
  @Viewed('alerts/confirm', 'chooseSafetyAlerts')
  confirm(@Body() chosen: Chosen, @Asking() caller: Caller, @Res({ passthrough: true }) response: Response) {
    const rows = this.rows(chosen, caller);
    if (isRefused(rows, chosen, response)) return undefined;
    return this.asksAgain(chosen, rows, randomUUID());
  }

  @Post('bulk')
  @HttpCode(200)
  @Sent('workSafetyAlerts')
  async carryOut(
    @Body() chosen: Chosen,
    @Asking() caller: Caller,
    @Req() request: Request,
    @Res() response: Response,
  ): Promise<void> {
    const rows = this.rows(chosen, caller);
    if (isRefused(rows, chosen, response)) return;
    noteWhose(
      request,
      rows.map(({ prisonNumber }) => prisonNumber),
    );
    const requestId = chosen.requestId ?? '';
    try {
      const results = await this.act(chosen, caller, rows, requestId);
      await this.seen(results);
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

  private async act(chosen: Chosen, caller: Caller, rows: readonly AlertRow[], requestId: string) {
    const ids = rows.map(({ id }) => ({ id }));
    if (actionOf(chosen) === 'acknowledge')
      return this.commands.execute(new AcknowledgeMany(ids, caller, {}, requestId));
    const to = chosen.whom === 'me' ? caller.name : chosen.user?.trim();
    const assignment = (await asAction.transform({ to }, { type: 'body', metatype: Assignment })) as Assignment;
    return this.commands.execute(new AssignMany(ids, caller, assignment, requestId));
  }

  /** Everything that was done is to be seen on the next page. */
  private async seen(results: readonly ActedOn[]): Promise<void> {
    const signal = AbortSignal.timeout(LONGEST_WAIT);
    for (const result of results) if (result.status === 'done') await this.feed.reached(result.position, signal);
  }

  private asksAgain(chosen: Chosen, rows: readonly AlertRow[], requestId: string, error?: string): ConfirmPage {
    const sent = { whom: chosen.whom ?? '', user: chosen.user ?? '' };
    return confirmPage(actionOf(chosen), rows, {
      ...{ requestId, from: fromOf(chosen), sent },
      ...(error !== undefined && { error }),
    });
  }

  /** Those of the chosen that the caller may see. */
  private rows({ alert = [] }: Chosen, caller: Caller): AlertRow[] {
    const facts = { people: this.people, caller, rules: this.rules, now: this.clock.now() };
    return [...new Set([alert].flat())]
      .filter((id) => this.visible.shows(id, caller.prisons))
      .map((id) => alertRow(this.alerts.get(id), facts));
  }
}

const actionOf = ({ action }: Chosen): BulkAction => BULK_ACTIONS.find((one) => one === action) ?? 'acknowledge';

/** Back to the list, and nowhere else. */
const fromOf = ({ from = '' }: Chosen): string => (/^\/alerts\?[\w=&.%+-]*$/.test(from) ? from : '/alerts?view=triage');

/** Leads back to the list where nothing was chosen that the caller may see, or too much. */
const isRefused = ({ length }: readonly AlertRow[], chosen: Chosen, response: Response): boolean => {
  if (length > 0 && length <= MOST) return false;
  response.redirect(303, withProblem(fromOf(chosen), length === 0 ? 'none' : 'tooMany'));
  return true;
};

const withProblem = (address: string, problem: string): string =>
  `${address.replace(/&problem=\w+/, '')}&problem=${problem}`;
