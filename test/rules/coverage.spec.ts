import { describe, expect, it } from '@jest/globals';
import { rulesIn } from '../../src/watch/rule-folder.js';
import { CATALOGUE } from '../../src/custody/catalogue/catalogue.js';
import { feedGainsOf, notToldOf, notWatchedWith } from '../../src/kernel/coverage.js';
import type { FeedRegister } from '../../src/kernel/feed-terms.js';
import { sayNotTold, sayType } from '../../src/kernel/say/say-not-told.js';

const rules = rulesIn('config/rules').map(({ rule }) => rule);

/** What published feeds of prisons tell. */
const PUBLISHED = [
  ...['PrisonerReceived', 'PrisonerReleased', 'CellMoved', 'RiskMarkerAdded', 'RiskMarkerRemoved'],
  ...['FoundOnRoll', 'FeedCompleteUntil'],
  ...['KeyWorkerSessionHeld', 'IncentiveLevelChanged', 'AdjudicationReported', 'NonAssociationRecorded'],
];

const notToldOfRule = (id: string, told: readonly string[]) => {
  const rule = rules.find((one) => one.id === id);
  return rule && notToldOf(rule, rules, new Set(told));
};
const notWatched = (told: readonly string[]): string[] =>
  rules.filter((rule) => notToldOf(rule, rules, new Set(told))).map(({ id }) => id);

describe('where only some events are told of', () => {
  it('a rule cannot be watched without what would meet it, though all that asks for it is told', () => {
    expect(notToldOfRule('SEG-01', PUBLISHED)).toEqual({
      of: 'safeguard',
      types: ['SegregationHealthScreenCompleted'],
    });
  });

  it('nor without anything that would ask for it', () => {
    const told = [...PUBLISHED, 'AcctOpened', 'AcctNotOpenedDecisionRecorded'];
    expect(notToldOfRule('VUL-01', told)).toEqual({ of: 'ask', types: ['SelfHarmReported'] });
    expect(notToldOfRule('VUL-01', [...told, 'SelfHarmReported'])).toBeUndefined();
  });

  it('a rule with several asks can be watched by one of them', () => {
    expect(notToldOfRule('KW-07', PUBLISHED)).toBeUndefined();
  });

  it('a count of risk families needs as many of them as it counts', () => {
    expect(notToldOfRule('VUL-02', PUBLISHED)).toBeUndefined();
    expect(notToldOfRule('VUL-02', ['PrisonerReceived', 'KeyWorkerSessionHeld', 'AcctOpened'])?.of).toBe('ask');
  });

  it('no rule of a prison that tells only what is published accuses it of steps that nobody publishes', () => {
    expect(notWatched(PUBLISHED)).toEqual([
      ...['ACCT-01', 'ACCT-02', 'ACCT-03', 'ACCT-04', 'ACCT-05', 'ACCT-06', 'ACCT-07', 'ACCT-08'],
      ...['FAM-01', 'FAM-02', 'INC-01', 'KW-03', 'KW-04', 'KW-05', 'KW-09', 'KW-10', 'KW-12', 'KW-16'],
      ...['SEG-01', 'SEG-03', 'SEG-05', 'SEG-06', 'SEG-07', 'SUB-01', 'VUL-01'],
    ]);
  });

  it('a rule about key workers is among them: it needs absences, and people who are theirs', () => {
    expect(notToldOfRule('KW-05', PUBLISHED)).toEqual({ of: 'safeguard', types: ['KeyWorkerAvailabilityChanged'] });
    const told = [...PUBLISHED, 'KeyWorkerAvailabilityChanged'];
    expect(notToldOfRule('KW-05', told)).toEqual({ of: 'ask', types: ['KeyWorkerAllocated'] });
    expect(notToldOfRule('KW-05', [...told, 'KeyWorkerAllocated'])).toBeUndefined();
  });

  it('a rule that is only where its safeguard is delivered is watched nowhere but where a declared feed delivers it', () => {
    const terms = { allowedSilence: 0, expectedOf: new Set<string>() };
    const register = new Map([
      ['everything', { ...terms, delivers: [...CATALOGUE.keys()] }],
      ['movements', { ...terms, delivers: ['PrisonerReceived', 'PrisonerReleased'] }],
    ]);
    const left = (feeds?: readonly string[]): string[] => [...notWatchedWith(feeds, register, rules).keys()];
    expect(left()).toEqual(['KW-16']);
    expect(left(['movements'])).toContain('KW-16');
    expect(left(['everything'])).toEqual([]);
  });

  it('every rule can be watched where everything is told', () => {
    const types = JSON.stringify(rules).matchAll(/"(?:type|by|until|event)":"(\w+)"/g);
    expect(notWatched(Array.from(types, ([, type = '']) => type))).toEqual([]);
  });
});

const feed = (...delivers: string[]) => ({ delivers, allowedSilence: 1, expectedOf: new Set<string>() });
const REGISTER: FeedRegister = new Map([
  ['published', feed(...PUBLISHED)],
  ['screens', feed('SegregationHealthScreenCompleted')],
  ['staff', feed('KeyWorkerAvailabilityChanged')],
  ['allocations', feed('KeyWorkerAllocated', 'KeyWorkerDeallocated')],
]);

describe('a feed that a prison does not declare', () => {
  const { alone, together, never } = feedGainsOf(['published'], REGISTER, rules);

  it('would make watchable what only it tells of, and nothing that takes another one too', () => {
    expect(alone.get('screens')).toEqual(['SEG-01', 'SEG-06']);
    expect(alone.get('allocations')).toEqual(['KW-03', 'KW-04', 'KW-09', 'KW-10']);
    expect(together).toEqual(['KW-05']);
    expect(alone.has('staff')).toBe(false);
  });

  it('leaves out only what no feed that is known of tells of', () => {
    const notWatched = [...notWatchedWith(['published'], REGISTER, rules).keys()];
    expect([...new Set([...alone.values()].flat()), ...together, ...never].sort()).toEqual(notWatched.sort());
    expect(never).toContain('FAM-02');
  });

  it('would do nothing for a prison that declares none: it is told everything', () => {
    expect(feedGainsOf(undefined, REGISTER, rules)).toEqual({ alone: new Map(), together: [], never: [] });
  });
});

describe('what is not told', () => {
  it('is said in the words that staff use', () => {
    expect(sayNotTold(['SegregationReviewHeld', 'SegregationEnded'])).toBe(
      'nobody tells us of segregation reviews or ends of segregation',
    );
  });

  it.each([...CATALOGUE.values()].filter(({ subject }) => subject !== 'feed').map(({ type }) => type))(
    'has words for every event that a feed can deliver: %s',
    (type) => {
      const asWritten = type.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`).trim();
      expect(sayType(type)).not.toBe(`${asWritten}s`);
    },
  );
});
