import fc from 'fast-check';
import type { SafetyAlertCommand, SetLevel } from '../../src/safety-alerts/alert/safety-alert-commands.js';
import { SEVERITIES } from '../../src/prison/severity.js';
import {
  acknowledge,
  assign,
  at,
  levelIs,
  levelIsNone,
  movedTo,
  note,
  reminded,
  reopen,
  repeated,
  resolve,
  snooze,
} from './given.js';

const anyLevel = fc.constantFrom(...SEVERITIES, 'none' as const);

/** What a watch says of one rule and person: in log order, several decisions at one instant included. */
export const anyLevels: fc.Arbitrary<SetLevel[]> = fc
  .array(fc.record({ level: anyLevel, later: fc.nat({ max: 2 }) }), { maxLength: 12 })
  .map((steps) => {
    let hour = 0;
    return steps.map(({ level, later }, position) => {
      hour += later;
      return level === 'none' ? levelIsNone(hour, 'met', position) : levelIs(level, hour, position);
    });
  });

const hour = fc.nat({ max: 23 });
const staff = fc.constantFrom('ASMITH_GEN', 'BJONES_GEN');

/** What anybody may do at any time. */
export const anyCommand: fc.Arbitrary<SafetyAlertCommand> = fc.oneof(
  fc.tuple(fc.constantFrom(...SEVERITIES), hour).map(([level, when]) => levelIs(level, when)),
  hour.map((when) => levelIsNone(when)),
  fc.tuple(hour, fc.constantFrom('ask-1', 'ask-2')).map(([when, ask]) => repeated(when, ask)),
  fc.tuple(hour, fc.constantFrom('XYI', 'XYM')).map(([when, prison]) => movedTo(prison, when)),
  fc.tuple(hour, staff).map(([when, by]) => acknowledge(when, by)),
  fc.tuple(hour, staff).map(([when, by]) => resolve(when, by)),
  fc.tuple(hour, staff).map(([when, by]) => reopen(when, by)),
  fc.tuple(hour, fc.constantFrom('seen', 'spoken to')).map(([when, text]) => note(text, when)),
  fc.tuple(hour, fc.constantFrom('BJONES_GEN', null)).map(([when, to]) => assign(to, when)),
  fc.tuple(hour, hour).map(([when, days]) => snooze(when, at(when + 24 * days + 1))),
  fc.tuple(fc.nat({ max: 300 }), hour).map(([when, session]) => reminded(when, 'KW-01', session)),
);
