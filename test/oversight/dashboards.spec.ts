import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { DemonstrationService } from '../http/demonstration.js';
import { toolOrSkip } from '../tools.js';
import { namesIn, seriesNamesIn } from './exported-names.js';
import { RunningPrometheus } from './running-prometheus.js';

const GRAFANA = join(import.meta.dirname, '../../config/grafana');
const RULES = join(import.meta.dirname, '../../config/prometheus/custody-watch.rules.yml');
const NOW = Date.parse('2026-11-22T09:00:00Z');
/** What Prometheus itself knows of a target. */
const OF_PROMETHEUS = ['up', 'scrape_duration_seconds', 'scrape_samples_scraped', 'ALERTS'];

interface Panel {
  readonly type: string;
  readonly title: string;
  readonly description?: string;
  readonly datasource?: { readonly uid: string };
  readonly fieldConfig?: { readonly defaults: { readonly unit?: string } };
  readonly targets?: readonly { readonly expr: string; readonly datasource: { readonly uid: string } }[];
}

interface Dashboard {
  readonly uid: string;
  readonly title: string;
  readonly description: string;
  readonly editable: boolean;
  readonly id?: number;
  readonly panels: readonly Panel[];
  readonly templating: { readonly list: readonly { readonly name: string; readonly definition?: string }[] };
}

const dashboards = readdirSync(join(GRAFANA, 'dashboards')).map(
  (file) => JSON.parse(readFileSync(join(GRAFANA, 'dashboards', file), 'utf8')) as Dashboard,
);
const panels = dashboards.flatMap(({ title, panels: all }) =>
  all.filter(({ type }) => type !== 'row').map((panel) => ({ ...panel, name: `${title}, ${panel.title}` })),
);
const queries = panels.flatMap(({ name, targets = [] }) => targets.map(({ expr }) => ({ name, expr })));

/** As Grafana fills it in for everything that there is. */
const filledIn = (expression: string): string =>
  expression.replaceAll('$__rate_interval', '1m').replaceAll(/\$(prison|instance)\b/g, '.*');

describe('the dashboards', () => {
  it('are provisioned: two, each with a name of its own that stays, and not to be changed in the browser', () => {
    expect(dashboards.map(({ uid }) => uid).sort()).toEqual(['custody-watch-oversight', 'custody-watch-service']);
    for (const { editable, id, description } of dashboards) {
      expect({ editable, id }).toEqual({ editable: false, id: undefined });
      expect(description).toMatch(/\.$/);
    }
    const yaml = (path: string): unknown => parse(readFileSync(join(GRAFANA, 'provisioning', path), 'utf8'));
    expect(yaml('dashboards/custody-watch.yml')).toMatchObject({ apiVersion: 1, providers: [{ type: 'file' }] });
    expect(yaml('datasources/prometheus.yml')).toMatchObject({ apiVersion: 1, datasources: [{ type: 'prometheus' }] });
  });

  it.each(panels)('$name: has a title, a description, a unit, a query, and the data source chosen', (panel) => {
    expect(panel.title).not.toBe('');
    expect(panel.description).toMatch(/\.$/);
    expect(panel.fieldConfig?.defaults.unit).toEqual(expect.any(String));
    expect(panel.targets?.length).toBeGreaterThan(0);
    for (const { datasource } of [panel, ...(panel.targets ?? [])]) expect(datasource?.uid).toBe('${datasource}');
  });

  it.each(queries)('$name: looks at totals only as they grow', ({ expr }) => {
    for (const [total] of expr.matchAll(/\w+_(?:total|bucket)\b/g))
      expect(expr).toMatch(new RegExp(`(?:rate|increase)\\(${total}`));
  });
});

describe('the dashboards, over the demonstration prison', () => {
  let service: DemonstrationService;
  let exported: ReadonlySet<string>;

  const acknowledgeOne = async (): Promise<void> => {
    const list = (await (await service.get('/safety-alerts?state=OPEN&size=1')).json()) as {
      content: { id: string }[];
    };
    const url = `http://127.0.0.1:${service.port}/safety-alerts/${String(list.content[0]?.id)}/acknowledge`;
    const headers = { 'Content-Type': 'application/json' };
    expect((await fetch(url, { method: 'POST', headers, body: '{}' })).status).toBe(200);
  };

  beforeAll(async () => {
    service = await DemonstrationService.start(NOW);
    exported = seriesNamesIn(await (await service.get('/metrics')).text());
  });
  afterAll(() => service.stop());

  it.each(queries)('$name: asks for metrics that the service exports', ({ expr }) => {
    const asked = namesIn(expr);
    expect(asked.filter((name) => !exported.has(name))).toEqual([]);
    expect(asked.length > 0 || OF_PROMETHEUS.some((name) => expr.includes(name))).toBe(true);
  });

  it('choose from metrics that the service exports', () => {
    const definitions = dashboards.flatMap(({ templating }) =>
      templating.list.map(({ definition = '' }) => definition),
    );
    expect(definitions.flatMap(namesIn)).toEqual(['custody_watch_people_in_custody']);
  });

  toolOrSkip('prometheus')('show data in every panel, through a real Prometheus', async () => {
    const prometheus = await RunningPrometheus.scraping(`127.0.0.1:${service.port}`, RULES);
    try {
      await prometheus.until('count_over_time(custody_watch_time_to_acknowledge_seconds_count[1m]) >= 2');
      await acknowledgeOne();
      await prometheus.until('changes(custody_watch_time_to_acknowledge_seconds_count[1m]) > 0');
      await prometheus.until('ALERTS{alertname="Watchdog"}');
      const empty: string[] = [];
      for (const { name, expr } of queries) {
        const found = await prometheus.query(filledIn(expr));
        if (found.length === 0) empty.push(`${name}: ${expr}`);
      }
      expect(empty).toEqual([]);
      const overdue = await prometheus.query('sum(custody_watch_people_overdue)');
      expect(Number(overdue[0]?.value[1])).toBeGreaterThan(0);
    } finally {
      await prometheus.stop();
    }
  });
});
