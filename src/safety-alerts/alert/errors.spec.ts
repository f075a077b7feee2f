import { describe, expect, it } from '@jest/globals';
import {
  AlertChanged,
  AlertNotOpen,
  CriticalMayNotSnooze,
  InvalidAction,
  NoSuchAlert,
  TooManyStreams,
  UnknownAlertEvent,
} from './errors.js';

const change = { at: '2026-11-20T02:00:00.000Z', by: 'BJONES_GEN', revision: 1 };
const wrong = (field: string) => ({ field, value: 'A1234BC', message: 'must be another' });

describe('an error of a safety alert', () => {
  it.each([
    [new AlertNotOpen('acknowledge'), 'ALERT_NOT_OPEN', /^Cannot acknowledge this .* closed\. Read it again/],
    [new CriticalMayNotSnooze(), 'CRITICAL_MAY_NOT_REST', /^Cannot snooze .* critical\. Acknowledge it/],
    [
      new AlertChanged([
        { ...change, transition: 'acknowledged' },
        { ...change, transition: 'escalated' },
      ]),
      'ALERT_CHANGED',
      /^Nothing was stored: .* was acknowledged, escalated\. Read it again, and decide again/,
    ],
    [new NoSuchAlert('id-1'), 'NO_SUCH_ALERT', /safety alert id-1\. Ids are in the list at GET \/safety-alerts/],
    [
      new InvalidAction([wrong('until'), wrong('note')]),
      'INVALID_ACTION',
      /^Nothing was stored: until, note cannot be taken\. See errors/,
    ],
    [new TooManyStreams(5), 'TOO_MANY_STREAMS', /^You have 5 streams open.* Close one first/],
    [
      new UnknownAlertEvent({ type: 'NotOfThisVersion', stream: 'alert-1', id: 'id-1', position: '17' }),
      'UNKNOWN_ALERT_EVENT',
      /^Position 17 holds "NotOfThisVersion".* Start the version that wrote it/,
    ],
  ])('has a code that stays, and says what to do: %s', (error, code, message) => {
    expect(error).toMatchObject({ code, message: expect.stringMatching(message) });
  });

  it('holds no more of an id than one has', () => {
    expect(new NoSuchAlert('x'.repeat(101)).message).toMatch(/safety alert x{100}\. /);
  });

  it('never holds what was sent', () => {
    expect(new InvalidAction([wrong('note')]).message).not.toContain('A1234BC');
  });
});
