import { describe, expect, it } from '@jest/globals';
import {
  acknowledge,
  at,
  event,
  firstEvent,
  given,
  levelIs,
  levelIsNone,
  movedTo,
  repeated,
  resolve,
} from '../../../test/safety-alerts/given.js';

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

describe('a further ask', () => {
  const acknowledged = [levelIs('HIGH', 1), acknowledge(2)];

  it('puts an acknowledged alert back to open', () => {
    given(...acknowledged)
      .when(repeated(3, 'self-harm-2'))
      .then(event('SafetyAlertRepeated', { evidence: ['self-harm-2'] }));
    expect(given(...acknowledged, repeated(3, 'self-harm-2')).theAlert().state).toBe('open');
  });

  it('keeps what was said of it', () => {
    given(levelIs('HIGH', 1))
      .when(repeated(3, 'self-harm-2'))
      .then(event('SafetyAlertRepeated', { reason: 'Another event waits for an answer.' }));
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

  it('takes along what is acknowledged, and nothing that has closed by itself', () => {
    given(levelIs('LOW', 1), acknowledge(2)).when(movedTo('XYM', 3)).then(event('SafetyAlertMoved'));
    given(levelIs('LOW', 1), levelIsNone(2)).when(movedTo('XYM', 3)).then();
  });

  it('is not moved back by a move made before', () => {
    given(levelIs('LOW', 1), movedTo('XYM', 2), movedTo('XYO', 3)).when(movedTo('XYM', 2)).then();
  });
});
