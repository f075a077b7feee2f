import { applyDecorators, Controller, Render, UseGuards } from '@nestjs/common';
import { ApiExcludeController, ApiOperation } from '@nestjs/swagger';
import { RequiresRole } from '../../access/required-roles.js';
import type { Role } from '../../access/roles.js';
import { type Disclosure, Discloses } from '../../access-records/disclosure.js';
import { PeopleOnly } from '../sign-in/people-only.js';

/** A controller of pages at a path: who may open them, and whether they show people in prison. No part of the API. */
export const Page = (path: string, roles: readonly [Role, ...Role[]], disclosure: Disclosure) =>
  applyDecorators(
    Controller(path),
    ApiExcludeController(),
    RequiresRole(...roles),
    Discloses(disclosure),
    UseGuards(PeopleOnly),
  );

/**
 * The route answers with a page: what it returns is the page's model.
 * @param template `home/home` is `src/web/home/home.njk`
 * @param operation as the record of who saw whom names it
 */
export const Viewed = (template: string, operation: string) =>
  applyDecorators(Render(template), ApiOperation({ operationId: operation }));

/** The route takes what a form sends, and leads on to a page. @param operation as the record of who saw whom names it */
export const Sent = (operation: string) => ApiOperation({ operationId: operation });
