import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { anyCommand, anyLevels } from '../../../test/safety-alerts/any-commands.js';
import { acknowledge, at, carryOut, policy, reminded, resolve } from '../../../test/safety-alerts/given.js';
import { SafetyAlertError } from './errors.js';
import type { SafetyAlertCommand } from './safety-alert-commands.js';
import type { SafetyAlertEvent } from './safety-alert-events.js';
import type { SafetyAlert } from './safety-alert-state.js';
import { decide, initialState } from './safety-alert.js';
import { isWorse, type Severity } from '../../prison/severity.js';

/** Carries out what can be carried out; a refusal changes nothing. */
function play(
  commands: readonly SafetyAlertCommand[],
  from: SafetyAlert = initialState,
): [SafetyAlert, SafetyAlertEvent[]] {
  let alert = from;
  const happened: SafetyAlertEvent[] = [];
  for (const command of commands) {
    const [next, events] = attempt(command, alert);
    alert = next;
    happened.push(...events);
  }
  return [alert, happened];
}

function attempt(command: SafetyAlertCommand, alert: SafetyAlert): [SafetyAlert, readonly SafetyAlertEvent[]] {
  try {
    return carryOut(command, alert);
  } catch (error) {
    if (error instanceof SafetyAlertError) return [alert, []];
    throw error;
  }
}

const CLOSING = ['SafetyAlertResolved', 'SafetyAlertExpired', 'SafetyAlertResolvedByHand'];

const BACK_TO_TRIAGE = [
  'SafetyAlertRaised',
  'SafetyAlertEscalated',
  'SafetyAlertRepeated',
  'SafetyAlertAcknowledgementLapsed',
  'SafetyAlertReopened',
];

describe('whatever is commanded, in whatever order', () => {
  it('at most one episode is open, and none closes that is not', () => {
    fc.assert(
      fc.property(fc.array(anyCommand, { maxLength: 40 }), (commands) => {
        let open: number | undefined;
        let last = 0;
        for (const { type, data } of play(commands)[1]) {
          if (type === 'SafetyAlertRaised') {
            expect(open).toBeUndefined();
            expect(data.episode).toBe(last + 1);
            open = last = data.episode;
          } else expect(data.episode).toBe(last);
          if (type === 'SafetyAlertReopened') {
            expect(open).toBeUndefined();
            open = data.episode;
          }
          if (CLOSING.includes(type)) {
            expect(open).toBe(data.episode);
            open = undefined;
          }
        }
      }),
    );
  });

  it('severity never falls within an episode', () => {
    fc.assert(
      fc.property(fc.array(anyCommand, { maxLength: 40 }), (commands) => {
        let severity: Severity | undefined;
        for (const { type, data } of play(commands)[1]) {
          if (type === 'SafetyAlertRaised') severity = data.severity;
          if (type !== 'SafetyAlertEscalated') continue;
          expect(severity !== undefined && isWorse(data.severity, severity)).toBe(true);
          severity = data.severity;
        }
      }),
    );
  });

  it('nobody has what is to triage, and what somebody has lapses once at most', () => {
    fc.assert(
      fc.property(fc.array(anyCommand, { maxLength: 40 }), (commands) => {
        let acknowledged = false;
        for (const { type } of play(commands)[1]) {
          if (type === 'SafetyAlertAcknowledgementLapsed') expect(acknowledged).toBe(true);
          if (type === 'SafetyAlertAcknowledged') acknowledged = true;
          else if (BACK_TO_TRIAGE.includes(type)) acknowledged = false;
        }
      }),
    );
  });

  it('a command sent again at once changes nothing', () => {
    fc.assert(
      fc.property(fc.array(anyCommand, { maxLength: 20 }), anyCommand, (before, command) => {
        const [alert] = attempt(command, play(before)[0]);
        expect(attempt(command, alert)[1]).toEqual([]);
      }),
    );
  });
});

describe('what the watch decided before', () => {
  it('changes nothing when any part of it is decided again, whatever people did meanwhile', () => {
    const byPeople = fc.constantFrom<SafetyAlertCommand>(acknowledge(3), resolve(3), resolve(3, 'BJONES_GEN'));
    fc.assert(
      fc.property(
        anyLevels,
        fc.array(byPeople, { maxLength: 3 }),
        fc.nat(),
        fc.nat(),
        (levels, people, start, length) => {
          const [alert] = play([...levels, ...people]);
          const from = levels.length === 0 ? 0 : start % levels.length;
          for (const command of levels.slice(from, from + length)) {
            expect(decide(command, alert, policy)).toEqual([]);
          }
        },
      ),
    );
  });

  it('brings back what is due once, by whichever instance and however late', () => {
    fc.assert(
      fc.property(
        fc.array(anyCommand, { maxLength: 20 }),
        fc.array(fc.nat({ max: 400 }), { maxLength: 5 }),
        (commands, hours) => {
          const [alert] = play(commands);
          const [after, events] = play(
            hours.map((when) => reminded(when, 'KW-01')),
            alert,
          );
          expect(events.length).toBeLessThanOrEqual(1);
          const latest = Math.max(-1, ...hours);
          expect(play([reminded(latest, 'KW-01')], alert)[0]).toMatchObject({ state: after.state });
          for (const { data } of events) expect(data.at <= at(latest)).toBe(true);
        },
      ),
    );
  });

  it('ends with an open alert exactly where the last level calls for one', () => {
    fc.assert(
      fc.property(anyLevels, (levels) => {
        const open = play(levels)[0].state === 'open';
        expect(open).toBe(levels.length > 0 && levels.at(-1)?.level !== 'none');
      }),
    );
  });
});
