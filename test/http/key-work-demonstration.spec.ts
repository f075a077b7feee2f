import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { occurrenceOf } from '../../src/custody/custody-event.js';
import { fromLog } from '../../src/custody/stored-custody-event.js';
import { effective } from '../../src/kernel/strike-outs.js';
import { definitionalReading } from '../../src/kernel/definitional.js';
import type { Instant } from '../../src/prison/instant.js';
import { inOrder, type Occurrence } from '../../src/kernel/occurrence.js';
import { localRule } from '../../src/kernel/local-rule.js';
import { type KeyWorkTerms, WEEKLY } from '../../src/kernel/prison-settings.js';
import type { Rule } from '../../src/kernel/rule.js';
import { isoDate } from '../../src/prison/local-days.js';
import type { PrisonFigures } from '../../src/key-work/figures/prison-figures.js';
import { DemonstrationService } from './demonstration.js';
import { differences } from './differences.js';

const NOW = Date.parse('2026-11-22T09:00:00Z');

let service: DemonstrationService;
let rules: readonly Rule[];
let histories: readonly (readonly Occurrence[])[];
let prisons: readonly string[];

beforeAll(async () => {
  service = await DemonstrationService.start(NOW);
  rules = service.estate.ruleFiles.map(({ rule }) => rule);
  const people = new Map<string, Occurrence[]>();
  for await (const recorded of service.estate.store.readAll({ filter: { streamPrefixes: ['custodywatch_person-'] } })) {
    people.set(recorded.stream, [...(people.get(recorded.stream) ?? []), occurrenceOf(fromLog(recorded).event)]);
  }
  histories = [...people.values()];
  prisons = [...new Set(histories.flat().map(({ prisonId }) => prisonId))].sort();
});

afterAll(() => service.stop());

const rule = (id: string): Rule => rules.find((one) => one.id === id) as Rule;

/** Rule KW-02 with no days to wait, and no waiting for who is away: arrived in this stay, and not seen in it. */
const notSeenSinceArrival = (): Rule => ({
  ...rule('KW-02'),
  pauses: false,
  steps: rule('KW-02').steps.map(({ level, when }) => ({
    level,
    when: { ...when, first: { kind: 'hours', milliseconds: 0, text: 'PT0M' } } as typeof when,
  })),
});

/** How a prison does key work. */
const keyWorkIn = (prison: string): KeyWorkTerms =>
  service.estate.prisons.find(({ settings }) => settings.prisonId === prison)?.settings.keyWork[0] ?? WEEKLY;

/** In a stay: a rule for everybody, with no other condition. */
const inStay = (): Rule => ({ ...rule('INC-01'), steps: [{ level: 'LOW', when: { op: 'stay' } }] });

/** In a stay, and of no high complexity of need. */
const eligible = (): Rule => ({ ...rule('KW-01'), steps: [{ level: 'LOW', when: { op: 'stay' } }] });

/** The prison that somebody came to last, or left last; of whom neither is known, where they were first heard of. */
const holderOf = (history: readonly Occurrence[], t: Instant): string | undefined => {
  const known = effective(history.filter(({ at }) => at <= t)).occurrences.sort(inOrder);
  const moved = known.filter(({ type }) => type === 'PrisonerReceived' || type === 'PrisonerReleased').at(-1);
  return (moved ?? known.find(({ type }) => type !== 'PersonDetailsChanged'))?.prisonId;
};

/** For how many people whom a prison holds a rule is true at an instant, by the definitions, of what is known now. */
const trueFor = (of: Rule, prison: string, t: Instant): number =>
  histories.filter((history) => {
    if (holderOf(history, t) !== prison) return false;
    return definitionalReading(of, { history, t, days: service.estate.days, rules }).opening === true;
  }).length;

const figuresOf = async (prison: string, query = ''): Promise<PrisonFigures> =>
  (await (await service.get(`/prisons/${prison}/key-work${query}`)).json()) as PrisonFigures;

/** By label set, the values of a metric. */
const shown = async (name: string): Promise<Record<string, number>> => {
  const lines = (await (await service.get('/metrics')).text()).split('\n');
  const ofName = lines.filter((line) => line.startsWith(`custody_watch_${name}{`));
  return Object.fromEntries(ofName.map((line) => [/\{(.*)\}/.exec(line)?.[1] ?? '', Number(line.split(' ').at(-1))]));
};

describe('in the demonstration prison', () => {
  it('people overdue are those for whom KW-01 is true by definition: in the metric, and in the figures', async () => {
    const metric = await shown('people_overdue');
    for (const prison of prisons) {
      const expected = trueFor(localRule(rule('KW-01'), keyWorkIn(prison), undefined), prison, service.now);
      expect(metric[`prison="${prison}"`]).toBe(expected);
      const { overdue } = (await figuresOf(prison)).now;
      expect(overdue.value).toBe(expected);
      expect(overdue.byDaysSinceSession.reduce((sum, { people }) => sum + people, 0)).toBe(expected);
    }
    expect(metric['prison="XYI"']).toBeGreaterThan(0);
  });

  it('people in custody are those whom the prison holds, by definition: they count where they are never seen or overdue', async () => {
    const metric = await shown('people_in_custody');
    for (const prison of prisons)
      expect(metric[`prison="${prison}"`] ?? 0).toBe(trueFor(inStay(), prison, service.now));
    expect(metric['prison="XYI"']).toBeGreaterThan(100);
  });

  it('people never seen are those who arrived, are eligible and have had no session since, by definition', async () => {
    const metric = await shown('people_never_seen');
    for (const prison of prisons) {
      const expected = trueFor(localRule(notSeenSinceArrival(), keyWorkIn(prison), undefined), prison, service.now);
      expect(metric[`prison="${prison}"`]).toBe(expected);
      expect((await figuresOf(prison)).now.neverSeen.value).toBe(expected);
    }
    expect(metric['prison="XYI"']).toBeGreaterThan(0);
  });

  it('the sessions that the metric counts are those of the log; the figures leave out those withdrawn', async () => {
    const held = histories.flat().filter(({ type }) => type === 'KeyWorkerSessionHeld');
    const withdrawn = new Set(histories.flat().map(({ data }) => data['withdraws']));
    const metric = await shown('key_worker_sessions_total');
    for (const prison of prisons) {
      const here = held.filter(({ prisonId }) => prisonId === prison);
      const { inPeriod } = await figuresOf(prison, '?from=2025-01-01');
      expect(metric[`prison="${prison}"`]).toBe(here.length);
      const standing = histories.flatMap((history) => effective(history).occurrences);
      const isHeldHere = ({ type, prisonId }: Occurrence) => type === 'KeyWorkerSessionHeld' && prisonId === prison;
      expect(inPeriod.sessionsHeld.value).toBe(standing.filter(isHeldHere).length);
    }
    expect(withdrawn.size).toBeGreaterThan(1);
  });

  it('sessions missed are counted by every reason, from 0', async () => {
    const metric = await shown('key_worker_sessions_missed_total');
    const missed = histories.flat().filter(({ type }) => type === 'KeyWorkerSessionMissed');
    expect(Object.keys(metric)).toHaveLength(prisons.length * 5);
    expect(Object.values(metric).reduce((sum, count) => sum + count)).toBe(missed.length);
  });

  it('the days on which people were eligible are those by definition, day for day', async () => {
    const { days } = service.estate;
    const today = days.dayOf(service.now);
    for (const prison of prisons) {
      const { scheme, everyWeeks } = keyWorkIn(prison);
      for (const ago of [1, 8, 60]) {
        const day = isoDate(today - ago);
        const { keyworkerApi } = await figuresOf(prison, `?from=${day}&to=${day}`);
        const there = trueFor(eligible(), prison, days.startOf(today - ago + 1) - 1);
        expect(keyworkerApi.projectedSessions.value).toBe(scheme ? Math.trunc(there / (7 * everyWeeks)) : 0);
      }
    }
  });

  it('the caseloads of the key workers are everybody who is to be seen and has one', async () => {
    const { keyWorkers, now, inPeriod } = await figuresOf(
      'XYI',
      `?from=${isoDate(service.estate.days.dayOf(service.now))}`,
    );
    const caseload = keyWorkers.content.reduce((sum, row) => sum + row.caseload, 0);
    expect(caseload + now.withoutKeyWorker.value).toBe(inPeriod.daysToBeSeen.value);
    expect(caseload).toBeGreaterThan(100);
  });
});

interface Description {
  readonly paths: Readonly<Record<string, { readonly get: { readonly responses: Responses } }>>;
}
type Responses = Readonly<Record<string, { readonly content: Readonly<Record<string, { readonly schema: object }>> }>>;

describe('the answers about key work', () => {
  const answer = async (path: string): Promise<Record<string, unknown>> =>
    (await (await service.get(path)).json()) as Record<string, unknown>;

  /** What the service's own description says of the JSON that a route answers with. */
  const described = async (path: string): Promise<Readonly<Record<string, unknown>>> => {
    const { paths } = (await answer('/v3/api-docs')) as unknown as Description;
    const schema = paths[path]?.get.responses['200']?.content['application/json']?.schema;
    return { ...schema };
  };

  /** Enough people for every kind of event and of safety alert to be among them. */
  const people = async (): Promise<string[]> => {
    const streams: string[] = [];
    for await (const { stream } of service.estate.store.readAll({
      filter: { streamPrefixes: ['custodywatch_person-'] },
    }))
      streams.push(stream.slice('custodywatch_person-'.length));
    return [...new Set(streams)].slice(0, 60);
  };

  it.each(['key-worker-history', 'timeline'])('are, in every %s, as the service describes them', async (what) => {
    const schema = await described(`/prisoners/{prisonNumber}/${what}`);
    for (const prisonNumber of await people())
      expect(differences(await answer(`/prisoners/${prisonNumber}/${what}`), schema)).toEqual([]);
    expect(differences({}, schema).length).toBeGreaterThan(3);
  });

  it('are, in the figures of every prison, as the service describes them', async () => {
    const schema = await described('/prisons/{prisonId}/key-work');
    for (const prison of prisons) expect(differences(await answer(`/prisons/${prison}/key-work`), schema)).toEqual([]);
    expect(differences({ ...(await answer('/prisons/XYI/key-work')), more: 1 }, schema)).toEqual([
      '$.more is not described',
    ]);
  });
});
