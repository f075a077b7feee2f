import { expect, it } from '@jest/globals';
import fc from 'fast-check';
import { ofFeed } from '../../src/kernel/feed.js';
import type { PrisonSettings } from '../../src/kernel/prison-settings.js';
import type { Rule, Step } from '../../src/kernel/rule.js';
import { toIso } from '../../src/prison/instant.js';
import { happening, histories, runs } from './arbitraries.js';
import { toldByFeeds } from './arbitrary-feeds.js';
import { catalogueOfAllTimes } from './catalogue.js';
import { asDefined, asReplayed, planned } from './told.js';

const SESSION = 'KeyWorkerSessionHeld';

const stories = toldByFeeds(histories(happening(SESSION), { most: 1, span: 20, after: 10 }), [SESSION]).map(
  ({ story: { until }, feeds }) => {
    const said = feeds.reports.flatMap(({ prisonId, feed, until: complete, knownAt }, place) => {
      const data = { feed, until: toIso(complete) };
      const event = { id: `r${place}`, type: 'FeedCompleteUntil', at: knownAt, recordedAt: knownAt, prisonId, data };
      return ofFeed(event, knownAt) ?? [];
    });
    return { story: { until, history: said }, feeds };
  },
);

const [data01] = catalogueOfAllTimes().filter(({ id }) => id === 'DATA-01');
const rulesAbout = (...steps: Step[]): readonly Rule[] => (data01 ? [data01, { ...data01, id: 'TEST-01', steps }] : []);

const ruleSets = fc.constantFrom(
  rulesAbout({ level: 'LOW', when: { op: 'not', of: { op: 'silent' } } }),
  rulesAbout({ level: 'LOW', when: { op: 'not', of: { op: 'rule', id: 'DATA-01' } } }),
  rulesAbout(
    {
      level: 'LOW',
      when: {
        op: 'heldFor',
        condition: { op: 'silent' },
        for: { kind: 'hours', milliseconds: 7_200_000, text: 'PT2H' },
      },
    },
    {
      level: 'HIGH',
      when: { op: 'heldFor', condition: { op: 'silent' }, for: { kind: 'days', days: 1, text: 'P1D' } },
    },
  ),
);

const settingsOf = (rule: string, days: { from?: string; until?: string }): readonly PrisonSettings[] => [
  { prisonId: 'XYI', keyWork: [], rules: [{ rule, because: 'the feed is moved', ...days }] },
];
const settingsOfPrisons = fc.constantFrom(
  [],
  settingsOf('DATA-01', { until: '2026-06-20' }),
  settingsOf('TEST-01', { from: '2026-06-15', until: '2026-06-25' }),
);

it('rules about feeds say by their operators what they say by their definitions, whatever feeds report, and when', () => {
  let changes = 0;
  fc.assert(
    fc.property(ruleSets, stories, settingsOfPrisons, (rules, { story, feeds }, settings) => {
      const defined = asDefined(rules, story, feeds, settings);
      changes += defined.length;
      expect(asReplayed(planned(rules, settings), story, feeds)).toEqual(defined);
    }),
    { numRuns: runs(1_500, 300) },
  );
  expect(changes).toBeGreaterThan(runs(1_500, 300));
}, 300_000);
