import { describe, expect, it } from '@jest/globals';
import { at, conditionOf, DAYS, happens, local, played, received, ruleOf, session } from '../../test/kernel-kit.js';
import { DAY } from '../prison/instant.js';
import type { Occurrence } from './occurrence.js';
import { Rulebook } from './rulebook.js';
import type { Rule } from './rule.js';
import { Silences } from './silences.js';
import { Watchlist } from './watchlist.js';

const [OLD, NEW] = ['A0001AA', 'B0002BB'] as const;

const SESSION = { safeguard: [{ type: 'KeyWorkerSessionHeld', where: [] }], closesOn: 'a session' };
const UNSEEN = ruleOf('absentFor: { event: session, within: stay, first: P7D, then: P7D }', SESSION);
const CLUSTER = ruleOf('{ countWithin: { event: AdjudicationReported, atLeast: 2, window: P28D } }', {
  ...SESSION,
  closesWhen: conditionOf('sinceRaised: { event: session }'),
});

const merged = (when: string): Occurrence => happens('PrisonerRecordsMerged', when, { removedPrisonNumber: OLD });
const withdrawn = (id: string, when: string): Occurrence =>
  happens('EventWithdrawn', when, { withdraws: id, reason: 'mistaken' });

/** What becomes of one rule for two numbers until the end of January. */
const changes = (one: Rule, told: Readonly<Record<string, readonly Occurrence[]>>): string[] =>
  played([one], told, '2026-01-31 12:00')
    .filter(({ transition }) => transition !== 'repeated')
    .map(({ at: instant, prisonNumber, transition, outcome }) =>
      [local(instant).slice(0, 16), prisonNumber, transition, outcome].filter((part) => part !== null).join(' '),
    );

describe('two numbers of one person', () => {
  const arrival = received('2026-01-05 15:00', 'NEW_ADMISSION');

  it('from the merge on have one history, and nothing more is raised under the old one', () => {
    const told = { [OLD]: [arrival, session('2026-01-20 10:00')], [NEW]: [merged('2026-01-14 09:00')] };
    expect(changes(UNSEEN, told)).toEqual([
      '2026-01-13 00:00 A0001AA raised',
      '2026-01-14 09:00 A0001AA resolved merged',
      '2026-01-14 09:00 B0002BB raised',
      '2026-01-20 10:00 B0002BB resolved met',
      '2026-01-28 00:00 B0002BB raised',
    ]);
  });

  it('part again when the merge is withdrawn', () => {
    const merge = merged('2026-01-14 09:00');
    const told = { [OLD]: [arrival, withdrawn(merge.id, '2026-01-16 09:00')], [NEW]: [merge] };
    expect(changes(UNSEEN, told)).toEqual([
      '2026-01-13 00:00 A0001AA raised',
      '2026-01-14 09:00 A0001AA resolved merged',
      '2026-01-14 09:00 B0002BB raised',
      '2026-01-16 09:00 A0001AA raised',
      '2026-01-16 09:00 B0002BB resolved withdrawn',
    ]);
  });

  it('an event told under both counts once', () => {
    const charge = { ...happens('AdjudicationReported', '2026-01-10 10:00'), id: 'charge' };
    const told = { [OLD]: [arrival, charge], [NEW]: [merged('2026-01-07 09:00'), charge] };
    expect(changes(CLUSTER, told)).toEqual([]);
  });
});

describe('a latched alert whose record is merged', () => {
  const charges = [
    received('2026-01-05 15:00', 'NEW_ADMISSION'),
    happens('AdjudicationReported', '2026-01-08 10:00'),
    happens('AdjudicationReported', '2026-01-09 10:00'),
  ];

  it('goes on under the new number, standing on the instant it was raised', () => {
    const told = { [OLD]: charges, [NEW]: [merged('2026-01-14 09:00'), session('2026-01-20 10:00')] };
    expect(changes(CLUSTER, told)).toEqual([
      '2026-01-09 10:00 A0001AA raised',
      '2026-01-14 09:00 A0001AA resolved merged',
      '2026-01-14 09:00 B0002BB raised',
      '2026-01-20 10:00 B0002BB resolved met',
    ]);
  });

  it('counts as closed there, if what closes it has happened there since', () => {
    const told = { [OLD]: charges, [NEW]: [session('2026-01-12 10:00'), merged('2026-01-14 09:00')] };
    expect(changes(CLUSTER, told)).toEqual([
      '2026-01-09 10:00 A0001AA raised',
      '2026-01-14 09:00 A0001AA resolved merged',
    ]);
  });

  it('is not raised beside one that is open there', () => {
    const own = charges.map((event) => ({ ...event, id: `${event.id} too` }));
    const told = { [OLD]: charges, [NEW]: [...own, merged('2026-01-14 09:00')] };
    expect(changes(CLUSTER, told)).toEqual([
      '2026-01-09 10:00 A0001AA raised',
      '2026-01-09 10:00 B0002BB raised',
      '2026-01-14 09:00 A0001AA resolved merged',
    ]);
  });
});

describe('latched alerts of several numbers that become one', () => {
  const OTHER = 'C0003CC';
  const charge = (when: string, id: string): Occurrence => ({ ...happens('AdjudicationReported', when), id });
  const arrived = (id: string): Occurrence => ({ ...received('2026-01-01 15:00', 'NEW_ADMISSION'), id });
  const also = (when: string): Occurrence => ({
    ...happens('PrisonerRecordsMerged', when, { removedPrisonNumber: OTHER }),
    id: 'another merge',
  });
  const GRAVE: Rule = {
    ...CLUSTER,
    steps: [2, 4].map((atLeast) => ({
      level: atLeast === 2 ? 'LOW' : 'HIGH',
      when: conditionOf(`countWithin: { event: AdjudicationReported, atLeast: ${atLeast}, window: P28D }`),
    })),
  };
  const grave = (told: Readonly<Record<string, readonly Occurrence[]>>): string[] =>
    played([GRAVE], told, '2026-01-31 12:00')
      .filter(({ transition }) => transition !== 'repeated')
      .map(({ at: t, prisonNumber, transition, severity }) =>
        [local(t).slice(0, 16), prisonNumber, transition, severity].join(' '),
      );

  it('are one, raised once, as severe as the step that is due by then', () => {
    const told = {
      [OLD]: [arrived('a'), charge('2026-01-05 10:00', 'one'), charge('2026-01-06 10:00', 'two')],
      [OTHER]: [arrived('c'), charge('2026-01-07 10:00', 'three'), charge('2026-01-08 10:00', 'four')],
      [NEW]: [arrived('b'), merged('2026-01-14 09:00'), also('2026-01-14 09:00')],
    };
    expect(grave(told)).toEqual([
      '2026-01-06 10:00 A0001AA raised LOW',
      '2026-01-08 10:00 C0003CC raised LOW',
      '2026-01-14 09:00 A0001AA resolved LOW',
      '2026-01-14 09:00 C0003CC resolved LOW',
      '2026-01-14 09:00 B0002BB raised HIGH',
    ]);
  });

  it('go on as the one that has stood longest: what has closed it since closes both', () => {
    const told = {
      [OLD]: [arrived('a'), charge('2026-01-05 10:00', 'one'), charge('2026-01-06 10:00', 'two')],
      [OTHER]: [arrived('c'), charge('2026-01-07 10:00', 'three'), charge('2026-01-08 10:00', 'four')],
      [NEW]: [
        arrived('b'),
        merged('2026-01-14 09:00'),
        also('2026-01-14 09:00'),
        { ...session('2026-01-07 10:00'), recordedAt: at('2026-01-15 10:00') },
      ],
    };
    expect(grave(told)).toContain('2026-01-15 10:00 B0002BB resolved HIGH');
  });

  it('go on as that one also where it stood under the last of the numbers', () => {
    const told = {
      [OLD]: [arrived('a'), charge('2026-01-07 10:00', 'three'), charge('2026-01-08 10:00', 'four')],
      [OTHER]: [arrived('c'), charge('2026-01-05 10:00', 'one'), charge('2026-01-06 10:00', 'two')],
      [NEW]: [
        arrived('b'),
        merged('2026-01-14 09:00'),
        also('2026-01-14 09:00'),
        { ...session('2026-01-07 10:00'), recordedAt: at('2026-01-15 10:00') },
      ],
    };
    expect(grave(told)).toContain('2026-01-15 10:00 B0002BB resolved HIGH');
  });

  it('keep the highest severity that they had', () => {
    const four = ['one', 'two', 'three', 'four'].map((id, day) => charge(`2026-01-0${5 + day} 10:00`, id));
    const told = {
      [OLD]: [arrived('a'), ...four],
      [NEW]: [arrived('b'), withdrawn('four', '2026-01-10 10:00'), merged('2026-01-14 09:00')],
    };
    expect(grave(told)).toEqual([
      '2026-01-06 10:00 A0001AA raised LOW',
      '2026-01-08 10:00 A0001AA escalated HIGH',
      '2026-01-14 09:00 A0001AA resolved HIGH',
      '2026-01-14 09:00 B0002BB raised HIGH',
    ]);
  });

  it('are not raised anew, where what they stood on is not so any longer', () => {
    const told = {
      [OLD]: [arrived('a'), charge('2026-01-05 10:00', 'one'), charge('2026-01-06 10:00', 'two')],
      [NEW]: [arrived('b'), withdrawn('two', '2026-01-10 10:00'), merged('2026-01-14 09:00')],
    };
    expect(grave(told)).toEqual(['2026-01-06 10:00 A0001AA raised LOW', '2026-01-14 09:00 A0001AA resolved LOW']);
  });

  it('that count as closed there open again only on what was not counted', () => {
    const told = {
      [OLD]: [arrived('a'), charge('2026-01-05 10:00', 'one'), charge('2026-01-06 10:00', 'two')],
      [NEW]: [
        arrived('b'),
        session('2026-01-12 10:00'),
        merged('2026-01-14 09:00'),
        { ...charge('2026-01-10 10:00', 'three'), recordedAt: at('2026-01-20 10:00') },
      ],
    };
    expect(grave(told)).toEqual([
      '2026-01-06 10:00 A0001AA raised LOW',
      '2026-01-14 09:00 A0001AA resolved LOW',
      '2026-01-20 10:00 B0002BB raised LOW',
    ]);
  });
});

describe('a record told under two numbers that nobody merged', () => {
  const note = (prisonNumber: string, when: string, revision: number, recorded = when): Occurrence => ({
    ...session(when),
    id: `${prisonNumber} ${revision}`,
    prisonNumber,
    recordedAt: at(recorded),
    source: { record: 'KeyWorkerSessionHeld case-notes 1', revision },
  });
  const arrived = (prisonNumber: string): Occurrence => ({
    ...received('2026-01-01 15:00', 'NEW_ADMISSION'),
    prisonNumber,
  });

  it('stands where it was told last', () => {
    const told = {
      [OLD]: [arrived(OLD), note(OLD, '2026-01-05 10:00', 0)],
      [NEW]: [arrived(NEW), note(NEW, '2026-01-05 10:00', 1, '2026-01-12 09:00')],
    };
    expect(changes(UNSEEN, told)).toEqual([
      '2026-01-09 00:00 B0002BB raised',
      '2026-01-12 09:00 A0001AA raised',
      '2026-01-12 09:00 B0002BB resolved recorded-late',
      '2026-01-13 00:00 B0002BB raised',
    ]);
  });

  it('of equal revisions the first known stands', () => {
    const told = {
      [OLD]: [arrived(OLD), note(OLD, '2026-01-05 10:00', 0)],
      [NEW]: [arrived(NEW), note(NEW, '2026-01-05 10:00', 0, '2026-01-12 09:00')],
    };
    expect(changes(UNSEEN, told)).toEqual(['2026-01-09 00:00 B0002BB raised', '2026-01-13 00:00 A0001AA raised']);
  });
});

describe('one id told under two numbers', () => {
  const arrived = (prisonNumber: string): Occurrence => ({
    ...received('2026-01-01 15:00', 'NEW_ADMISSION'),
    id: `arrival of ${prisonNumber}`,
  });
  const note = (revision: number | undefined, when = '2026-01-05 10:00', recorded = when): Occurrence => ({
    ...session(when),
    id: 'note',
    recordedAt: at(recorded),
    ...(revision !== undefined && { source: { record: 'note', revision } }),
  });

  it('stands once where both tell of one record: of equal revisions the first known', () => {
    const told = {
      [OLD]: [arrived(OLD), note(0)],
      [NEW]: [arrived(NEW), note(0, '2026-01-05 10:00', '2026-01-12 09:00')],
    };
    expect(changes(UNSEEN, told)).toEqual(['2026-01-09 00:00 B0002BB raised', '2026-01-13 00:00 A0001AA raised']);
  });

  it('counts by its highest revision, also once the numbers are merged', () => {
    const told = {
      [OLD]: [arrived(OLD), note(0)],
      [NEW]: [note(1, '2026-01-07 10:00'), merged('2026-01-08 09:00')],
    };
    expect(changes(UNSEEN, told)).toEqual(['2026-01-15 00:00 B0002BB raised']);
  });

  it('is two events where it tells of no record, and one once the numbers are merged: the first known', () => {
    const told = { [OLD]: [arrived(OLD), note(undefined)], [NEW]: [arrived(NEW), note(undefined, '2026-01-07 10:00')] };
    expect(changes(UNSEEN, told)).toEqual(['2026-01-13 00:00 A0001AA raised', '2026-01-15 00:00 B0002BB raised']);
    const joined = { ...told, [NEW]: [...told[NEW], merged('2026-01-08 09:00')] };
    expect(changes(UNSEEN, joined)).toEqual(['2026-01-13 00:00 B0002BB raised']);
  });
});

describe('what is told by a clock that is ahead', () => {
  const TALKED = ruleOf('countWithin: { event: session, atLeast: 2, window: P28D }');

  /** The instants at which one rule changes for somebody of whom this is learned, each event at the instant beside it. */
  const learned = (...told: readonly (readonly [string, Occurrence])[]): string[] => {
    const people = new Watchlist(new Rulebook([TALKED], DAYS), DAYS);
    const known: Occurrence[] = [];
    const lines: string[] = [];
    const settleThrough = (t: number): void => {
      for (let due = people.due(t); due; due = people.due(t))
        for (const { at: instant, transition } of people.settle(due, known))
          lines.push(`${local(instant).slice(0, 16)} ${transition}`);
    };
    for (const [when, occurrence] of told) {
      settleThrough(at(when) - 1);
      known.push(occurrence);
      people.learn(OLD, occurrence, at(when));
    }
    settleThrough(at('2026-01-20 12:00'));
    return lines;
  };
  const note = (when: string, revision: number): Occurrence => ({
    ...session(when),
    id: `revision ${revision}`,
    source: { record: 'note', revision },
  });
  const arrival = received('2026-01-01 15:00', 'NEW_ADMISSION');
  const before = [
    ['2026-01-01 15:00', arrival],
    ['2026-01-02 10:00', session('2026-01-02 10:00')],
  ] as const;

  it('counts from the instant that it tells of', () => {
    expect(learned(...before, ['2026-01-05 10:00', session('2026-01-05 10:03')])).toEqual(['2026-01-05 10:03 raised']);
  });

  it.each([
    ['replaces', 1],
    ['is replaced by', 3],
  ])('%s another telling of the record that comes in meanwhile', (_, revision) => {
    const others = [before[0], ['2026-01-05 10:00', note('2026-01-05 10:03', revision)]] as const;
    expect(learned(...others, ['2026-01-05 10:01', note('2026-01-05 10:01', 2)])).toEqual([]);
  });

  it('merges records from the instant that it tells of', () => {
    const people = new Watchlist(new Rulebook([TALKED], DAYS), DAYS);
    const merge = merged('2026-01-05 10:03');
    people.learn(NEW, merge, at('2026-01-05 10:00'));
    expect(people.due(at('2026-01-05 10:02'))).toBeUndefined();
    expect(people.keptFor(OLD)).toBe(OLD);
    for (let due = people.due(merge.at); due; due = people.due(merge.at)) people.settle(due, [merge]);
    expect(people.keptFor(OLD)).toBe(NEW);
  });
});

describe('of somebody whose feed is silent', () => {
  const NOTES = { delivers: ['KeyWorkerSessionHeld'], allowedSilence: DAY, expectedOf: new Set(['XYI']) };
  const arrival = received('2026-01-05 15:00', 'NEW_ADMISSION');

  /** The people of whom an arrival is known, and whose feed of case notes reported that day and no more. */
  const unheard = (): Watchlist => {
    const silences = new Silences(new Map([['case-notes', NOTES]]));
    const people = new Watchlist(new Rulebook([UNSEEN], DAYS), DAYS, undefined, silences);
    const t = at('2026-01-05 16:00');
    people.learn(OLD, arrival, arrival.at);
    people.report({ prisonId: 'XYI', feed: 'case-notes', until: t, knownAt: t }, t);
    return people;
  };
  const settled = (people: Watchlist, known: readonly Occurrence[], until: string): string[] => {
    const lines: string[] = [];
    for (let due = people.due(at(until)); due; due = people.due(at(until)))
      for (const { rule, transition } of people.settle(due, known)) lines.push(`${rule.id} ${transition}`);
    return lines;
  };

  it('what would have been decided leaves unknown what was left unknown', () => {
    const people = unheard();
    expect(settled(people, [arrival], '2026-01-20 12:00')).toEqual([]);
    expect(people.transitionsOf(OLD, [arrival], at('2026-01-20 12:00'))).toEqual([]);
  });

  it('what was held back is taken in in the order in which it was told', () => {
    const people = unheard();
    const told = Array.from({ length: 3 }, (_, day) => session(`2026-01-${10 + day} 10:00`));
    const known = [arrival, ...told];
    for (const one of told) {
      settled(people, known, local(one.at - 1).slice(0, 16));
      people.learn(OLD, one, one.at);
    }
    settled(people, known, '2026-01-13 11:59');
    const t = at('2026-01-13 12:00');
    people.report({ prisonId: 'XYI', feed: 'case-notes', until: t, knownAt: t }, t);
    expect(people.memory.ahead.map(({ id }) => id)).toEqual(told.map(({ id }) => id));
    settled(people, known, '2026-01-13 12:00');
    expect(people.memory.ahead).toEqual([]);
  });
});
