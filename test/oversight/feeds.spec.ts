import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { DemonstrationService } from '../http/demonstration.js';
import { toolOrSkip } from '../tools.js';
import { RunningPrometheus } from './running-prometheus.js';

const RULES = join(import.meta.dirname, '../../config/prometheus/custody-watch.rules.yml');
const NOW = Date.parse('2026-11-22T09:00:00Z');
const PRISON = 'XYI';

interface Rules {
  readonly groups: readonly { readonly rules: readonly { readonly alert: string; readonly expr: string }[] }[];
}

const expressionOf = (alert: string): string => {
  const { groups } = parse(readFileSync(RULES, 'utf8')) as Rules;
  return groups.flatMap(({ rules }) => rules).find((rule) => rule.alert === alert)?.expr ?? '';
};

interface History {
  readonly notKnown: readonly { readonly code: string; readonly about: string }[];
}

describe('a feed that is expected', () => {
  let service: DemonstrationService;

  /** One feed has reported, long ago; nobody has heard of the other. */
  beforeAll(async () => {
    const terms = { delivers: [], allowedSilence: 86_400_000, expectedOf: new Set([PRISON]) };
    service = await DemonstrationService.start(
      NOW,
      new Map([
        ['case-notes', terms],
        ['movements', terms],
      ]),
    );
    const data = { feed: 'case-notes', until: '2026-01-01T00:00:00Z' };
    const body = JSON.stringify({ type: 'FeedCompleteUntil', prisonId: PRISON, occurredAt: data.until, data });
    const headers = { 'Content-Type': 'application/json' };
    const sent = await fetch(`http://127.0.0.1:${service.port}/custody-events`, { method: 'POST', headers, body });
    expect(sent.status).toBe(201);
  });
  afterAll(() => service.stop());

  it('and is silent, or never reported, is told of in every key worker history', async () => {
    const list = await service.get(`/safety-alerts?prisonId=${PRISON}&state=OPEN&size=1`);
    const { content } = (await list.json()) as { content: { prisonNumber: string }[] };
    const answer = await service.get(`/prisoners/${String(content[0]?.prisonNumber)}/key-worker-history`);
    const { notKnown } = (await answer.json()) as History;
    expect(notKnown).toContainEqual(expect.objectContaining({ code: 'FEED_SILENT', about: 'case-notes' }));
    expect(notKnown).toContainEqual(expect.objectContaining({ code: 'FEED_NEVER_REPORTED', about: 'movements' }));
  });

  toolOrSkip('prometheus')('makes the rules of Prometheus true, by what the service really exports', async () => {
    const prometheus = await RunningPrometheus.scraping(`127.0.0.1:${service.port}`, RULES);
    try {
      await prometheus.until('custody_watch_feed_complete_until_timestamp_seconds');
      const silent = await prometheus.query(expressionOf('CustodyWatchFeedSilent'));
      const never = await prometheus.query(expressionOf('CustodyWatchFeedNeverReported'));
      expect([silent, never].map((found) => found.map(({ metric }) => metric))).toEqual([
        [{ prison: PRISON, feed: 'case-notes' }],
        [{ prison: PRISON, feed: 'movements' }],
      ]);
    } finally {
      await prometheus.stop();
    }
  });
});
