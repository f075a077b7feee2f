import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { Occurrence } from '../../src/kernel/occurrence.js';
import { DAY } from '../../src/prison/instant.js';
import type { Rulebook } from '../../src/kernel/rulebook.js';
import { Watchlist } from '../../src/kernel/watchlist.js';
import { arrives, at, happens, session } from '../kernel-kit.js';
import { days, runs, type History } from './arbitraries.js';
import { mergedInPrison, peopleInPrison } from './arbitrary-custody-events.js';
import { anybody, anyCompany, ruleSets } from './arbitrary-rules.js';
import { rulesAboutPeople } from './catalogue.js';
import { eachOnce, lived } from './remembered.js';
import { inFull, planned, toldInFull } from './told.js';

const SOMEBODY = 'A0001AA';

const rules = planned(rulesAboutPeople());

const expectTheSame = (rulebook: Rulebook, history: History, steps: readonly boolean[] = []): void => {
  const undisturbed = toldInFull(rulebook, history);
  expect(inFull(lived(rulebook, history, () => true))).toEqual(undisturbed);
  expect(inFull(lived(rulebook, history, (step) => steps[step % steps.length] ?? true))).toEqual(undisturbed);
};

const steps = fc.array(fc.boolean(), { minLength: 1, maxLength: 12 });

describe('a person who is written down and worked out again, at any moments', () => {
  it('has the same decided about them, on the same grounds, by random rules', () => {
    fc.assert(
      fc.property(ruleSets, anybody, steps, (some, history, moments) => {
        expectTheSame(planned(some), history, moments);
      }),
      { numRuns: runs(2_500, 500) },
    );
  }, 300_000);

  it('has the same decided about them, on the same grounds, by the rules of the catalogue', () => {
    fc.assert(
      fc.property(peopleInPrison, steps, (history, moments) => {
        expectTheSame(rules, history, moments);
      }),
      { numRuns: runs(500, 100) },
    );
  }, 300_000);

  it('is written down without anything that events say', () => {
    fc.assert(
      fc.property(peopleInPrison, ({ history, until }) => {
        const people = new Watchlist(rules, days);
        const telling = history.map((event) => ({
          ...event,
          data: { ...event.data, reasonText: 'Tells of her mother' },
        }));
        const expectNothingSaid = (): void => {
          expect(JSON.stringify([people.memory, people.person(SOMEBODY)?.memory])).not.toContain('mother');
        };
        for (const event of eachOnce(telling)) people.learn(SOMEBODY, event, until - 5 * DAY);
        expectNothingSaid();
        for (let due = people.due(until); due; due = people.due(until)) people.settle(due, telling);
        expectNothingSaid();
      }),
      { numRuns: runs(250, 50) },
    );
  });
});

describe('people whose records are merged, who are written down and worked out again', () => {
  const [first, second, third] = ['A0001AA', 'A0002AA', 'A0003AA'] as const;
  const under = (prisonNumber: string, event: Occurrence): Occurrence => ({ ...event, prisonNumber });
  const merged = (kept: string, removed: string, when: string): Occurrence => ({
    ...under(kept, happens('PrisonerRecordsMerged', when, { removedPrisonNumber: removed })),
    id: `${removed} is ${kept}`,
  });

  const note = {
    ...session('2026-03-31 00:00'),
    recordedAt: at('2026-04-09 00:00'),
    source: { record: 'note', revision: 0 },
  };

  it('have the same decided about them, on the same grounds, by random rules', () => {
    fc.assert(
      fc.property(ruleSets, anyCompany, steps, (some, history, moments) => {
        expectTheSame(planned(some), history, moments);
      }),
      { numRuns: runs(1_500, 300) },
    );
  }, 300_000);

  it('have the same decided about them, on the same grounds, by the rules of the catalogue', () => {
    fc.assert(
      fc.property(mergedInPrison, steps, (history, moments) => {
        expectTheSame(rules, history, moments);
      }),
      { numRuns: runs(500, 100) },
    );
  }, 300_000);

  it.each([
    [
      'before a merge that is known was decided on',
      [
        under(first, happens('SubstanceMisuseIndicated', '2026-03-25 00:00', { kind: 'POSSESSION' })),
        merged(second, first, '2026-03-28 00:00'),
      ],
    ],
    [
      'before a record that was told again under the other number was decided on',
      [
        under(first, { ...session('2026-03-25 00:00'), source: { record: 'note', revision: 0 } }),
        merged(second, first, '2026-04-11 11:00'),
        under(second, { ...session('2026-04-11 11:00'), id: 'again', source: { record: 'note', revision: 1 } }),
      ],
    ],
    [
      'before the withdrawal of a merge, told under the number that was removed, was decided on',
      [
        under(first, arrives('2026-03-25 00:00')),
        merged(second, first, '2026-03-25 10:00'),
        under(first, happens('EventWithdrawn', '2026-03-29 01:00', { withdraws: `${first} is ${second}` })),
      ],
    ],
    [
      'before one session that was told under both numbers was decided on',
      [
        merged(second, first, '2026-03-25 00:00'),
        under(first, arrives('2026-03-25 01:00')),
        under(first, { ...note, id: 'once' }),
        under(second, { ...note, id: 'once' }),
      ],
    ],
    [
      'before an ask that became known under both numbers at once, and counts once, was decided on',
      [
        merged(second, first, '2026-03-25 00:00'),
        under(first, happens('CellularConfinementEnded', '2026-03-25 00:00', { chargeNumber: 'C1' })),
        ...[first, second].map((number) => ({
          ...under(number, happens('SubstanceMisuseIndicated', '2026-03-30 11:00', { kind: 'UNDER_INFLUENCE' })),
          id: 'once',
        })),
      ],
    ],
    [
      'after what an alert was raised on has come to count as somebody else’s',
      [
        merged(second, first, '2026-03-25 00:00'),
        under(first, arrives('2026-03-25 00:00')),
        under(second, happens('IncentiveReviewHeld', '2026-03-25 00:00')),
        merged(third, first, '2026-03-29 00:00'),
        merged(first, second, '2026-03-30 00:00'),
      ],
    ],
  ])('have the same decided about them %s', (_, history) => {
    const told = { history, until: at('2026-05-01 00:00') };
    expect(toldInFull(rules, told)).not.toEqual([]);
    expectTheSame(rules, told);
  });
});
