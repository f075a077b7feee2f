import { expect } from '@jest/globals';
import type {
  Move,
  PersonCommand,
  Repeat,
  SafetyAlertCommand,
  SetLevel,
} from '../../src/safety-alerts/alert/safety-alert-commands.js';
import type {
  EventData,
  SafetyAlertEvent,
  SafetyAlertEventType,
} from '../../src/safety-alerts/alert/safety-alert-events.js';
import type { SafetyAlert } from '../../src/safety-alerts/alert/safety-alert-state.js';
import { decide, evolve, initialState } from '../../src/safety-alerts/alert/safety-alert.js';
import type { Severity } from '../../src/prison/severity.js';

/** Stories are told in hours of one day: hour 3 is 03:00, decided on position 3 of the log. */
export const at = (hour: number): string => new Date(Date.UTC(2026, 10, 20, hour)).toISOString();
const moment = (hour: number, decidedOn = hour) => ({ at: at(hour), decidedOn: String(decidedOn) });

export const compare = (a: string, b: string): number => Number(a) - Number(b);

const about = { rule: 'KW-01', prisonNumber: 'A0019AA' } as const;
const grounds = { reason: 'No session in seven days.', why: {}, evidence: ['session-1'] };

export const levelIs = (level: Severity, hour: number, decidedOn = hour): SetLevel => ({
  type: 'SetLevel',
  level,
  ruleVersion: 1,
  prisonId: 'XYI',
  ...about,
  ...moment(hour, decidedOn),
  ...grounds,
});

export const levelIsNone = (hour: number, outcome: 'met' | 'left' = 'met', decidedOn = hour): SetLevel => ({
  ...levelIs('LOW', hour, decidedOn),
  level: 'none',
  outcome,
});

export const repeated = (hour: number, ...evidence: string[]): Repeat => ({
  type: 'Repeat',
  ...about,
  ...moment(hour),
  evidence,
});

export const movedTo = (prisonId: string, hour: number): Move => ({
  type: 'Move',
  ...about,
  ...moment(hour),
  prisonId,
});

export const person = (hour: number, by = 'ASMITH_GEN', episode = 1) => ({ by, episode, at: at(hour) });

export const acknowledge = (hour: number, by?: string): PersonCommand => ({ type: 'Acknowledge', ...person(hour, by) });

export const resolve = (hour: number, by?: string): PersonCommand => ({
  type: 'Resolve',
  ...person(hour, by),
  reasonCode: 'NOT_APPLICABLE',
});

/** What is expected of an event: its type, and the members that matter. */
export const event = <T extends SafetyAlertEventType>(type: T, data: Partial<EventData<T>> = {}) => ({ type, data });

export function carryOut(command: SafetyAlertCommand, alert: SafetyAlert): [SafetyAlert, readonly SafetyAlertEvent[]] {
  const events = decide(command, alert, compare);
  return [events.reduce(evolve, alert), events];
}

/** A story: what was commanded before, what is commanded now, what then happens. */
export function given(...before: SafetyAlertCommand[]) {
  const alert = before.reduce((state, command) => carryOut(command, state)[0], initialState);
  return {
    when: (command: SafetyAlertCommand) => ({
      then: (...expected: { type: SafetyAlertEventType; data: object }[]) => {
        const events = decide(command, alert, compare);
        expect(events.map(({ type }) => type)).toEqual(expected.map(({ type }) => type));
        expect(events).toMatchObject(expected);
      },
      thenRefused: (code: string) => {
        expect(() => decide(command, alert, compare)).toThrow(expect.objectContaining({ code }));
      },
    }),
    theAlert: () => alert,
  };
}
