import { describe, expect, it } from '@jest/globals';
import { join } from 'node:path';
import type { Occurrence } from '../kernel/occurrence.js';
import { namedEvents } from './named-events.js';
import { rulesIn } from './rule-folder.js';

const named = namedEvents(rulesIn(join(import.meta.dirname, '../../config/rules')).map(({ rule }) => rule));
const isNamed = (rule: string, type: string, data: object = {}): boolean =>
  named(rule, { type, data } as unknown as Occurrence);

describe('the events that a rule names', () => {
  it.each([
    ['ACCT-01', 'AcctImmediateActionPlanCompleted'],
    ['SEG-02', 'AcctCaseReviewHeld'],
    ['SEG-02', 'AcctSegregationDecisionRecorded'],
    ['VUL-01', 'SelfHarmReported'],
    ['ACCT-01', 'KeyWorkerSessionHeld'],
    ['GONE-01', 'KeyWorkerSessionHeld'],
  ])('are, of %s, %s', (rule, type) => {
    expect(isNamed(rule, type)).toBe(true);
  });

  it.each([
    ['SEG-02', 'CellMoved'],
    ['ACCT-01', 'AcctOpened'],
    ['ACCT-01', 'PrisonerReceived'],
    ['ACCT-01', 'ChaplaincyContactHeld'],
    ['GONE-01', 'AcctOpened'],
  ])('are not, of %s, %s: it only begins or ends a state, or has nothing to do with it', (rule, type) => {
    expect(isNamed(rule, type)).toBe(false);
  });

  it('are those that say what the rule asks for', () => {
    expect(isNamed('FAM-01', 'FamilyContactChanged', { change: 'CONTACT_ENDED' })).toBe(true);
    expect(isNamed('FAM-01', 'FamilyContactChanged', { change: 'CONTACT_RESTORED' })).toBe(false);
  });
});
