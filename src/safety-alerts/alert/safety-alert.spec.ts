import { describe, expect, it } from '@jest/globals';
import {
  acknowledge,
  assign,
  at,
  event,
  given,
  levelIs,
  levelIsNone,
  movedTo,
  note,
  policy,
  reminded,
  reopen,
  repeated,
  resolve,
  snooze,
} from '../../../test/safety-alerts/given.js';
import type { PersonCommand, SafetyAlertCommand } from './safety-alert-commands.js';
import { decide } from './safety-alert.js';

/** The first event that a command leads to. */
const firstEvent = (story: ReturnType<typeof given>, command: SafetyAlertCommand) =>
  decide(command, story.theAlert(), policy)[0];

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

describe('a decision on a later moment', () => {
  it('raises anew at a level that was reached and left at one moment before', () => {
    given(levelIs('LOW', 1), levelIsNone(1))
      .when(levelIs('LOW', 2))
      .then(event('SafetyAlertRaised', { episode: 2, at: at(2) }));
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
    expect(alert).toMatchObject({
      byHand: { by: 'ASMITH_GEN', reasonCode: 'NOT_APPLICABLE', at: at(4), stillTrue: { severity: 'HIGH' } },
    });
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

describe('an acknowledgement', () => {
  const critical = [levelIs('CRITICAL', 1), acknowledge(2)];

  it('makes the one who acknowledges the owner, where nobody is', () => {
    given(levelIs('LOW', 1))
      .when(acknowledge(2))
      .then(event('SafetyAlertAcknowledged', { owner: 'ASMITH_GEN' }));
    expect(given(levelIs('LOW', 1), assign('BJONES_GEN'), acknowledge(2)).theAlert()).toMatchObject({
      assignedTo: 'BJONES_GEN',
      acknowledgement: { by: 'ASMITH_GEN' },
    });
  });

  it('is over once the alert gets worse', () => {
    const worse = [levelIs('MEDIUM', 1), acknowledge(2), levelIs('HIGH', 3)];
    expect(given(...worse).theAlert()).toMatchObject({ state: 'open', acknowledgement: undefined });
    given(...worse)
      .when(acknowledge(4))
      .then(event('SafetyAlertAcknowledged', { by: 'ASMITH_GEN' }));
  });

  it('lapses at its instant, however late that is decided, and once', () => {
    const lapsed = event('SafetyAlertAcknowledgementLapsed', { episode: 1, at: at(4), decidedOn: '9' });
    given(...critical)
      .when(reminded(9))
      .then(lapsed);
    given(...critical, reminded(9))
      .when(reminded(9))
      .then();
    given(...critical, reminded(9))
      .when(reminded(30))
      .then();
  });

  it('does not lapse before', () => {
    given(...critical)
      .when({ ...reminded(4), at: new Date(Date.parse(at(4)) - 1).toISOString() })
      .then();
  });

  it('holds anew from what was recorded in time', () => {
    given(...critical)
      .when(reminded(4, 'KW-01', 3))
      .then();
    given(...critical)
      .when(reminded(5, 'KW-01', 3))
      .then(event('SafetyAlertAcknowledgementLapsed', { at: at(5) }));
    given(...critical)
      .when(reminded(9, 'KW-01', 5))
      .then(event('SafetyAlertAcknowledgementLapsed', { at: at(4) }));
  });

  it.each<[string, PersonCommand]>([
    ['a note', note('spoke to the wing', 3)],
    ['an assignment', assign('BJONES_GEN', 3)],
  ])('is put off once by %s, and never twice', (_what, command) => {
    const putOff = [...critical, command];
    given(...putOff)
      .when(reminded(5))
      .then();
    given(...putOff)
      .when(reminded(6))
      .then(event('SafetyAlertAcknowledgementLapsed', { at: at(6) }));
    given(...putOff, note('again', 4), note('and again', 5))
      .when(reminded(6))
      .then(event('SafetyAlertAcknowledgementLapsed', { at: at(6) }));
  });

  it('is not saved by a note that comes too late', () => {
    given(...critical, note('I forgot', 5))
      .when(reminded(6))
      .then(event('SafetyAlertAcknowledgementLapsed', { at: at(4) }));
  });

  it('counts from the last who has it', () => {
    given(...critical, acknowledge(3, 'BJONES_GEN'))
      .when(reminded(4))
      .then();
  });

  it('does not lapse once the alert is closed', () => {
    given(...critical, levelIsNone(3))
      .when(reminded(9))
      .then();
  });
});

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

describe('a safety alert that was closed by hand and is still true', () => {
  const closed = [levelIs('HIGH', 1, 1, 'VUL-02'), resolve(2)];

  it('can be reopened, as the same alert at the same severity', () => {
    given(...closed)
      .when(reopen(3))
      .then(event('SafetyAlertReopened', { episode: 1, by: 'ASMITH_GEN', at: at(3) }));
    expect(given(...closed, reopen(3)).theAlert()).toMatchObject({ state: 'open', episode: 1, severity: 'HIGH' });
    given(...closed, reopen(3))
      .when(reopen(4))
      .then();
    given(...closed, reopen(3))
      .when(levelIsNone(4))
      .then(event('SafetyAlertResolved', { episode: 1 }));
  });

  it('comes back to nobody, with the owner that it had', () => {
    const owned = [levelIs('HIGH', 1), acknowledge(2), resolve(3), reopen(4)];
    expect(given(...owned).theAlert()).toMatchObject({ acknowledgement: undefined, assignedTo: 'ASMITH_GEN' });
  });

  it('cannot be reopened once it is no longer true, or a newer alert is about it', () => {
    given(...closed, levelIsNone(3))
      .when(reopen(4))
      .thenRefused('NOT_STILL_TRUE');
    given(...closed, levelIs('CRITICAL', 3, 3, 'VUL-02'))
      .when(reopen(4))
      .thenRefused('NOT_STILL_TRUE');
    given(levelIs('HIGH', 1), levelIsNone(2)).when(reopen(3)).thenRefused('NOT_STILL_TRUE');
    given().when(reopen(3)).thenRefused('NOT_STILL_TRUE');
  });

  it.each(['VUL-02', 'ACCT-01', 'SEG-05'])('comes back by itself after 24 hours where it is of %s, once', (rule) => {
    const byHand = [levelIs('HIGH', 1, 1, rule), resolve(2)];
    given(...byHand)
      .when(reminded(25, rule))
      .then();
    given(...byHand)
      .when(reminded(40, rule))
      .then(event('SafetyAlertReopened', { episode: 1, at: at(26) }));
    given(...byHand, reminded(40, rule))
      .when(reminded(40, rule))
      .then();
  });

  it.each<[string, PersonCommand | ReturnType<typeof levelIs>]>([
    ['of another rule', levelIs('HIGH', 1)],
    ['mild', levelIs('MEDIUM', 1, 1, 'VUL-02')],
  ])('stays closed where it is %s', (_what, raised) => {
    given(raised, resolve(2)).when(reminded(99, 'VUL-02')).then();
  });

  it('does not come back once it has been false', () => {
    given(...closed, levelIsNone(3))
      .when(reminded(40, 'VUL-02'))
      .then();
  });

  it('follows the person to another prison', () => {
    given(...closed)
      .when({ ...movedTo('XYM', 3), rule: 'VUL-02' })
      .then(event('SafetyAlertMoved', { prisonId: 'XYM' }));
    expect(given(...closed, movedTo('XYM', 3), reopen(4)).theAlert()).toMatchObject({ prisonId: 'XYM' });
    given(...closed, levelIsNone(3))
      .when(movedTo('XYM', 4))
      .then();
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

  it('takes along what is acknowledged, and nothing that has closed by itself', () => {
    given(levelIs('LOW', 1), acknowledge(2)).when(movedTo('XYM', 3)).then(event('SafetyAlertMoved'));
    given(levelIs('LOW', 1), levelIsNone(2)).when(movedTo('XYM', 3)).then();
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
