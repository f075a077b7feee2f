import { applyDecorators, Body, Controller, HttpCode, Param, Post, type Type } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { ApiBody, ApiOkResponse, ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import { Asking, type Caller } from '../../access/caller.js';
import { RequiresRole } from '../../access/required-roles.js';
import { Discloses } from '../../access-records/disclosure.js';
import { ActOnAlert, type ActionDone, ActionDoneBody } from './act-on-alert.js';
import { ACTIONS, type Verb, VERBS } from './actions.js';

/** The route of one action on a safety alert, e.g. `POST /safety-alerts/{id}/acknowledge`. */
const Action = (verb: Verb) =>
  applyDecorators(
    Post(`:id/${verb}`),
    HttpCode(200),
    RequiresRole('ROLE_CUSTODY_WATCH__ALERTS__RW'),
    Discloses('change'),
    ApiOperation({
      operationId: `${verb}SafetyAlert`,
      summary: ACTIONS[verb].summary,
      description: 'May be sent again: nothing changes then.',
    }),
    ApiBody({ type: ACTIONS[verb].body }),
    ApiOkResponse({ type: ActionDoneBody }),
    ApiResponse({ status: 400, description: 'INVALID_ACTION: errors names the field and the value' }),
    ApiResponse({ status: 404, description: 'NO_SUCH_ALERT' }),
    ApiResponse({
      status: 409,
      description:
        'ALERT_NOT_OPEN; CRITICAL_MAY_NOT_REST; STILL_TRUE: stillTrue says what is still so; NOT_STILL_TRUE; ' +
        'ALERT_CHANGED: changes says what happened since, when and by whom',
    }),
  );

const controllerOf = (verb: Verb): Type => {
  @ApiTags('safety-alerts')
  @Controller('safety-alerts')
  class ActionController {
    constructor(readonly commands: CommandBus) {}

    @Action(verb)
    async act(@Param('id') id: string, @Body() sent: unknown, @Asking() caller: Caller): Promise<ActionDone> {
      const { request, intent } = await ACTIONS[verb].read(sent);
      return this.commands.execute(new ActOnAlert(id, caller, request, intent));
    }
  }
  return ActionController;
};

/** A route for each action of the table. */
export const ACTION_CONTROLLERS = VERBS.map(controllerOf);
