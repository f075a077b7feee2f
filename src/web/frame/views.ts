import type { NestExpressApplication } from '@nestjs/platform-express';
import { static as folder, type Express } from 'express';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import nunjucks from 'nunjucks';
import { capitalised } from '../../kernel/say/join.js';
import { english } from '../words/english.js';
import { machineMoment, sayDate, sayMoment, sayShortDate, sayTableDate, sayTime } from './moments.js';

const installed = createRequire(import.meta.url);
const packageFolder = (name: string): string => dirname(installed.resolve(`${name}/package.json`));

const GOVUK = join(packageFolder('govuk-frontend'), 'dist');
const MOJ = packageFolder('@ministryofjustice/frontend');
const WEB = join(import.meta.dirname, '..');

/** Templates may be nowhere else; ours come first. */
const TEMPLATES = [WEB, GOVUK, MOJ];

/** What browsers may fetch under `/assets`, and where it lies. Fonts and the crown of GOV.UK are not among them. */
const ASSETS: Readonly<Record<string, string>> = {
  '/assets/govuk': join(GOVUK, 'govuk'),
  '/assets/moj': join(MOJ, 'moj'),
  '/assets/images': join(MOJ, 'moj/assets/images'),
  '/assets': join(WEB, 'assets'),
};

const STYLE = '/assets/govuk/govuk-frontend.min.css';

/** The typeface of GOV.UK is for services of GOV.UK only; without it Arial is next. */
const styleWithoutFonts = (): string =>
  readFileSync(join(GOVUK, 'govuk/govuk-frontend.min.css'), 'utf8').replaceAll(/@font-face\{[^}]*\}/g, '');

const SERVED = /\.(css|js|map|svg|png)$/;

/** Where a page comes from: `home/home` is `src/web/home/home.njk`. */
const EXTENSION = 'njk';

/** How templates say what they are given: `{{ raisedAt | moment }}`. */
const FILTERS = {
  date: sayDate,
  time: sayTime,
  moment: sayMoment,
  shortDate: sayShortDate,
  tableDate: sayTableDate,
  machineMoment,
  capitalised,
};

/**
 * The templates, every value in them escaped.
 * @param strict what is not there is an error, and no empty place on the page
 */
export const templates = (strict = false): nunjucks.Environment => {
  const environment = new nunjucks.Environment(new nunjucks.FileSystemLoader(TEMPLATES), {
    autoescape: true,
    throwOnUndefined: strict,
    trimBlocks: true,
    lstripBlocks: true,
  });
  for (const [name, say] of Object.entries(FILTERS)) environment.addFilter(name, say);
  environment.addGlobal('words', english);
  return environment;
};

/**
 * How express shows a template: at once. Later, an answer that cannot be sent any more would be an error outside of every
 * request, and the end of the process.
 */
const viewOf = (environment: nunjucks.Environment) =>
  class {
    readonly path: string;

    constructor(name: string) {
      this.path = `${name}.${EXTENSION}`;
    }

    render(model: object, done: (error: unknown, page: string) => void): void {
      done(undefined, environment.render(this.path, model));
    }
  };

/** Teaches the application to render pages, and to serve what they are made of. Nothing of that is about anybody. */
export const useViews = (app: NestExpressApplication): void => {
  const express: Express = app.getHttpAdapter().getInstance();
  express.set('view', viewOf(templates()));
  app.setViewEngine(EXTENSION);
  const style = styleWithoutFonts();
  express.get(STYLE, (_request, response) => {
    response.type('css').setHeader('Cache-Control', 'public, max-age=3600').send(style);
  });
  for (const [path, from] of Object.entries(ASSETS)) {
    express.use(path, (request, response, next) => {
      if (SERVED.test(request.path))
        folder(from, { maxAge: '1h', index: false, fallthrough: true })(request, response, next);
      else next();
    });
  }
};
