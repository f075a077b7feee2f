import { beforeEach, describe, expect, it } from '@jest/globals';
import { VirtualClock } from '../../../test/virtual-clock.js';
import { ALL_PRISONS } from '../../access/prisons.js';
import { AnswersOfNow } from './answers-of-now.js';
import { alertStreamOf } from '../alert/alert-ids.js';
import { AlertIndex } from './alert-index.js';

const NOW = Date.parse('2026-11-22T09:00:00Z');

let clock: VirtualClock;
let alerts: AlertIndex;
let answers: AnswersOfNow;
let worked: number;

beforeEach(() => {
  clock = new VirtualClock(NOW);
  alerts = new AlertIndex('', (a, b) => Number(a) - Number(b));
  answers = new AnswersOfNow(alerts, clock);
  worked = 0;
});

const ask = (question: object = { list: 1 }, prisons = ALL_PRISONS): number =>
  answers.to(question, prisons, () => (worked += 1));

const raise = (): void => {
  const at = new Date(NOW).toISOString();
  alerts.apply({
    id: 'e1',
    stream: alertStreamOf('KW-01', 'A1234BC'),
    type: 'SafetyAlertRaised',
    revision: 0,
    position: '1',
    metadata: { recordedAt: at },
    data: {
      episode: 1,
      at,
      decidedOn: '1',
      severity: 'LOW',
      rule: 'KW-01',
      ruleVersion: 1,
      prisonNumber: 'A1234BC',
      prisonId: 'XYI',
      reason: 'No session.',
      why: {},
      evidence: [],
    },
  });
};

describe('an answer about safety alerts', () => {
  it('is worked out once for all who ask within five seconds', () => {
    expect([ask(), ask()]).toEqual([1, 1]);
    clock.pass(4_999);
    expect(ask()).toBe(1);
    clock.pass(1);
    expect(ask()).toBe(2);
  });

  it('is worked out anew as soon as an alert has changed', () => {
    ask();
    raise();
    expect(ask()).toBe(2);
  });

  it('is nobody else’s: other questions and other prisons have their own', () => {
    expect(ask({ list: 1 })).toBe(1);
    expect(ask({ list: 2 })).toBe(2);
    expect(ask({ list: 1 }, new Set(['XYI']))).toBe(3);
    expect(ask({ list: 1 }, new Set(['XYM']))).toBe(4);
    expect(ask({ list: 1 }, new Set(['XYI', 'XYM']))).toBe(5);
    expect(ask({ list: 1 }, new Set(['XYM', 'XYI']))).toBe(5);
    expect(ask({ list: 1 })).toBe(1);
  });

  it('is worked out anew where the clock was set back', () => {
    ask();
    clock.pass(-60_000);
    expect(ask()).toBe(2);
  });
});
