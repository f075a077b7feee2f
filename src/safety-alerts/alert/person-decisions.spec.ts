import { describe, expect, it } from '@jest/globals';
import {
  acknowledge,
  assign,
  at,
  event,
  firstEvent,
  given,
  levelIs,
  levelIsNone,
  note,
  repeated,
  resolve,
  snooze,
} from '../../../test/safety-alerts/given.js';
import type { PersonCommand, SafetyAlertCommand } from './safety-alert-commands.js';

describe('closing by hand what is severe', () => {
  const bare = { note: undefined, confirmStillTrue: undefined };

  it.each(['HIGH', 'CRITICAL'] as const)('asks again, and for a note, where it is %s', (severity) => {
    const open = given(levelIs(severity, 1));
    open.when({ ...resolve(2), ...bare } as PersonCommand).thenRefused('STILL_TRUE');
    open.when({ ...resolve(2), confirmStillTrue: false } as PersonCommand).thenRefused('STILL_TRUE');
    open.when({ ...resolve(2), note: undefined } as PersonCommand).thenRefused('INVALID_ACTION');
    open.when(resolve(2)).then(event('SafetyAlertResolvedByHand'));
  });

  it.each(['LOW', 'MEDIUM'] as const)('asks nothing where it is %s', (severity) => {
    given(levelIs(severity, 1))
      .when({ ...resolve(2), ...bare } as PersonCommand)
      .then(event('SafetyAlertResolvedByHand'));
  });
});

describe('people working an open alert', () => {
  const open = levelIs('MEDIUM', 1);

  it('acknowledge it once each', () => {
    given(open)
      .when(acknowledge(2))
      .then(event('SafetyAlertAcknowledged', { by: 'ASMITH_GEN', at: at(2) }));
    given(open, acknowledge(2)).when(acknowledge(3)).then();
    given(open, acknowledge(2)).when(acknowledge(3, 'BJONES_GEN')).then(event('SafetyAlertAcknowledged'));
  });

  it('assign it to somebody or to nobody', () => {
    given(open)
      .when(assign('BJONES_GEN'))
      .then(event('SafetyAlertAssigned', { to: 'BJONES_GEN' }));
    given(open, assign('BJONES_GEN')).when(assign('BJONES_GEN')).then();
    given(open, assign('BJONES_GEN'))
      .when(assign(null))
      .then(event('SafetyAlertAssigned', { to: null }));
  });

  it('note what they learn, the same words once', () => {
    given(open, note('seen')).when(note('seen')).then();
    given(open, note('seen')).when(note('seen again')).then(event('SafetyAlertNoted'));
  });

  it.each([at(9), null])('cannot snooze it until %s while it is critical', (until) => {
    given(levelIs('CRITICAL', 1)).when(snooze(2, until)).thenRefused('CRITICAL_MAY_NOT_REST');
    given(levelIs('HIGH', 1, 1, 'VUL-01'), snooze(2, until))
      .when(levelIs('CRITICAL', 3, 3, 'VUL-01'))
      .then(event('SafetyAlertEscalated'));
  });

  it.each([
    ['LOW', 28 * 24],
    ['MEDIUM', 7 * 24],
    ['HIGH', 72],
  ] as const)('snooze it for so long at most while it is %s: %i hours', (severity, hours) => {
    const raised = given(levelIs(severity, 1, 1, 'VUL-02'));
    raised.when(snooze(2, at(2 + hours))).then(event('SafetyAlertSnoozed', { until: at(2 + hours) }));
    raised.when(snooze(2, at(3 + hours))).thenRefused('INVALID_ACTION');
    raised.when(snooze(2, null)).then(event('SafetyAlertSnoozed', { until: at(2 + hours), untilWorse: true }));
  });

  it('snooze it until it gets worse only where it can', () => {
    given(levelIs('HIGH', 1)).when(snooze(2, null)).thenRefused('INVALID_ACTION');
  });

  it('snooze it again once a snooze has ended', () => {
    const asleep = [levelIs('MEDIUM', 1), snooze(2, null)];
    given(...asleep)
      .when(snooze(3, null))
      .then();
    given(...asleep)
      .when(snooze(2 + 7 * 24, null))
      .then(event('SafetyAlertSnoozed'));
  });

  it('snooze it until an instant to come', () => {
    given(open)
      .when(snooze(2, at(9)))
      .then(event('SafetyAlertSnoozed', { until: at(9), reasonCode: 'SESSION_PLANNED' }));
    given(open, snooze(2, at(9)))
      .when(snooze(3, at(9)))
      .then();
    given(open)
      .when(snooze(2, at(2)))
      .thenRefused('INVALID_ACTION');
  });

  it.each([
    ['an escalation', levelIs('HIGH', 3)],
    ['a further ask', repeated(3, 'self-harm-2')],
  ])('have a snooze ended by %s', (_what, command) => {
    expect(given(open, snooze(2, null)).theAlert()).toHaveProperty('snooze.untilWorse', true);
    expect(given(open, snooze(2, null), command).theAlert()).toHaveProperty('snooze', undefined);
  });

  it('resolve it once', () => {
    given(open, resolve(2)).when(resolve(3)).then();
  });

  it('are refused what concerns an earlier episode', () => {
    const raisedAnew = [open, levelIsNone(2), levelIs('MEDIUM', 3)];
    given(...raisedAnew)
      .when(acknowledge(4))
      .thenRefused('ALERT_NOT_OPEN');
    given(...raisedAnew)
      .when(note('late', 5, 1))
      .thenRefused('ALERT_NOT_OPEN');
  });

  it.each<[string, SafetyAlertCommand]>([
    ['acknowledge', acknowledge(1)],
    ['add a note to', note('seen', 0)],
    ['assign', assign('BJONES_GEN')],
    ['snooze', snooze(1, null)],
    ['resolve', resolve(1)],
  ])('are refused what was never raised, and told that they cannot %s it', (verb, command) => {
    given().when(command).thenRefused('ALERT_NOT_OPEN');
    expect(() => firstEvent(given(), command)).toThrow(`Cannot ${verb} this safety alert`);
  });

  it('are told which instant they cannot snooze it until', () => {
    expect(() => firstEvent(given(open), snooze(2, at(1)))).toThrow(
      expect.objectContaining({
        errors: [{ field: 'until', value: at(1), message: `must lie after now, ${at(2)}` }],
      }),
    );
  });

  it('acknowledge it and leave it assigned and snoozed as it was', () => {
    const alert = given(open, assign('BJONES_GEN'), snooze(2, at(9)), acknowledge(3)).theAlert();
    expect(alert).toMatchObject({
      state: 'open',
      acknowledgement: { by: 'ASMITH_GEN', at: at(3) },
      assignedTo: 'BJONES_GEN',
      snooze: { until: at(9), reasonCode: 'SESSION_PLANNED' },
      severity: 'MEDIUM',
    });
  });

  it('change a snooze by its instant and by its reason', () => {
    const snoozed = given(open, snooze(2, at(9)));
    snoozed.when(snooze(3, at(10))).then(event('SafetyAlertSnoozed', { until: at(10) }));
    const seen = { ...snooze(3, at(9)), reasonCode: 'SEEN_TODAY' } as SafetyAlertCommand;
    snoozed.when(seen).then(event('SafetyAlertSnoozed', { reasonCode: 'SEEN_TODAY' }));
  });

  it('note the same words each, and once more where somebody else has noted in between', () => {
    const colleague = { ...note('seen'), by: 'BJONES_GEN' } as SafetyAlertCommand;
    given(open, note('seen'))
      .when(colleague)
      .then(event('SafetyAlertNoted', { by: 'BJONES_GEN' }));
    given(open, note('seen'), colleague).when(note('seen')).then(event('SafetyAlertNoted'));
  });

  it('resolve again what was raised anew, also with the same words', () => {
    given(open, resolve(2), levelIs('HIGH', 3))
      .when({ ...resolve(4), episode: 2 })
      .then(event('SafetyAlertResolvedByHand', { episode: 2 }));
    given(open, resolve(2))
      .when({ ...resolve(3), reasonCode: 'DUPLICATE' } as SafetyAlertCommand)
      .thenRefused('ALERT_NOT_OPEN');
  });
});
