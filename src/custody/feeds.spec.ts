import { describe, expect, it } from '@jest/globals';
import { Feeds, isSilent } from './feeds.js';

const DAY = 86_400_000;
const expected = new Map([['case-notes', { delivers: [], allowedSilence: DAY, expectedOf: new Set(['XYI', 'XYO']) }]]);

const report = (feed: string, until: number, knownAt: number) => ({ prisonId: 'XYI', feed, until, knownAt });

describe('the feeds', () => {
  it('that are expected are told of before they have ever reported', () => {
    expect(new Feeds(() => expected).of('XYI')).toEqual([
      { feed: 'case-notes', prisonId: 'XYI', isExpected: true, allowedSilence: DAY, completeUntil: undefined },
    ]);
    expect(new Feeds(() => expected).allExpected().map(({ prisonId }) => prisonId)).toEqual(['XYI', 'XYO']);
    expect(new Feeds(() => expected).of('XYZ')).toEqual([]);
  });

  it('are complete up to the latest that they said, in whatever order it became known', () => {
    const feeds = new Feeds(() => expected);
    feeds.report(report('case-notes', 2 * DAY, 3 * DAY));
    feeds.report(report('case-notes', DAY, 3 * DAY));
    expect(feeds.of('XYI')).toMatchObject([{ completeUntil: 2 * DAY }]);
  });

  it('are not complete beyond the instant at which they said so', () => {
    const feeds = new Feeds(() => expected);
    feeds.report(report('case-notes', 1000 * DAY, 3 * DAY));
    expect(feeds.of('XYI')).toMatchObject([{ completeUntil: 3 * DAY }]);
  });

  it('are silent from the end of the silence that they are allowed, if they are expected', () => {
    const feeds = new Feeds(() => expected);
    for (const feed of ['case-notes', 'other']) feeds.report(report(feed, DAY, DAY));
    const [caseNotes, other] = feeds.of('XYI');
    expect([2 * DAY - 1, 2 * DAY].map((at) => caseNotes && isSilent(caseNotes, at))).toEqual([false, true]);
    expect(other && isSilent(other, 9 * DAY)).toBe(false);
  });

  it('that are not expected are told of in their prison, and not among those that are', () => {
    const feeds = new Feeds(() => expected);
    feeds.report(report('other', DAY, DAY));
    expect(feeds.of('XYI').map(({ feed, isExpected }) => [feed, isExpected])).toEqual([
      ['case-notes', true],
      ['other', false],
    ]);
    expect(feeds.allExpected().map(({ feed }) => feed)).toEqual(['case-notes', 'case-notes']);
  });
});
