import type { Instant } from '../../prison/instant.js';
import type { Occurrence } from '../../kernel/occurrence.js';
import type { TimeInPrison } from './time-in-prison.js';
import type { Topic } from './topics.js';

/** Something that went on for a time: an open ACCT, segregation, Basic. */
export interface Spell {
  readonly topic: Topic;
  readonly what: 'ACCT open' | 'segregated' | 'on Basic';
  readonly from: Instant;
  /** Nothing while it goes on. */
  readonly until: Instant | undefined;
}

interface SpellKind extends Pick<Spell, 'topic' | 'what'> {
  readonly begins: (event: Occurrence) => boolean;
  readonly ends: (event: Occurrence) => boolean;
  /** An ACCT and the incentive level go with the person (docs/rules-meaning.md, "Stay"). */
  readonly endsWithStay: boolean;
}

const is =
  (type: string) =>
  (event: Occurrence): boolean =>
    event.type === type;
const movesTo =
  (basic: boolean) =>
  ({ type, data }: Occurrence): boolean =>
    type === 'IncentiveLevelChanged' && (data['to'] === 'BASIC') === basic;

const KINDS: readonly SpellKind[] = [
  { topic: 'ACCT', what: 'ACCT open', begins: is('AcctOpened'), ends: is('AcctClosed'), endsWithStay: false },
  {
    topic: 'segregation',
    what: 'segregated',
    endsWithStay: true,
    begins: is('SegregationStarted'),
    ends: is('SegregationEnded'),
  },
  { topic: 'incentive level', what: 'on Basic', begins: movesTo(true), ends: movesTo(false), endsWithStay: false },
];

/**
 * The spells of a person, by kind and then in order. A start while already started changes nothing
 * (docs/rules-meaning.md, "Open and closed").
 * @param events what stands, in the order it happened
 */
export const spellsOf = (events: readonly Occurrence[], stays: readonly TimeInPrison[]): Spell[] =>
  KINDS.flatMap((kind) =>
    spellsOfKind(kind, events).map((spell) => (kind.endsWithStay ? within(stays, spell) : spell)),
  );

const spellsOfKind = ({ topic, what, begins, ends }: SpellKind, events: readonly Occurrence[]): Spell[] => {
  const spells: Spell[] = [];
  let from: Instant | undefined;
  for (const event of events) {
    if (begins(event)) from ??= event.at;
    else if (ends(event) && from !== undefined) {
      spells.push({ topic, what, from, until: event.at });
      from = undefined;
    }
  }
  return from === undefined ? spells : [...spells, { topic, what, from, until: undefined }];
};

const within = (stays: readonly TimeInPrison[], spell: Spell): Spell => {
  const left = stays.findLast(({ since }) => since <= spell.from)?.until ?? Infinity;
  return left < (spell.until ?? Infinity) ? { ...spell, until: left } : spell;
};
