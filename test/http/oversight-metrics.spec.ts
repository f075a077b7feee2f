import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { spawnSync } from 'node:child_process';
import request from 'supertest';
import { asSent } from '../../src/custody/custody-event.js';
import { AlertIndex } from '../../src/safety-alerts/list/alert-index.js';
import { toolOrSkip } from '../tools.js';
import { arrives, completeUntil, leaves, NINE, OversightApp } from './oversight-app.js';

/** The names that are promised, and the labels each may have. */
const CONTRACT: Readonly<Record<string, readonly string[]>> = {
  safety_alerts_open: ['prison', 'severity', 'state'],
  safety_alerts_open_by_rule: ['prison', 'rule'],
  safety_alerts_raised_total: ['prison', 'severity'],
  safety_alerts_closed_total: ['rule', 'outcome'],
  safety_alert_oldest_open_timestamp_seconds: ['prison', 'severity'],
  snoozed: ['prison', 'severity'],
  time_to_acknowledge_seconds: ['le'],
  time_to_resolve_seconds: ['le'],
  people_in_custody: ['prison'],
  key_worker_sessions_total: ['prison'],
  key_worker_sessions_missed_total: ['prison', 'reason'],
  people_never_seen: ['prison'],
  people_overdue: ['prison'],
  custody_events_total: ['feed', 'outcome'],
  feed_allowed_silence_seconds: ['prison', 'feed'],
  feed_complete_until_timestamp_seconds: ['prison', 'feed'],
  feed_expected_info: ['prison', 'feed'],
  projection_position: ['projection'],
  projection_lag_seconds: ['projection'],
  parked_events: ['reason'],
  dropped_events: ['reason'],
  roll_differences: ['prison', 'kind'],
  roll_checked_timestamp_seconds: ['prison'],
  pending_events: ['prison'],
  pending_events_refused: ['prison'],
  pending_event_oldest_timestamp_seconds: ['prison'],
  deadlines_armed: ['rule'],
  deadline_fire_delay_seconds: ['le'],
  deliveries_total: ['channel', 'outcome'],
  delivery_dead_letters: ['channel'],
  watch_last_tick_timestamp_seconds: [],
  security_events_total: ['kind'],
  log_time_timestamp_seconds: [],
  clock_ahead_seconds: [],
  event_loop_held_seconds: ['le'],
  verify_discrepancies: ['kind'],
  rules_not_watched: ['prison'],
  rules_waiting: ['prison'],
  events_held: ['prison'],
  rule_info: ['rule', 'version'],
};

const PROMTOOL = 'promtool';
const TWO_HOURS = 2 * 3_600_000;

let service: OversightApp;

beforeEach(async () => (service = await OversightApp.start()));
afterEach(() => service.app.close());

const scrape = async (): Promise<string> => (await request(service.server).get('/metrics').expect(200)).text;

/** The lines of one metric, without the prefix. */
const shown = async (name: string): Promise<string[]> =>
  (await scrape())
    .split('\n')
    .map((line) => line.replace('custody_watch_', ''))
    .filter((line) => new RegExp(`^${name}[ {]`).test(line));

const valueOf = async (series: string): Promise<number | undefined> => {
  const line = (await scrape()).split('\n').find((one) => one.startsWith(`custody_watch_${series} `));
  return line === undefined ? undefined : Number(line.split(' ').at(-1));
};

describe('GET /metrics', () => {
  it('shows what is open, by prison, severity and state, and since when', async () => {
    await service.happens(arrives('A0001AA'), arrives('A0002AA'), arrives('A0003AA', 'XYO'));
    expect(await valueOf('safety_alerts_open{prison="XYI",severity="HIGH",state="OPEN"}')).toBe(2);
    expect(await valueOf('safety_alerts_open{prison="XYO",severity="HIGH",state="OPEN"}')).toBe(1);
    expect(await valueOf('safety_alerts_open_by_rule{prison="XYI",rule="KW-01"}')).toBe(2);
    expect(await valueOf('safety_alerts_raised_total{prison="XYI",severity="HIGH"}')).toBe(2);
    expect(await shown('safety_alert_oldest_open_timestamp_seconds')).toEqual([
      `safety_alert_oldest_open_timestamp_seconds{prison="XYI",severity="HIGH"} ${NINE / 1000}`,
      `safety_alert_oldest_open_timestamp_seconds{prison="XYO",severity="HIGH"} ${NINE / 1000}`,
    ]);
  });

  it('shows 0, and not nothing, for every severity, state and outcome of a prison where somebody is', async () => {
    await service.happens(arrives('A0001AA'));
    const open = await shown('safety_alerts_open');
    expect(open).toHaveLength(4 * 2);
    expect(open).toContain('safety_alerts_open{prison="XYI",severity="CRITICAL",state="ACKNOWLEDGED"} 0');
    expect(await valueOf('safety_alerts_raised_total{prison="XYI",severity="LOW"}')).toBe(0);
    expect(await shown('safety_alerts_closed_total')).toHaveLength(8);
    expect(await valueOf('safety_alerts_closed_total{rule="KW-01",outcome="recorded-late"}')).toBe(0);
    expect(await valueOf('time_to_resolve_seconds_count')).toBe(0);
  });

  it('counts what was closed, and how long it had been open', async () => {
    await service.happens(arrives('A0001AA'));
    expect(await shown('safety_alert_oldest_open_timestamp_seconds')).toHaveLength(1);
    service.sleeps(NINE + TWO_HOURS - service.now);
    await service.happens(leaves('A0001AA', 'RELEASED', { at: service.now }));
    expect(await valueOf('safety_alerts_closed_total{rule="KW-01",outcome="left"}')).toBe(1);
    expect(await valueOf('safety_alerts_open{prison="XYI",severity="HIGH",state="OPEN"}')).toBe(0);
    expect(await shown('safety_alert_oldest_open_timestamp_seconds')).toEqual([]);
    expect(await shown('time_to_resolve_seconds_bucket')).toEqual([
      'time_to_resolve_seconds_bucket{le="3600"} 0',
      ...[14400, 43200, 86400, 259200, 604800, 1209600, 2419200, '+Inf'].map(
        (le) => `time_to_resolve_seconds_bucket{le="${le}"} 1`,
      ),
    ]);
    expect(await valueOf('time_to_resolve_seconds_sum')).toBe(7200);
    expect(await valueOf('people_in_custody{prison="XYI"}')).toBe(0);
  });

  it('counts how long alerts waited for somebody to acknowledge them', async () => {
    await service.happens(arrives('A0001AA'));
    const [alert] = service.app.get(AlertIndex).open();
    await request(service.server)
      .post(`/safety-alerts/${String(alert?.id)}/acknowledge`)
      .send({})
      .expect(200);
    await service.happens(arrives('A0002AA', 'XYO'));
    expect(await valueOf('safety_alerts_open{prison="XYI",severity="HIGH",state="ACKNOWLEDGED"}')).toBe(1);
    expect(await valueOf('time_to_acknowledge_seconds_count')).toBe(1);
  });

  it('counts people in a stay by the prison they are in, those at court included', async () => {
    await service.happens(arrives('A0001AA'), arrives('A0002AA'), arrives('A0003AA', 'XYO'));
    await service.happens(
      leaves('A0001AA', 'SENT_TO_COURT', { at: service.now }),
      leaves('A0003AA', 'RELEASED', { prisonId: 'XYO', at: service.now }),
    );
    expect(await shown('people_in_custody')).toEqual([
      'people_in_custody{prison="XYI"} 2',
      'people_in_custody{prison="XYO"} 0',
    ]);
  });

  it('counts what callers were told of their custody events, from 0', async () => {
    const outcomes = async () => (await shown('custody_events_total')).map((line) => Number(line.split(' ').at(-1)));
    expect(await shown('custody_events_total')).toEqual([
      'custody_events_total{feed="http",outcome="accepted"} 0',
      'custody_events_total{feed="http",outcome="duplicate"} 0',
      'custody_events_total{feed="http",outcome="refused"} 0',
    ]);
    const post = (body: object) => request(service.server).post('/custody-events').send(body);
    await post([asSent(arrives('A0001AA')), asSent(arrives('A0002AA'))]).expect(201);
    await post([asSent(arrives('A0001AA')), { type: 'Nonsense' }]).expect(201);
    expect(await outcomes()).toEqual([2, 1, 1]);
    await post({ type: 'Nonsense' });
    await post({ ...asSent(arrives('A0001AA')), data: { reason: 'RECALL' } });
    expect(await outcomes()).toEqual([2, 1, 3]);
  });

  it('shows how far the log has been followed, and how far behind that is', async () => {
    await service.happens(arrives('A0001AA'));
    // What was decided on the event has nothing for the watch: whether it has read past it yet is all the same.
    expect([1, 2]).toContain(await valueOf('projection_position{projection="watch"}'));
    expect(await valueOf('projection_position{projection="open-alerts"}')).toBe(2);
    expect(await valueOf('projection_lag_seconds{projection="watch"}')).toBe(0);
    expect(await valueOf('projection_lag_seconds{projection="open-alerts"}')).toBe(0);
  });

  it('shows when the watch last looked, once it has', async () => {
    expect(await shown('watch_last_tick_timestamp_seconds')).toEqual([]);
    await service.timeGoesOn();
    expect(await valueOf('watch_last_tick_timestamp_seconds')).toBe(NINE / 1000 + 10);
  });

  it('shows the version of every rule', async () => {
    expect(await shown('rule_info')).toEqual(['rule_info{rule="KW-01",version="3"} 1']);
  });

  it('shows which feeds are expected, and up to when each has delivered; never a feed that a sender made up', async () => {
    await service.app.close();
    const terms = { delivers: [], allowedSilence: 12 * 3_600_000, expectedOf: new Set(['XYI', 'XYO']) };
    service = await OversightApp.start({ feeds: new Map([['case-notes', terms]]) });
    await service.happens(arrives('A0001AA'), completeUntil('case-notes'), completeUntil('john.smith'));
    expect(await shown('feed_expected_info')).toEqual([
      'feed_expected_info{prison="XYI",feed="case-notes"} 1',
      'feed_expected_info{prison="XYO",feed="case-notes"} 1',
    ]);
    expect(await shown('feed_allowed_silence_seconds')).toEqual([
      'feed_allowed_silence_seconds{prison="XYI",feed="case-notes"} 43200',
      'feed_allowed_silence_seconds{prison="XYO",feed="case-notes"} 43200',
    ]);
    expect(await shown('feed_complete_until_timestamp_seconds')).toEqual([
      `feed_complete_until_timestamp_seconds{prison="XYI",feed="case-notes"} ${NINE / 1000 - 60}`,
    ]);
  });

  it('shows for how many people each rule waits, and how late what fell due was decided', async () => {
    await service.happens(arrives('A0001AA'), arrives('A0002AA'));
    expect(await shown('deadlines_armed')).toEqual(['deadlines_armed{rule="KW-01"} 0']);
    expect(await valueOf('deadline_fire_delay_seconds_count')).toBe(0);
  });

  it('names nobody, and has no names or labels but those of the contract', async () => {
    await service.happens(arrives('A0001AA'), arrives('A0003AA', 'XYO'));
    const text = await scrape();
    expect(text).not.toMatch(/[A-Z]\d{4}[A-Z]{2}/i);
    const series = text.split('\n').filter((line) => line !== '' && !line.startsWith('#'));
    expect(series.length).toBeGreaterThan(50);
    for (const line of series) {
      const [, name = '', labels = ''] =
        /^custody_watch_(\w+?)(?:_bucket|_sum|_count)?(?:\{(.*)\})? \S+$/.exec(line) ?? [];
      const used = Array.from(labels.matchAll(/(\w+)="[^"]*"/g), ([, label]) => label);
      expect({ line, allowed: CONTRACT[name] }).toEqual({ line, allowed: expect.arrayContaining(used) });
    }
  });

  it('is told as the text format that Prometheus asks for', async () => {
    const { headers } = await request(service.server).get('/metrics');
    expect(headers['content-type']).toBe('text/plain; version=0.0.4; charset=utf-8');
  });

  toolOrSkip(PROMTOOL)('finds nothing to complain about, says promtool', async () => {
    await service.happens(arrives('A0001AA'));
    const check = (input: string) => spawnSync(PROMTOOL, ['check', 'metrics'], { input, encoding: 'utf8' });
    const { status, stdout, stderr } = check(await scrape());
    expect({ status, stdout, stderr }).toEqual({ status: 0, stdout: '', stderr: '' });
    expect(check('# TYPE latency_ms gauge\nlatency_ms 1\n').status).not.toBe(0);
  });
});
