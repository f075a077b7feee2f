import { join } from 'node:path';
import { occurrenceOf, type CustodyEvent } from '../../src/custody/custody-event.js';
import { definitionalReplay } from '../../src/kernel/definitional.js';
import { Rulebook } from '../../src/kernel/rulebook.js';
import { replayAll } from '../../src/kernel/replay.js';
import { toIso } from '../../src/prison/instant.js';
import { LocalDays } from '../../src/prison/local-days.js';
import { rulesIn } from '../../src/watch/rule-folder.js';
import { inOneLine } from './cases.js';

const days = new LocalDays();
const rules = rulesIn(join(import.meta.dirname, '../../config/rules')).map(({ rule }) => rule);
const rulebook = new Rulebook(rules, days);

const ofPeople = (events: readonly CustodyEvent[]): readonly CustodyEvent[] =>
  events.filter(({ prisonNumber }) => prisonNumber !== undefined);

/** Until all of them have happened and are known. */
const endOf = (events: readonly CustodyEvent[]): number =>
  Math.max(...events.map(({ recordedAtMs, occurredAtMs }) => Math.max(recordedAtMs, occurredAtMs)));

/** What the rules make of a history by their operators, a line for each transition, sorted. */
export const replayed = (events: readonly CustodyEvent[]): string[] => {
  const byNumber = Map.groupBy(ofPeople(events), ({ prisonNumber = '' }) => prisonNumber);
  const histories = new Map(Array.from(byNumber, ([number, history]) => [number, history.map(occurrenceOf)]));
  return [...replayAll(rulebook, days, histories, endOf(events))]
    .filter(({ transition }) => transition !== 'repeated')
    .map((transition) => inOneLine({ ...transition, at: toIso(transition.at), rule: transition.rule.id }))
    .sort();
};

/** The same by their definitions. */
export const defined = (events: readonly CustodyEvent[]): string[] =>
  definitionalReplay({ rules, days }, ofPeople(events).map(occurrenceOf), endOf(events))
    .map((transition) => inOneLine({ ...transition, at: toIso(transition.at) }))
    .sort();
