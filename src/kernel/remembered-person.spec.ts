import { describe, expect, it } from '@jest/globals';
import { session } from '../../test/kernel-kit.js';
import { NEVER } from '../prison/instant.js';
import { RememberedPerson, type PersonMemory } from './remembered-person.js';

const OPEN = { raisedAt: 5, standsSince: 5, severity: 'LOW', due: 5, evidence: [] } as const;
const WRITTEN: PersonMemory = {
  next: 20,
  looksBack: false,
  holder: { prisonId: 'XYI', since: 1 },
  inStay: true,
  fresh: [{ id: 'first', prisonNumber: 'A0001AA' }],
  armed: [1, 1, 2],
  episodes: { 'TEST-01': { open: OPEN }, 'TEST-02': { settled: ['x'] } },
};

describe('a person who was written down', () => {
  it('is where they were, with the alerts that were open', () => {
    const person = new RememberedPerson(WRITTEN);
    expect([person.prisonId, person.inStay, person.nextFlip, person.needsHistory]).toEqual(['XYI', true, 20, true]);
    expect([...person.open]).toEqual([['TEST-01', OPEN]]);
    expect(person.memory).toEqual(WRITTEN);
  });

  it('is looked at when something is due, or never', () => {
    const never = { ...WRITTEN, next: undefined };
    expect(new RememberedPerson(never).nextFlip).toBe(NEVER);
    expect(new RememberedPerson(never).memory.next).toBeUndefined();
  });

  it('counts where the rules wait for something', () => {
    const counts: number[] = [];
    new RememberedPerson(WRITTEN).addArmed(counts, 1);
    expect([counts[1], counts[2]]).toEqual([2, 1]);
    new RememberedPerson(WRITTEN).addArmed(counts, -1);
    expect([counts[1], counts[2]]).toEqual([0, 0]);
  });

  it('learns what becomes known, to be looked at then, with its history where a record is told again', () => {
    const [told, again] = [new RememberedPerson(WRITTEN), new RememberedPerson(WRITTEN)];
    const event = { ...session('2026-01-05 10:00'), prisonNumber: 'A0001AA' };
    told.learn(event, 10);
    again.learn(event, 10, true);
    const fresh = [...WRITTEN.fresh, { id: event.id, prisonNumber: 'A0001AA' }];
    expect(told.memory).toEqual({ ...WRITTEN, next: 10, fresh });
    expect(again.memory).toEqual({ ...WRITTEN, next: 10, fresh, looksBack: true });
    const before = new RememberedPerson(WRITTEN);
    before.lookBack(30);
    expect(before.memory).toEqual({ ...WRITTEN, looksBack: true });
  });
});
