import { describe, expect, it } from '@jest/globals';
import {
  acknowledge,
  at,
  compare,
  event,
  given,
  levelIs,
  levelIsNone,
  movedTo,
  person,
  repeated,
  resolve,
} from '../../../test/safety-alerts/given.js';
import type { SafetyAlertCommand } from './safety-alert-commands.js';
import { decide } from './safety-alert.js';

const snooze = (hour: number, until: string | null): SafetyAlertCommand => ({
  type: 'Snooze',
  ...person(hour),
  until,
  reasonCode: 'SESSION_PLANNED',
});
const assign = (to: string | null): SafetyAlertCommand => ({ type: 'Assign', ...person(2), to });
const note = (text: string, episode = 1): SafetyAlertCommand => ({
  type: 'AddNote',
  ...person(5, 'ASMITH_GEN', episode),
  note: text,
});

/** The first event that a command leads to. */
const firstEvent = (story: ReturnType<typeof given>, command: SafetyAlertCommand) =>
  decide(command, story.theAlert(), compare)[0];

describe('a safety alert that the log calls for', () => {
  it('is raised with its grounds, at the instant decided', () => {
    given()
      .when(levelIs('MEDIUM', 1))
      .then(event('SafetyAlertRaised', { episode: 1, severity: 'MEDIUM', at: at(1), evidence: ['session-1'] }));
  });

  it('says nothing of an alert before it, where it is the first', () => {
    expect(firstEvent(given(), levelIs('LOW', 1))?.data).not.toHaveProperty('after');
  });

  it('is raised once', () => {
    given(levelIs('LOW', 1)).when(levelIs('LOW', 2)).then();
  });

  it('escalates to a higher step', () => {
    given(levelIs('LOW', 1))
      .when(levelIs('HIGH', 2))
      .then(event('SafetyAlertEscalated', { severity: 'HIGH' }));
  });

  it('never falls in severity', () => {
    given(levelIs('HIGH', 1)).when(levelIs('LOW', 2)).then();
  });

  it('is resolved when the log no longer calls for it', () => {
    given(levelIs('LOW', 1))
      .when(levelIsNone(2))
      .then(event('SafetyAlertResolved', { outcome: 'met', at: at(2) }));
  });

  it('expires when the person has left', () => {
    given(levelIs('LOW', 1))
      .when(levelIsNone(2, 'left'))
      .then(event('SafetyAlertExpired', { outcome: 'left' }));
  });

  it('is raised anew after it closed, linked to the one before', () => {
    given(levelIs('LOW', 1), levelIsNone(2))
      .when(levelIs('LOW', 3))
      .then(event('SafetyAlertRaised', { episode: 2, after: 1 }));
  });

  it('does nothing where nothing is called for', () => {
    given().when(levelIsNone(1)).then();
  });
});

describe('a decision made before', () => {
  it('does not raise again what was closed since', () => {
    given(levelIs('LOW', 1), levelIsNone(2)).when(levelIs('LOW', 1)).then();
  });

  it('does not close what was raised since', () => {
    given(levelIs('LOW', 1), levelIsNone(2), levelIs('LOW', 3)).when(levelIsNone(2)).then();
  });

  it('is told from a later one of the same instant by its place in the log', () => {
    const oneInstant = [levelIs('LOW', 1, 10), levelIsNone(1, 'met', 11), levelIs('LOW', 1, 12)];
    given(...oneInstant)
      .when(levelIsNone(1, 'met', 11))
      .then();
    given(...oneInstant)
      .when(levelIsNone(1, 'met', 13))
      .then(event('SafetyAlertResolved'));
  });

  it('is told from another one at the very same place, so that a deadline at the instant of an event is not lost', () => {
    const answered = [levelIs('LOW', 1), levelIsNone(2)];
    given(...answered)
      .when(levelIs('HIGH', 2))
      .then(event('SafetyAlertRaised', { episode: 2 }));
    given(...answered, levelIs('HIGH', 2))
      .when(levelIsNone(2))
      .then();
  });
});

describe('a safety alert resolved by hand', () => {
  const resolved = [levelIs('MEDIUM', 1), resolve(2)];

  it('says who closed it and why', () => {
    given(levelIs('MEDIUM', 1))
      .when(resolve(2))
      .then(event('SafetyAlertResolvedByHand', { outcome: 'manual', by: 'ASMITH_GEN', reasonCode: 'NOT_APPLICABLE' }));
  });

  it('stays quiet while nothing gets worse', () => {
    given(...resolved)
      .when(levelIs('MEDIUM', 3))
      .then();
  });

  it('is raised again, linked, when a worse step is reached', () => {
    given(...resolved)
      .when(levelIs('HIGH', 3))
      .then(event('SafetyAlertRaised', { severity: 'HIGH', episode: 2, after: 1 }));
  });

  it('is raised again at the same step once the condition has been false', () => {
    given(...resolved)
      .when(levelIsNone(3))
      .then(event('SafetyAlertQuietEnded'));
    given(...resolved, levelIsNone(3))
      .when(levelIs('LOW', 4))
      .then(event('SafetyAlertRaised', { episode: 2 }));
    given(...resolved, levelIsNone(3))
      .when(levelIsNone(4))
      .then();
  });

  it('cannot be worked any more, but noted on', () => {
    given(...resolved)
      .when(acknowledge(3))
      .thenRefused('ALERT_NOT_OPEN');
    given(...resolved)
      .when(resolve(3, 'BJONES_GEN'))
      .thenRefused('ALERT_NOT_OPEN');
    given(...resolved)
      .when(note('seen at work'))
      .then(event('SafetyAlertNoted', { note: 'seen at work' }));
  });
});

describe('a safety alert that has closed', () => {
  it('forgets who worked it, and remembers what was decided, asked and noted', () => {
    const alert = given(levelIs('HIGH', 1), assign('BJONES_GEN'), note('seen'), levelIsNone(6)).theAlert();
    expect(alert).toEqual({
      state: 'closed',
      episode: 1,
      lastNote: { by: 'ASMITH_GEN', note: 'seen' },
      decided: { at: at(6), decidedOn: '6', levels: ['none'] },
      asked: new Set(['session-1']),
    });
  });

  it('by hand is quiet up to the severity that it had, whatever had been done with it', () => {
    const alert = given(levelIs('LOW', 1), levelIs('HIGH', 2), acknowledge(3), resolve(4)).theAlert();
    expect(alert).toMatchObject({ quietUpTo: 'HIGH', byHand: { by: 'ASMITH_GEN', reasonCode: 'NOT_APPLICABLE' } });
  });
});

describe('a further ask', () => {
  const acknowledged = [levelIs('HIGH', 1), acknowledge(2)];

  it('puts an acknowledged alert back to open', () => {
    given(...acknowledged)
      .when(repeated(3, 'self-harm-2'))
      .then(event('SafetyAlertRepeated', { evidence: ['self-harm-2'] }));
    expect(given(...acknowledged, repeated(3, 'self-harm-2')).theAlert().state).toBe('open');
  });

  it('can be acknowledged by the same person', () => {
    given(...acknowledged, repeated(3, 'self-harm-2'))
      .when(acknowledge(4))
      .then(event('SafetyAlertAcknowledged'));
  });

  it('counts once for each custody event, in every episode', () => {
    const twice = [...acknowledged, repeated(3, 'self-harm-2')];
    given(...twice)
      .when(repeated(3, 'self-harm-2'))
      .then();
    given(...twice, levelIsNone(4), levelIs('HIGH', 5))
      .when(repeated(5, 'self-harm-2'))
      .then();
  });

  it('asked before the alert was raised is none; asked at that very instant it counts', () => {
    given(levelIs('HIGH', 4)).when(repeated(3, 'self-harm-2')).then();
    given(levelIs('HIGH', 4)).when(repeated(4, 'self-harm-2')).then(event('SafetyAlertRepeated'));
  });

  it('names the custody events that are new, and no others', () => {
    given(levelIs('HIGH', 1), repeated(2, 'self-harm-2'))
      .when(repeated(3, 'session-1', 'self-harm-2', 'self-harm-3'))
      .then(event('SafetyAlertRepeated', { evidence: ['self-harm-3'] }));
  });

  it('raises anew what was closed by hand, as it should be by now, and nothing that the log itself has closed', () => {
    const anew = { ...repeated(4, 'self-harm-2'), anew: { ...levelIs('HIGH', 4), level: 'HIGH' as const } };
    given(levelIs('HIGH', 1), resolve(2))
      .when(anew)
      .then(event('SafetyAlertRaised', { episode: 2, after: 1, severity: 'HIGH', at: at(4) }));
    given(levelIs('HIGH', 1), resolve(2)).when(repeated(4, 'self-harm-2')).then();
    given(levelIs('HIGH', 1), levelIsNone(2)).when(anew).then();
    given(levelIs('HIGH', 1)).when(anew).then(event('SafetyAlertRepeated'));
  });
});

describe('a person who is moved to another prison', () => {
  it('takes the open alert along, once', () => {
    given(levelIs('LOW', 1))
      .when(movedTo('XYM', 2))
      .then(event('SafetyAlertMoved', { prisonId: 'XYM' }));
    given(levelIs('LOW', 1), movedTo('XYM', 2)).when(movedTo('XYM', 2)).then();
  });

  it('takes it along also where the move falls on the instant of the raise', () => {
    given(levelIs('LOW', 1))
      .when(movedTo('XYM', 1))
      .then(event('SafetyAlertMoved', { at: at(1), decidedOn: '1' }));
  });

  it('takes along what is acknowledged, and nothing that is closed', () => {
    given(levelIs('LOW', 1), acknowledge(2)).when(movedTo('XYM', 3)).then(event('SafetyAlertMoved'));
    given(levelIs('LOW', 1), resolve(2)).when(movedTo('XYM', 3)).then();
  });

  it('is not moved back by a move made before', () => {
    given(levelIs('LOW', 1), movedTo('XYM', 2), movedTo('XYO', 3)).when(movedTo('XYM', 2)).then();
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
    given(levelIs('HIGH', 1), snooze(2, until)).when(levelIs('CRITICAL', 3)).then(event('SafetyAlertEscalated'));
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
    expect(given(open, snooze(2, null)).theAlert()).toHaveProperty('snooze.until', null);
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
      .when(note('late', 1))
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
      state: 'acknowledged',
      acknowledgedBy: 'ASMITH_GEN',
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
