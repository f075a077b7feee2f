import { expect } from '@jest/globals';
import type {
  Move,
  PersonCommand,
  Remind,
  Repeat,
  SafetyAlertCommand,
  SetLevel,
} from '../../src/safety-alerts/alert/safety-alert-commands.js';
import type {
  EventData,
  SafetyAlertEvent,
  SafetyAlertEventType,
} from '../../src/safety-alerts/alert/safety-alert-events.js';
import type { Policy, SafetyAlert } from '../../src/safety-alerts/alert/safety-alert-state.js';
import { Lapses } from '../../src/safety-alerts/alert/terms.js';
import { decide, evolve, initialState } from '../../src/safety-alerts/alert/safety-alert.js';
import type { Severity } from '../../src/prison/severity.js';

/** Stories are told in hours from one midnight on: hour 3 is 03:00, decided on position 3 of the log. */
export const at = (hour: number): string => new Date(Date.UTC(2026, 10, 20, hour)).toISOString();
const moment = (hour: number, decidedOn = hour) => ({ at: at(hour), decidedOn: String(decidedOn) });

/** What decisions go by: KW-01 can become HIGH, everything else CRITICAL. */
export const policy: Policy = {
  compare: (a, b) => Number(a) - Number(b),
  lapses: new Lapses(),
  worstStepOf: (rule) => (rule === 'KW-01' ? 'HIGH' : 'CRITICAL'),
};
export const { compare } = policy;

const about = { rule: 'KW-01', prisonNumber: 'A0019AA' } as const;
const grounds = { reason: 'No session in seven days.', why: {}, evidence: ['session-1'] };

export const levelIs = (level: Severity, hour: number, decidedOn = hour, rule: string = about.rule): SetLevel => ({
  type: 'SetLevel',
  level,
  ruleVersion: 1,
  prisonId: 'XYI',
  ...about,
  rule,
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
  reason: 'Another event waits for an answer.',
  evidence,
});

export const movedTo = (prisonId: string, hour: number): Move => ({
  type: 'Move',
  ...about,
  ...moment(hour),
  prisonId,
});

/** Log time has come to this hour; sessions became known at those. */
export const reminded = (hour: number, rule: string = about.rule, ...sessions: number[]): Remind => ({
  type: 'Remind',
  ...about,
  rule,
  ...moment(hour),
  recordings: sessions.map(at),
});

const person = (hour: number, by = 'ASMITH_GEN', episode = 1) => ({ by, episode, at: at(hour) });

export const acknowledge = (hour: number, by?: string): PersonCommand => ({ type: 'Acknowledge', ...person(hour, by) });

export const resolve = (hour: number, by?: string): PersonCommand => ({
  type: 'Resolve',
  ...person(hour, by),
  reasonCode: 'NOT_APPLICABLE',
  note: 'spoke to the wing',
  confirmStillTrue: true,
});

export const reopen = (hour: number, by?: string): PersonCommand => ({ type: 'Reopen', ...person(hour, by) });

export const snooze = (hour: number, until: string | null): PersonCommand => ({
  type: 'Snooze',
  ...person(hour),
  until,
  reasonCode: 'SESSION_PLANNED',
});

export const assign = (to: string | null, hour = 2): PersonCommand => ({ type: 'Assign', ...person(hour), to });

export const note = (text: string, hour = 5, episode = 1): PersonCommand => ({
  type: 'AddNote',
  ...person(hour, 'ASMITH_GEN', episode),
  note: text,
});

/** What is expected of an event: its type, and the members that matter. */
export const event = <T extends SafetyAlertEventType>(type: T, data: Partial<EventData<T>> = {}) => ({ type, data });

export function carryOut(command: SafetyAlertCommand, alert: SafetyAlert): [SafetyAlert, readonly SafetyAlertEvent[]] {
  const events = decide(command, alert, policy);
  return [events.reduce(evolve, alert), events];
}

/** A story: what was commanded before, what is commanded now, what then happens. */
export function given(...before: SafetyAlertCommand[]) {
  const alert = before.reduce((state, command) => carryOut(command, state)[0], initialState);
  return {
    when: (command: SafetyAlertCommand) => ({
      then: (...expected: { type: SafetyAlertEventType; data: object }[]) => {
        const events = decide(command, alert, policy);
        expect(events.map(({ type }) => type)).toEqual(expected.map(({ type }) => type));
        expect(events).toMatchObject(expected);
      },
      thenRefused: (code: string) => {
        expect(() => decide(command, alert, policy)).toThrow(expect.objectContaining({ code }));
      },
    }),
    theAlert: () => alert,
  };
}

/** The first event that a command leads to, at the end of a story. */
export const firstEvent = (story: ReturnType<typeof given>, command: SafetyAlertCommand) =>
  decide(command, story.theAlert(), policy)[0];
