import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { templates } from '../../src/web/frame/views.js';
import { DemonstrationService } from '../http/demonstration.js';
import { crawl, officerAt } from './crawl.js';

const NOW = Date.parse('2026-11-22T09:00:00Z');

/** Of the design system, and known to print what is not there. */
const NOT_STRICT = /^govuk\/components\/(textarea|character-count|phase-banner|warning-text)\/template\.njk$/;
const nothing = {
  async: false,
  cache: {},
  getSource: (name: string) => (NOT_STRICT.test(name) ? { src: '', path: name, noCache: false } : null),
};

type Done = (error: Error | null, page: string | null) => void;

let service: DemonstrationService;
/** What templates asked for, and did not get. */
const missing: string[] = [];

beforeAll(async () => {
  service = await DemonstrationService.start(NOW);
  const strict = templates(true);
  (strict as unknown as { loaders: object[] }).loaders.unshift(nothing);
  const render = strict.render.bind(strict) as (name: string, model: object, done: Done) => void;
  const listening = (name: string, model: object, done: Done): void => {
    render(name, model, (error, page) => {
      if (error) missing.push(`${name}: ${error.message}`);
      done(error, page);
    });
  };
  Object.assign(strict, { render: listening });
  strict.express(service.app.getHttpAdapter().getInstance());
});

afterAll(() => service.stop());

it('every page has in its model all that its template shows', async () => {
  const pages = await crawl(await officerAt(service));
  expect(missing).toEqual([]);
  expect(pages.length).toBeGreaterThan(40);
});
