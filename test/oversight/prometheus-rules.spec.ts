import { describe, expect, it } from '@jest/globals';
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { toolOrSkip } from '../tools.js';
import { namesIn } from './exported-names.js';

const PROMTOOL = 'promtool';
const ROOT = join(import.meta.dirname, '../..');
const FOLDER = join(ROOT, 'config/prometheus');
const SECTIONS = ['Meaning', 'Impact', 'Diagnosis', 'Mitigation'];

interface Rule {
  readonly alert: string;
  readonly expr: string;
  readonly labels: { readonly severity: string };
  readonly annotations: { readonly summary: string; readonly description: string; readonly runbook_url: string };
}

interface Story {
  readonly alert_rule_test: readonly { readonly alertname: string; readonly exp_alerts: readonly object[] }[];
}

const text = (file: string): string => readFileSync(join(FOLDER, file), 'utf8');
const { groups } = parse(text('custody-watch.rules.yml')) as { groups: { rules: Rule[] }[] };
const { tests } = parse(text('custody-watch.tests.yml')) as { tests: Story[] };
const rules = groups.flatMap((group) => group.rules);

const promtool = (...words: string[]) => {
  const { status, stdout, stderr } = spawnSync(PROMTOOL, words, { cwd: FOLDER, encoding: 'utf8' });
  return { status, said: stdout + stderr };
};

describe('the rules for Prometheus', () => {
  toolOrSkip(PROMTOOL)('are rules, and the example that loads them a configuration, says promtool', () => {
    expect(promtool('check', 'rules', '--lint-fatal', 'custody-watch.rules.yml')).toMatchObject({ status: 0 });
    expect(promtool('check', 'config', 'prometheus.yml')).toMatchObject({ status: 0 });
  });

  toolOrSkip(PROMTOOL)('fire and stay silent as their stories say, says promtool', () => {
    const { status, said } = promtool('test', 'rules', 'custody-watch.tests.yml');
    expect(said).toContain('SUCCESS');
    expect(status).toBe(0);
  });

  describe.each(rules)('$alert', ({ alert, labels, annotations }) => {
    const expected = tests.flatMap((story) => story.alert_rule_test).filter(({ alertname }) => alertname === alert);

    it('has a story in which it fires, and, but for the watchdog, one in which it stays silent', () => {
      expect(expected.some(({ exp_alerts }) => exp_alerts.length > 0)).toBe(true);
      expect(expected.some(({ exp_alerts }) => exp_alerts.length === 0)).toBe(alert !== 'Watchdog');
    });

    it('says how severe it is, what it means, and where its runbook lies', () => {
      expect(['critical', 'warning', 'none']).toContain(labels.severity);
      expect(annotations.summary.length).toBeGreaterThan(10);
      expect(annotations.description).toMatch(/\.$/);
      expect(annotations.runbook_url).toBe(`docs/runbooks/${alert}.md`);
    });

    it('has a runbook: meaning, impact, diagnosis, mitigation', () => {
      const page = readFileSync(join(ROOT, annotations.runbook_url), 'utf8');
      expect(page).toMatch(new RegExp(`^# ${alert}$`, 'm'));
      expect(Array.from(page.matchAll(/^## (.*)$/gm), ([, name]) => name)).toEqual(SECTIONS);
      expect(
        page
          .split(/^## .*$/m)
          .slice(1)
          .filter((section) => section.trim().length < 20),
      ).toEqual([]);
    });
  });

  it('ask only for metrics of the contract', () => {
    const asked = new Set(rules.flatMap(({ expr }) => namesIn(expr)));
    expect([...asked].sort()).toEqual([
      'custody_watch_clock_ahead_seconds',
      'custody_watch_event_loop_held_seconds_bucket',
      'custody_watch_event_loop_held_seconds_count',
      'custody_watch_feed_allowed_silence_seconds',
      'custody_watch_feed_complete_until_timestamp_seconds',
      'custody_watch_feed_expected_info',
      'custody_watch_log_time_timestamp_seconds',
      'custody_watch_parked_events',
      'custody_watch_pending_event_oldest_timestamp_seconds',
      'custody_watch_projection_lag_seconds',
      'custody_watch_projection_position',
      'custody_watch_roll_checked_timestamp_seconds',
      'custody_watch_roll_differences',
      'custody_watch_safety_alerts_open',
      'custody_watch_security_events_total',
      'custody_watch_tellings_open',
      'custody_watch_watch_last_tick_timestamp_seconds',
    ]);
  });
});
