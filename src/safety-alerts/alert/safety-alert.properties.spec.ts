import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { anyCommand, anyLevels } from '../../../test/safety-alerts/any-commands.js';
import { acknowledge, carryOut, compare, resolve } from '../../../test/safety-alerts/given.js';
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

describe('whatever is commanded, in whatever order', () => {
  it('at most one episode is open, and each closes at most once', () => {
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
            expect(decide(command, alert, compare)).toEqual([]);
          }
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
