import { describe, expect } from '@jest/globals';
import { join } from 'node:path';
import { occurrenceOf, type CustodyEvent } from '../../src/custody/custody-event.js';
import { toIso } from '../../src/prison/instant.js';
import { LocalDays } from '../../src/prison/local-days.js';
import { planOf } from '../../src/kernel/plan.js';
import { replayAll } from '../../src/kernel/replay.js';
import { rulesIn } from '../../src/watch/rule-folder.js';
import { eventsOf, expectedOf, inOneLine } from './cases.js';
import { eachCase } from './each-case.js';

const days = new LocalDays();
const plan = planOf(
  rulesIn(join(import.meta.dirname, '../../config/rules')).map(({ rule }) => rule),
  days,
);

const played = (events: readonly CustodyEvent[]): string[] => {
  const until = Math.max(...events.map(({ recordedAtMs, occurredAtMs }) => Math.max(recordedAtMs, occurredAtMs)));
  const ofPeople = events.filter(({ prisonNumber }) => prisonNumber !== undefined);
  const histories = new Map(
    [...Map.groupBy(ofPeople, ({ prisonNumber }) => prisonNumber ?? '')].map(([prisonNumber, history]) => [
      prisonNumber,
      history.map(occurrenceOf),
    ]),
  );
  return [...replayAll(plan, days, histories, until)]
    .filter(({ transition }) => transition !== 'repeated')
    .map((transition) => inOneLine({ ...transition, at: toIso(transition.at), rule: transition.rule.id }));
};

const inOrder = (lines: readonly string[]): string[] => [...lines].sort();

describe('a history, played through the rules', () => {
  eachCase('%s comes out exactly as expected', (name) => {
    expect(inOrder(played(eventsOf(name)))).toEqual(inOrder(expectedOf(name)));
  });

  eachCase('%s comes out the same from any order of its lines, each twice', (name) => {
    const events = eventsOf(name);
    expect(inOrder(played([...events, ...events.toReversed()]))).toEqual(inOrder(expectedOf(name)));
  });
});
