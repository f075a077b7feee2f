import { describe, expect, it } from '@jest/globals';
import type { Occurrence } from '../../kernel/occurrence.js';
import { courseOf } from './trail.js';

const at = (day: number): number => Date.parse('2026-01-01T09:00:00Z') + day * 86_400_000;
let order = 0;
const event = (day: number, type: string, data: object): Occurrence =>
  ({ id: `e${++order}`, type, prisonId: 'XYI', prisonNumber: 'A1234BC', at: at(day), data }) as unknown as Occurrence;
const received = (day: number, reason: string) => event(day, 'PrisonerReceived', { reason });
const released = (day: number, reason: string) => event(day, 'PrisonerReleased', { reason });
const status = (day: number, name: string) => event(day, 'LegalStatusChanged', { status: name });

describe('the legal status of somebody', () => {
  it('is the last one told, since it was told first', () => {
    const events = [received(0, 'NEW_ADMISSION'), status(1, 'REMAND'), status(9, 'SENTENCED'), status(12, 'SENTENCED')];
    expect(courseOf(events.slice(0, 2)).legal).toEqual({ status: 'REMAND', since: at(1) });
    expect(courseOf(events).legal).toEqual({ status: 'SENTENCED', since: at(9) });
  });

  it('goes with them to another prison', () => {
    const moved = [
      received(0, 'NEW_ADMISSION'),
      status(1, 'REMAND'),
      released(5, 'TRANSFERRED'),
      received(6, 'TRANSFERRED'),
    ];
    expect(courseOf(moved).legal).toEqual({ status: 'REMAND', since: at(1) });
  });

  it('is told anew in a new custody, and is nobody’s in between', () => {
    const left = [received(0, 'NEW_ADMISSION'), status(1, 'SENTENCED'), released(90, 'RELEASED')];
    expect(courseOf(left).legal).toBeUndefined();
    expect(courseOf([...left, received(120, 'RECALL')]).legal).toBeUndefined();
    expect(courseOf([...left, received(120, 'RECALL'), status(121, 'RECALLED')]).legal?.status).toBe('RECALLED');
  });
});
