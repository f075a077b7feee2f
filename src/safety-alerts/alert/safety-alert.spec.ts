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
  reminded,
  reopen,
  resolve,
  snooze,
} from '../../../test/safety-alerts/given.js';
import type { PersonCommand } from './safety-alert-commands.js';

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
      asks: new Set(['session-1']),
    });
  });

  it('by hand is quiet up to the severity that it had, whatever had been done with it', () => {
    const alert = given(levelIs('LOW', 1), levelIs('HIGH', 2), acknowledge(3), resolve(4)).theAlert();
    expect(alert).toMatchObject({
      byHand: { by: 'ASMITH_GEN', reasonCode: 'NOT_APPLICABLE', at: at(4), stillTrue: { severity: 'HIGH' } },
    });
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

  it('counts from the first who has it, so two who take turns cannot keep it from everybody', () => {
    const turns = [acknowledge(3, 'BJONES_GEN'), acknowledge(3, 'ASMITH_GEN'), acknowledge(3, 'BJONES_GEN')];
    given(...critical, ...turns)
      .when(reminded(4))
      .then(event('SafetyAlertAcknowledgementLapsed', { at: at(4) }));
    given(...critical, note('spoke to the wing', 3), acknowledge(3, 'BJONES_GEN'), note('again', 4))
      .when(reminded(9))
      .then(event('SafetyAlertAcknowledgementLapsed', { at: at(6) }));
  });

  it('is recorded once of each who has it', () => {
    given(...critical)
      .when(acknowledge(3, 'BJONES_GEN'))
      .then(event('SafetyAlertAcknowledged', { by: 'BJONES_GEN' }));
    given(...critical, acknowledge(3, 'BJONES_GEN'))
      .when(acknowledge(3, 'BJONES_GEN'))
      .then();
    given(...critical, acknowledge(3, 'BJONES_GEN'))
      .when(acknowledge(3, 'ASMITH_GEN'))
      .then();
  });

  it('that lapsed before somebody else had it too leaves the alert with them, however late that is decided', () => {
    const both = [...critical, acknowledge(5, 'BJONES_GEN')];
    given(...both)
      .when(reminded(6))
      .then(
        event('SafetyAlertAcknowledgementLapsed', { at: at(4) }),
        event('SafetyAlertAcknowledged', { by: 'BJONES_GEN', at: at(5) }),
      );
    given(...both, reminded(6))
      .when(reminded(7))
      .then(event('SafetyAlertAcknowledgementLapsed', { at: at(7) }));
  });

  it('that lapses ends a snooze, so that the same snooze can be asked for again', () => {
    const snoozed = [levelIs('HIGH', 1), acknowledge(2), snooze(2, at(70))];
    const lapsed = given(...snoozed, reminded(60));
    expect(lapsed.theAlert()).toMatchObject({ acknowledgement: undefined, snooze: undefined });
    lapsed.when(snooze(61, at(70))).then(event('SafetyAlertSnoozed', { until: at(70) }));
  });

  it('does not lapse once the alert is closed', () => {
    given(...critical, levelIsNone(3))
      .when(reminded(9))
      .then();
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
