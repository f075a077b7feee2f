import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PendingProjection } from '../../src/custody/pending/pending-projection.js';
import { SignedInService } from './service.js';

const HOUR = 3_600_000;
const SEND = 'ROLE_CUSTODY_WATCH__EVENTS__RW';
const CONFIG = join(import.meta.dirname, '../../config');
const ACCESS = 'clients:\n  feed-xyi: [XYI]\n  feed-xym: [XYM]\n  feed-of-both: [XYM, XYI]\n  national-feed: all\n';

let service: SignedInService;
let configDir: string;

beforeAll(async () => {
  configDir = mkdtempSync(join(tmpdir(), 'config-'));
  symlinkSync(join(CONFIG, 'rules'), join(configDir, 'rules'));
  writeFileSync(join(configDir, 'access.yml'), ACCESS);
  service = await SignedInService.start({ CONFIG_DIR: configDir });
});

afterAll(async () => {
  await service.stop();
  rmSync(configDir, { recursive: true });
});

const happened = (type: string, prisonNumber: string, prisonId: string, data: object = {}) => ({
  type,
  prisonNumber,
  prisonId,
  occurredAt: new Date(service.clock.now()).toISOString(),
  data,
});

describe('the log keeps with every event who sent it', () => {
  const sendersOf = async (prisonNumber: string): Promise<unknown[]> =>
    (await service.log())
      .filter(({ metadata }) => metadata['prisonNumber'] === prisonNumber)
      .map(({ metadata }) => metadata['sender']);

  it.each([
    ['feed-of-both', 'B0001AA', ['XYI', 'XYM']],
    ['national-feed', 'B0002AA', 'all'],
  ])('a service by its client id and the prisons that it sends for: %s', async (client, prisonNumber, prisons) => {
    const event = happened('PrisonerReceived', prisonNumber, 'XYM', { reason: 'NEW_ADMISSION' });
    await service.send('/custody-events', event, await service.tokenOfClient(client, [SEND]));
    expect(await sendersOf(prisonNumber)).toEqual([{ client, prisons }]);
  });

  it('somebody by the client that they came through and their user name', async () => {
    const claims = { user_name: 'ASMITH_GEN', client_id: 'pages', authorities: [SEND], caseloads: ['XYM'] };
    const event = happened('PrisonerReceived', 'B0003AA', 'XYM', { reason: 'NEW_ADMISSION' });
    await service.send('/custody-events', event, await service.issuer.sign(claims));
    expect(await sendersOf('B0003AA')).toEqual([{ client: 'pages', user: 'ASMITH_GEN', prisons: ['XYM'] }]);
  });
});

describe('a history, whose people nobody watches before it is complete', () => {
  it.each([
    ['feed-xym', 403, 403],
    ['national-feed', 201, 200],
  ])(
    'is told, and those that are open are listed, only by who sends for all prisons: %s',
    async (client, begun, listed) => {
      const token = await service.tokenOfClient(client, [SEND]);
      const telling = { id: crypto.randomUUID(), kind: 'history', prisonNumbers: ['H0001AA'] };
      expect((await service.send('/tellings', telling, token)).status).toBe(begun);
      expect((await service.ask('/tellings', token)).status).toBe(listed);
    },
  );

  it('unlike an import, which is of the prisons of its sender', async () => {
    const token = await service.tokenOfClient('feed-xym', [SEND]);
    expect((await service.send('/tellings', { id: crypto.randomUUID(), kind: 'import' }, token)).status).toBe(201);
  });
});

/** What the service answers to one event of a client. */
interface Answer {
  readonly status: string;
  readonly pending?: string;
  readonly errors?: readonly { readonly field: string; readonly value: string; readonly code: string }[];
}

const tell = async (client: string, ...events: readonly object[]): Promise<Answer[]> => {
  const response = await service.send('/custody-events', events, await service.tokenOfClient(client, [SEND]));
  const { results } = (await response.json()) as { results: Answer[] };
  return results.map(({ status, pending, errors }) => ({
    status,
    ...(pending !== undefined && { pending }),
    ...(errors && { errors: errors.map(({ field, value, code }) => ({ field, value, code })) }),
  }));
};

const COUNTS = { status: 'accepted' };
const WAITS = { status: 'accepted', pending: 'NOT_YET_HERE' };
const refused = (field: string, value: string, code: string) => ({
  status: 'refused',
  errors: [{ field, value, code }],
});

/** The history of somebody, as the log has it: what happened in which prison. */
const historyOf = async (prisonNumber: string): Promise<string[]> => {
  await service.heard();
  return (await service.log())
    .filter(({ stream }) => stream.endsWith(`person-${prisonNumber}`))
    .map(({ type, metadata }) => `${type} ${String(metadata['prisonId'])}`);
};

let last = 0;
/** Somebody whom XYI holds. */
const atXyi = async (): Promise<string> => {
  const prisonNumber = `A${String(++last).padStart(4, '0')}AA`;
  await tell('feed-xyi', happened('PrisonerReceived', prisonNumber, 'XYI', { reason: 'NEW_ADMISSION' }));
  service.clock.pass(HOUR);
  return prisonNumber;
};
const atXym = (type: string, prisonNumber: string, data: object = {}) => happened(type, prisonNumber, 'XYM', data);
const arrival = (prisonNumber: string) => atXym('PrisonerReceived', prisonNumber, { reason: 'TRANSFERRED' });

describe('about a person whom another prison holds, a sender may tell', () => {
  it('an arrival at the prison of the sender', async () => {
    const person = await atXyi();
    expect(await tell('feed-xym', arrival(person))).toEqual([COUNTS]);
  });

  it('who is to be their key worker there', async () => {
    const person = await atXyi();
    const allocated = atXym('KeyWorkerAllocated', person, { staffId: '2001' });
    const deallocated = atXym('KeyWorkerDeallocated', person, { staffId: '2001' });
    expect(await tell('feed-xym', allocated, deallocated)).toEqual([COUNTS, COUNTS]);
  });

  it('late records of the stay that they had there, the departure from it among them', async () => {
    const person = await atXyi();
    const during = happened('SelfHarmReported', person, 'XYI');
    service.clock.pass(HOUR);
    await tell('feed-xym', arrival(person));
    service.clock.pass(HOUR);
    const departure = happened('PrisonerReleased', person, 'XYI', { reason: 'TRANSFERRED' });
    expect(await tell('feed-xyi', during, departure)).toEqual([COUNTS, COUNTS]);
    expect(await tell('feed-xyi', happened('SelfHarmReported', person, 'XYI'))).toEqual([WAITS]);
  });

  it('nothing else: it is set aside, outside their history', async () => {
    const person = await atXyi();
    const others = [
      atXym('KeyWorkerSessionHeld', person, { staffId: '2001' }),
      atXym('AcctClosed', person),
      atXym('SegregationEnded', person),
      atXym('PrisonerReleased', person, { reason: 'DIED' }),
    ];
    expect(await tell('feed-xym', ...others)).toEqual(others.map(() => WAITS));
    expect(await historyOf(person)).toEqual(['PrisonerReceived XYI']);
  });
});

describe('a sender is refused, and told the member, its value and why', () => {
  it.each([
    ['PersonDetailsChanged', { firstName: 'John', lastName: 'Smith' }],
    ['PrisonerRecordsMerged', { removedPrisonNumber: 'B9999AA' }],
  ])('%s about somebody whom another prison holds', async (type, data) => {
    const person = await atXyi();
    expect(await tell('feed-xym', atXym(type, person, data))).toEqual([
      refused('prisonNumber', person, 'HELD_ELSEWHERE'),
    ]);
    expect(await tell('feed-xyi', happened(type, person, 'XYI', data))).toEqual([COUNTS]);
  });

  it('the records of somebody whom another prison holds, merged into those of another', async () => {
    const [person, kept] = [await atXyi(), await atXyi()];
    await tell('feed-xym', arrival(kept));
    const merged = atXym('PrisonerRecordsMerged', kept, { removedPrisonNumber: person });
    expect(await tell('feed-xym', merged)).toEqual([refused('data.removedPrisonNumber', person, 'HELD_ELSEWHERE')]);
  });

  it('a later telling of a record of another prison, under whatever number', async () => {
    const [person, own] = [await atXyi(), `B${String(++last).padStart(4, '0')}AA`];
    const told = (prisonNumber: string, prison: string, revision: number) => ({
      ...happened('PrisonerReceived', prisonNumber, prison, { reason: 'RETURN_FROM_COURT' }),
      source: { system: 'movements', id: `m-${person}`, revision },
    });
    await tell('feed-xyi', told(person, 'XYI', 1));
    await service.heard();
    const no = refused('source.id', `m-${person}`, 'NOT_YOUR_EVENT');
    expect(await tell('feed-xym', told(person, 'XYM', 2))).toEqual([no]);
    expect(await tell('feed-xym', told(own, 'XYM', 2))).toEqual([no]);
    expect(await tell('feed-xyi', told(person, 'XYI', 2))).toEqual([COUNTS]);
  });

  it('the withdrawal of an event of another prison, whoever holds the person', async () => {
    const person = await atXyi();
    const harm = { id: crypto.randomUUID(), ...happened('SelfHarmReported', person, 'XYI') };
    await tell('feed-xyi', harm);
    const withdrawal = (prison: string) =>
      happened('EventWithdrawn', person, prison, { withdraws: harm.id, reason: 'x' });
    const no = refused('data.withdraws', harm.id, 'NOT_YOUR_EVENT');
    expect(await tell('feed-xym', withdrawal('XYM'))).toEqual([no]);
    await tell('feed-xym', arrival(person));
    expect(await tell('feed-xym', withdrawal('XYM'))).toEqual([no]);
    expect(await tell('feed-xyi', withdrawal('XYI'))).toEqual([COUNTS]);
  });
});

describe('what is set aside', () => {
  it('is taken in with its own instant, once, as soon as an arrival there is known', async () => {
    const person = await atXyi();
    const harm = { id: crypto.randomUUID(), ...atXym('SelfHarmReported', person) };
    expect(await tell('feed-xym', harm)).toEqual([WAITS]);
    service.clock.pass(HOUR);
    await tell('feed-xym', arrival(person));
    expect(await historyOf(person)).toEqual(['PrisonerReceived XYI', 'PrisonerReceived XYM', 'SelfHarmReported XYM']);
    const [taken] = (await service.log()).filter(({ stream, id }) => id === harm.id && stream.includes('person-'));
    expect(taken?.metadata['occurredAt']).toBe(harm.occurredAt);
    expect(taken?.metadata['sender']).toEqual({ client: 'feed-xym', prisons: ['XYM'] });
    expect(await tell('feed-xym', harm)).toEqual([{ status: 'duplicate' }]);
  });

  it('is taken in as soon as the departure of the person is known', async () => {
    const person = await atXyi();
    await tell('feed-xym', atXym('AcctOpened', person));
    service.clock.pass(HOUR);
    await tell('feed-xyi', happened('PrisonerReleased', person, 'XYI', { reason: 'TRANSFERRED' }));
    expect(await historyOf(person)).toEqual(['PrisonerReceived XYI', 'PrisonerReleased XYI', 'AcctOpened XYM']);
  });

  it('is taken in when the arrival by which the person was taken over is withdrawn', async () => {
    const person = await atXyi();
    const wrong = { id: crypto.randomUUID(), ...arrival(person) };
    await tell('feed-xym', wrong);
    service.clock.pass(HOUR);
    expect(await tell('feed-xyi', happened('AcctOpened', person, 'XYI'))).toEqual([WAITS]);
    await tell('feed-xym', atXym('EventWithdrawn', person, { withdraws: wrong.id, reason: 'Wrong number.' }));
    expect(await historyOf(person)).toContain('AcctOpened XYI');
  });

  it('need not wait for an arrival that is sent behind it', async () => {
    const person = await atXyi();
    const harm = atXym('SelfHarmReported', person);
    const details = atXym('PersonDetailsChanged', person, { firstName: 'John', lastName: 'Smith' });
    expect(await tell('feed-xym', harm, details, arrival(person))).toEqual([COUNTS, COUNTS, COUNTS]);
  });

  it('is a duplicate when it is sent again, and refused with other content', async () => {
    const person = await atXyi();
    const session = { id: crypto.randomUUID(), ...atXym('KeyWorkerSessionHeld', person, { staffId: '2001' }) };
    await tell('feed-xym', session);
    expect(await tell('feed-xym', session)).toEqual([{ status: 'duplicate', pending: 'NOT_YET_HERE' }]);
    expect(await tell('feed-xym', { ...session, data: { staffId: '2002' } })).toEqual([
      refused('id', session.id, 'EVENT_ID_REUSED'),
    ]);
  });

  it('is over when its sender withdraws it, and never comes into the history', async () => {
    const person = await atXyi();
    const harm = { id: crypto.randomUUID(), ...atXym('SelfHarmReported', person) };
    await tell('feed-xym', harm);
    const withdrawal = atXym('EventWithdrawn', person, { withdraws: harm.id, reason: 'Wrong number.' });
    expect(await tell('feed-xym', withdrawal)).toEqual([WAITS]);
    await tell('feed-xym', arrival(person));
    expect(await historyOf(person)).toEqual(['PrisonerReceived XYI', 'PrisonerReceived XYM']);
    expect(await tell('feed-xym', harm)).toEqual([{ status: 'duplicate' }]);
  });

  it('lies in the log sealed with the key of the person', async () => {
    const person = await atXyi();
    await tell('feed-xym', atXym('AcctOpened', person, { concern: 'Said that he has nothing to live for.' }));
    const [aside] = (await service.log()).filter(({ stream }) => stream.endsWith(`pending-${person}`));
    expect(aside?.data).toEqual({ $personal: expect.objectContaining({ members: ['concern'] }) });
  });
});

describe('whoever the configuration gives all prisons', () => {
  it('may tell anything of anybody, at once', async () => {
    const person = await atXyi();
    const told = [
      atXym('AcctOpened', person),
      atXym('PersonDetailsChanged', person, { firstName: 'John', lastName: 'Smith' }),
    ];
    expect(await tell('national-feed', ...told)).toEqual([COUNTS, COUNTS]);
  });

  it('brings in what waits, by telling of it too', async () => {
    const person = await atXyi();
    const opened = { id: crypto.randomUUID(), ...atXym('AcctOpened', person) };
    await tell('feed-xym', opened);
    expect(await tell('national-feed', opened)).toEqual([COUNTS]);
    await tell('feed-xym', arrival(person));
    expect(await historyOf(person)).toEqual(['PrisonerReceived XYI', 'AcctOpened XYM', 'PrisonerReceived XYM']);
  });
});

describe('what waits is shown at once', () => {
  const READ = 'ROLE_CUSTODY_WATCH__ALERTS__RO';
  interface Shown {
    readonly summary: string;
    readonly type: string;
    readonly heldBy: string;
  }
  const shownTo = async (prison: string, person: string, query = ''): Promise<Shown[]> => {
    await service.heard();
    const path = `/pending-events?prisonNumber=${person}${query}`;
    const response = await service.ask(path, await service.tokenOf([READ], [prison]));
    return ((await response.json()) as { content: Shown[] }).content;
  };

  it('to both prisons and to no other, with who tells of whom, and who holds them', async () => {
    const person = await atXyi();
    await tell('feed-xym', atXym('AcctOpened', person, { concern: 'Said that he has nothing to live for.' }));
    const summary = `XYM tells of ${person}, whom XYI holds`;
    for (const prison of ['XYI', 'XYM']) {
      const shown = await shownTo(prison, person);
      expect(shown).toMatchObject([{ summary, type: 'AcctOpened', heldBy: 'XYI', pending: 'NOT_YET_HERE' }]);
      expect(JSON.stringify(shown)).not.toContain('nothing to live for');
    }
    expect(await shownTo('XYX', person)).toEqual([]);
    expect(await shownTo('XYI', person, '&prisonId=XYX')).toEqual([]);
  });

  it('until it counts, or is withdrawn', async () => {
    const [person, other] = [await atXyi(), await atXyi()];
    const harm = { id: crypto.randomUUID(), ...atXym('SelfHarmReported', other) };
    await tell('feed-xym', atXym('AcctOpened', person));
    await tell('feed-xym', harm);
    expect([...(await shownTo('XYI', person)), ...(await shownTo('XYI', other))]).toHaveLength(2);
    await tell('feed-xym', arrival(person));
    await tell('feed-xym', atXym('EventWithdrawn', other, { withdraws: harm.id, reason: 'Wrong number.' }));
    expect([...(await shownTo('XYM', person)), ...(await shownTo('XYM', other))]).toEqual([]);
  });
});

describe('those who run the service are told of what waits, and of nobody in prison', () => {
  /** What one prison told of somebody of another, a whole hour ago and a bit. */
  const anHourAgo = async (): Promise<string> => {
    const person = await atXyi();
    await tell('feed-xym', atXym('AcctOpened', person));
    await service.heard();
    service.clock.pass(HOUR + 1_000);
    return person;
  };
  const linesAbout = (prison: string): string[] =>
    service.logged.filter((line) => line.startsWith(`What ${prison} told of people whom other prisons hold`));

  it('by a figure for each prison that tells, and since when the oldest of it waits', async () => {
    const figure = async (): Promise<number> => {
      const text = await (await service.ask('/metrics')).text();
      return Number(/custody_watch_pending_events\{prison="XYM"\} (\d+)/.exec(text)?.[1]);
    };
    await service.untilReady();
    const before = await figure();
    await anHourAgo();
    expect(await figure()).toBe(before + 1);
    const text = await (await service.ask('/metrics')).text();
    expect(text).toMatch(/custody_watch_pending_event_oldest_timestamp_seconds\{prison="XYM"\} \d+/);
    expect(text).toMatch(/custody_watch_pending_events\{prison="XYI"\} \d+/);
    expect(text).not.toMatch(/[AB]\d{4}AA/);
  });

  it('by health, which stays UP', async () => {
    await anHourAgo();
    const { components } = (await (await service.ask('/health')).json()) as {
      components: { pendingEvents: { status: string; details: { waiting: number; overAnHour: number } } };
    };
    const { status, details } = components.pendingEvents;
    expect(status).toBe('UP');
    expect(details.waiting).toBeGreaterThanOrEqual(details.overAnHour);
    expect(details.overAnHour).toBeGreaterThan(0);
  });

  it('by one line of the log after an hour', async () => {
    const tick = () => service.app.get(PendingProjection).tick(service.clock.now());
    await anHourAgo();
    await tick();
    const before = linesAbout('XYM').length;
    await tick();
    expect(linesAbout('XYM')).toHaveLength(before);
    const person = await anHourAgo();
    await tick();
    expect(linesAbout('XYM')).toHaveLength(before + 1);
    expect(service.logged.join('\n')).not.toContain(person);
  });
});

describe('what waits is personal data of the person', () => {
  const CONCERN = 'Said that he has nothing to live for.';
  const held = async (person: string): Promise<unknown[]> => {
    const token = await service.tokenOf(['ROLE_SAR_DATA_ACCESS'], ['XYI', 'XYM']);
    const response = await service.ask(`/subject-access-request?prn=${person}`, token);
    return ((await response.json()) as { content: { custodyEvents: unknown[] } }).content.custodyEvents;
  };
  const erase = async (person: string): Promise<void> => {
    const token = await service.tokenOf(['ROLE_CUSTODY_WATCH__ADMIN__RW'], ['XYI']);
    await service.watchSettles();
    const answer = await service.send(
      `/prisoners/${person}/erasure`,
      { reason: 'COURT_ORDER', confirmStillWatched: true },
      token,
    );
    expect(answer.status).toBe(200);
  };

  it('which they are told of, once, also when it counts', async () => {
    const person = await atXyi();
    await tell('feed-xym', atXym('AcctOpened', person, { concern: CONCERN }));
    const [, waits] = await held(person);
    expect(waits).toMatchObject({ type: 'AcctOpened', data: { concern: CONCERN }, pending: 'NOT_YET_HERE' });
    await tell('feed-xym', arrival(person));
    await service.heard();
    const counting = (await held(person)).filter((event) => (event as { type: string }).type === 'AcctOpened');
    expect(counting).toEqual([expect.objectContaining({ data: { concern: CONCERN } })]);
    expect(counting[0]).not.toHaveProperty('pending');
  });

  it('and is erased with the person: what it says of what happened counts all the same', async () => {
    const person = await atXyi();
    await tell('feed-xym', atXym('AcctOpened', person, { concern: CONCERN }));
    await erase(person);
    expect(JSON.stringify(await held(person))).not.toContain(CONCERN);
    await tell('feed-xym', arrival(person));
    expect(await historyOf(person)).toContain('AcctOpened XYM');
    expect(await held(person)).toContainEqual(
      expect.objectContaining({ type: 'AcctOpened', data: { concern: '(erased)' } }),
    );
  });
});

describe('an arrival that takes over a person whom another prison held, while no departure was told', () => {
  const HISTORY = 'ROLE_CUSTODY_WATCH__HISTORY__RO';
  interface Entry {
    readonly kind: string;
    readonly type: string;
    readonly prisonId: string;
    readonly takesOverFrom?: string;
  }
  const asked = async (path: string, prison: string): Promise<unknown> => {
    const response = await service.ask(path, await service.tokenOf([HISTORY], [prison]));
    return response.status === 200 ? response.json() : response.status;
  };
  /** The arrivals in somebody's history, each with the prison that it took them over from. */
  const arrivalsOf = async (person: string, prison: string): Promise<unknown> => {
    await service.heard();
    await service.watchSettles();
    const answer = await asked(`/prisoners/${person}/timeline`, prison);
    if (typeof answer === 'number') return answer;
    return (answer as { entries: Entry[] }).entries
      .filter(({ type }) => type === 'PrisonerReceived')
      .map(({ prisonId, takesOverFrom }) => [prisonId, takesOverFrom]);
  };

  it('is told in the history, until the departure is told', async () => {
    const person = await atXyi();
    await tell('feed-xym', arrival(person));
    expect(await arrivalsOf(person, 'XYM')).toEqual([
      ['XYI', undefined],
      ['XYM', 'XYI'],
    ]);
    const { notKnown } = (await asked(`/prisoners/${person}/key-worker-history`, 'XYM')) as { notKnown: object[] };
    expect(notKnown).toContainEqual(expect.objectContaining({ code: 'DEPARTURE_NOT_TOLD', about: 'XYI' }));
    service.clock.pass(HOUR);
    await tell('feed-xyi', happened('PrisonerReleased', person, 'XYI', { reason: 'TRANSFERRED' }));
    expect(await arrivalsOf(person, 'XYM')).toEqual([
      ['XYI', undefined],
      ['XYM', undefined],
    ]);
  });

  describe('leaves the former prison what was its own, for a day', () => {
    const DAY = 24 * HOUR;
    const READ = 'ROLE_CUSTODY_WATCH__ALERTS__RO';
    const CONCERN = 'Told his key worker that he sleeps badly.';
    const told = async (person: string, prison: string): Promise<unknown> => {
      const answer = await asked(`/prisoners/${person}/timeline`, prison);
      if (typeof answer === 'number') return answer;
      return (answer as { entries: Entry[] }).entries
        .filter(({ kind }) => kind === 'custody-event')
        .map(({ type }) => type);
    };
    const alertsOf = async (person: string, prison: string): Promise<{ id: string; rule: string }[]> => {
      const token = await service.tokenOf([READ], [prison]);
      const list = await service.ask(`/safety-alerts?prisonNumber=${person}&state=OPEN&size=500`, token);
      return ((await list.json()) as { content: { id: string; rule: string }[] }).content;
    };
    const settled = async (): Promise<void> => {
      await service.heard();
      await service.watchSettles();
    };
    /** Somebody with an alert at XYI, whom XYM has received, and of whom it has told something since. */
    const takenOver = async (): Promise<string> => {
      const person = await atXyi();
      await tell('feed-xyi', happened('BereavementNotified', person, 'XYI'));
      service.clock.pass(60_000);
      await tell('feed-xyi', happened('ConcernNoticed', person, 'XYI', { by: 'STAFF', kind: 'MOOD', text: CONCERN }));
      await settled();
      service.clock.pass(HOUR);
      await tell('feed-xym', arrival(person));
      await tell('feed-xym', atXym('VisitCancelled', person, { by: 'VISITOR' }), atXym('SelfHarmReported', person));
      service.clock.pass(2 * HOUR);
      await settled();
      return person;
    };

    it('the history, with the alerts in it: nothing that the next prison told', async () => {
      const person = await takenOver();
      const own = ['PrisonerReceived', 'BereavementNotified', 'ConcernNoticed'];
      expect(await told(person, 'XYI')).toEqual(own);
      expect(JSON.stringify(await asked(`/prisoners/${person}/timeline`, 'XYI'))).toContain(CONCERN);
      expect(await asked(`/prisoners/${person}/key-worker-history`, 'XYI')).toMatchObject({ prisonId: 'XYI' });
      expect(await told(person, 'XYM')).toEqual(
        expect.arrayContaining([...own, 'PrisonerReceived', 'VisitCancelled', 'SelfHarmReported']),
      );
      expect(await told(person, 'XYX')).toBe(404);
    });

    it('the alerts that it had, to read and not to work', async () => {
      const person = await takenOver();
      const own = (await alertsOf(person, 'XYI')).map(({ rule }) => rule);
      expect(own).toEqual(['FAM-02']);
      expect((await alertsOf(person, 'XYM')).map(({ rule }) => rule)).toEqual(
        expect.arrayContaining(['VUL-01', 'FAM-02']),
      );
      const [alert] = await alertsOf(person, 'XYI');
      const at = `/safety-alerts/${String(alert?.id)}`;
      const token = await service.tokenOf(['ROLE_CUSTODY_WATCH__ALERTS__RW'], ['XYI']);
      expect((await service.ask(at, token)).status).toBe(200);
      expect((await service.send(`${at}/acknowledge`, {}, token)).status).toBe(404);
      expect(await alertsOf(person, 'XYX')).toEqual([]);
    });

    it('as they stood: not what the next prison does about them', async () => {
      const person = await takenOver();
      const [alert] = await alertsOf(person, 'XYI');
      const at = `/safety-alerts/${String(alert?.id)}`;
      const seen = async (prison: string): Promise<unknown> =>
        (await service.ask(at, await service.tokenOf([READ], [prison]))).json();
      const before = await seen('XYI');
      const worker = await service.tokenOf(['ROLE_CUSTODY_WATCH__ALERTS__RW'], ['XYM'], 'BJONES_GEN');
      expect((await service.send(`${at}/acknowledge`, { note: 'Seen at XYM.' }, worker)).status).toBe(200);
      expect(await alertsOf(person, 'XYI')).toEqual([alert]);
      expect(await seen('XYI')).toEqual(before);
      expect(JSON.stringify(await seen('XYM'))).toContain('BJONES_GEN');
    });

    it('until the departure is told', async () => {
      const person = await takenOver();
      await tell('feed-xyi', happened('PrisonerReleased', person, 'XYI', { reason: 'TRANSFERRED' }));
      await settled();
      expect(await told(person, 'XYI')).toBe(404);
      expect(await alertsOf(person, 'XYI')).toEqual([]);
    });

    it('and no longer', async () => {
      const person = await takenOver();
      service.clock.pass(DAY);
      await settled();
      expect(await told(person, 'XYI')).toBe(404);
      expect(await alertsOf(person, 'XYI')).toEqual([]);
      expect(await told(person, 'XYM')).toContain('VisitCancelled');
    });
  });

  it('is none where the person had gone to court', async () => {
    const person = await atXyi();
    await tell('feed-xyi', happened('PrisonerReleased', person, 'XYI', { reason: 'SENT_TO_COURT' }));
    service.clock.pass(HOUR);
    await tell('feed-xym', arrival(person));
    expect(await arrivalsOf(person, 'XYM')).toEqual([
      ['XYI', undefined],
      ['XYM', undefined],
    ]);
  });
});

it('whatever waited, came later or was taken over: verify finds no difference', async () => {
  const person = await atXyi();
  await tell('feed-xym', atXym('SelfHarmReported', person), atXym('AcctOpened', person));
  await service.heard();
  service.clock.pass(HOUR);
  await service.watchSettles();
  await tell('feed-xym', arrival(person));
  await service.heard();
  await service.watchSettles();
  const { checked, findings, parked } = await service.verified();
  expect(checked).toBeGreaterThan(20);
  expect([findings, parked]).toEqual([[], 0]);
});
