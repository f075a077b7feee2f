import { describe, expect, it } from '@jest/globals';
import { runTimelines } from '../../src/kernel/language/run-timelines.js';
import { configRules } from './config-rules.js';

describe('a story notices that a rule has changed', () => {
  it.each([
    ['KW-01.yml', 'at: P7D', 'at: P8D'],
    ['KW-07.yml', 'for: PT72H', 'for: PT71H'],
    ['KW-16.yml', 'by 10:00', 'by 11:00'],
    ['SEG-01.yml', 'pauses: true', 'pauses: false'],
    ['SUB-01.yml', 'sinceRaised: { event: referral }', 'sinceRaised: { event: session }'],
    ['ADJ-01.yml', ', distinctBy: chargeNumber', ''],
    ['INC-02.yml', ', when: no-session-in-7-days', ''],
    ['KW-10.yml', '  within: stay\n', ''],
    ['KW-10.yml', ', here: true', ''],
    ['SEG-02.yml', 'decision, within: segregated, sinceLast: SelfHarmReported', 'decision, within: segregated'],
    ['SEG-05.yml', 'otherThan: { field: chargeNumber, of: confined }', ''],
    ['ACCT-04.yml', ', atMost: P28D', ''],
    ['VUL-01.yml', '  elsewhere: P28D\n', ''],
    ['FAM-02.yml', 'within: custody', 'within: stay'],
    ['INC-01.yml', ', strictly: true', ''],
    ['SEG-02.yml', '- known-risk', '- stay'],
    ['VUL-02.yml', 'window: P14D', 'window: P5D'],
    ['VUL-02.yml', ', except: TRANSITION', ''],
  ])('%s with "%s" made "%s"', (changed, from, to) => {
    const { files: rules } = configRules((file, text) => (file === changed ? text.replace(from, to) : text));
    const failed = new Set(runTimelines(rules).map(({ rule }) => `${rule}.yml`));
    expect(failed).toContain(changed);
  });
});
