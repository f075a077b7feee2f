import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { InMemoryEventStore } from '../../../test/in-memory-event-store.js';
import { anyLevels } from '../../../test/safety-alerts/any-commands.js';
import { at, carryOut, levelIs, levelIsNone, movedTo, reminded, repeated } from '../../../test/safety-alerts/given.js';
import type { AppendResult, ExpectedRevision, NewEvent, ReadOptions, RecordedEvent } from '../../store/event-store.js';
import { InMemoryKeyRing } from '../../../test/in-memory-key-ring.js';
import { Seals } from '../../personal-data/seals.js';
import { alertEventIdOf, alertIdOf, alertStreamOf } from './alert-ids.js';
import { UnknownAlertEvent } from './errors.js';
import type { SetLevel } from './safety-alert-commands.js';
import type { SafetyAlertEvent } from './safety-alert-events.js';
import { initialState } from './safety-alert.js';
import { type PersonAction, SafetyAlerts } from './safety-alerts.js';
import { withNoteOpened } from './stored-safety-alert-event.js';

const clock = { now: () => Date.parse(at(12)) };
const seals = new Seals(new InMemoryKeyRing());
const stream = alertStreamOf('KW-01', 'A0019AA');

/** A store that counts the events that it gives. */
class CountingEventStore extends InMemoryEventStore {
  read = 0;

  override async *readStream(name: string, options?: ReadOptions): AsyncIterable<RecordedEvent> {
    for await (const event of super.readStream(name, options)) {
      this.read++;
      yield event;
    }
  }
}

/** A store whose every read and append waits for its turn, so that writers meet in any order. */
class InterleavedEventStore extends InMemoryEventStore {
  constructor(private readonly scheduler: fc.Scheduler) {
    super();
  }

  override async append(name: string, expected: ExpectedRevision, events: readonly NewEvent[]): Promise<AppendResult> {
    await this.scheduler.schedule(Promise.resolve());
    return super.append(name, expected, events);
  }

  override async *readStream(name: string, options?: ReadOptions): AsyncIterable<RecordedEvent> {
    await this.scheduler.schedule(Promise.resolve());
    yield* super.readStream(name, options);
  }
}

const written = async (store: InMemoryEventStore): Promise<RecordedEvent[]> => {
  const events: RecordedEvent[] = [];
  for await (const event of store.readStream(`test_${stream}`)) events.push(event);
  return events;
};

const withoutWatching = (levels: readonly SetLevel[]): SafetyAlertEvent[] => {
  let alert = initialState;
  return levels.flatMap((level) => {
    const [next, events] = carryOut(level, alert);
    alert = next;
    return events;
  });
};

describe('safety alerts in the log', () => {
  it('carry ids that hang on rule, person and episode alone', async () => {
    const store = new InMemoryEventStore();
    const alerts = new SafetyAlerts({ store, clock, prefix: 'test_', seals });
    await alerts.setLevel(levelIs('LOW', 1));
    const [raised] = await written(store);
    expect(raised?.data).toMatchObject({ alertId: alertIdOf(stream, 1), episode: 1, decidedOn: '1' });
    expect(raised?.metadata).toEqual({ schema: 3, occurredAt: at(1), knownAt: at(1), recordedAt: at(12) });
    expect(alertIdOf(stream, 1)).toBe('5652f459-c1a0-568f-85eb-3b845f80f28e');
  });

  it('cost the watch the same at the hundredth decision as at the third: what it has read it does not read again', async () => {
    const store = new CountingEventStore();
    const alerts = new SafetyAlerts({ store, clock, prefix: 'test_', seals });
    await alerts.setLevel(levelIs('LOW', 1));
    const reads: number[] = [];
    for (let n = 0; n < 100; n++) {
      store.read = 0;
      await alerts.repeat(repeated(2, `ask-${n}`));
      reads.push(store.read);
    }
    expect(reads).toEqual(Array.from({ length: 100 }, () => 1));
    expect(await written(store)).toHaveLength(101);
  });

  it('are decided on with what others wrote meanwhile', async () => {
    const store = new InMemoryEventStore();
    const [here, there] = [1, 2].map(() => new SafetyAlerts({ store, clock, prefix: 'test_', seals }));
    await here?.setLevel(levelIs('LOW', 1));
    await there?.repeat(repeated(2, 'ask-1'));
    await here?.repeat(repeated(2, 'ask-1'));
    await here?.setLevel(levelIs('HIGH', 3));
    expect((await written(store)).map(({ type }) => type)).toEqual([
      'SafetyAlertRaised',
      'SafetyAlertRepeated',
      'SafetyAlertEscalated',
    ]);
  });

  it('answer with the position of the last event, also when there was nothing to do', async () => {
    const alerts = new SafetyAlerts({ store: new InMemoryEventStore(), clock, prefix: 'test_', seals });
    expect(await alerts.setLevel(levelIsNone(1))).toBe('0');
    const raised = await alerts.setLevel(levelIs('LOW', 2));
    expect(await alerts.setLevel(levelIs('LOW', 3))).toBe(raised);
    expect(await alerts.repeat(repeated(4, 'ask-1'))).not.toBe(raised);
  });

  it('have for each event the id of its place in the stream, so that the same append stored twice is one', async () => {
    const store = new InMemoryEventStore();
    const alerts = new SafetyAlerts({ store, clock, prefix: 'test_', seals });
    await alerts.setLevel(levelIs('LOW', 1));
    await alerts.setLevel(levelIs('HIGH', 2));
    const alertId = alertIdOf(stream, 1);
    expect((await written(store)).map(({ id }) => id)).toEqual([
      alertEventIdOf(alertId, 'SafetyAlertRaised', 0),
      alertEventIdOf(alertId, 'SafetyAlertEscalated', 1),
    ]);
  });

  it('follow a person to another prison, and come back once nobody has them any more', async () => {
    const store = new InMemoryEventStore();
    const alerts = new SafetyAlerts({ store, clock, prefix: 'test_', seals });
    await alerts.setLevel(levelIs('CRITICAL', 1));
    await alerts.move(movedTo('XYM', 2));
    const acknowledged: PersonAction = { type: 'Acknowledge', by: 'ASMITH_GEN' };
    await alerts.act({ stream, episode: 1 }, acknowledged);
    await alerts.remind(reminded(15));
    expect((await written(store)).map(({ type, data }) => [type, data['prisonId'] ?? data['at']])).toEqual([
      ['SafetyAlertRaised', 'XYI'],
      ['SafetyAlertMoved', 'XYM'],
      ['SafetyAlertAcknowledged', at(12)],
      ['SafetyAlertAcknowledgementLapsed', at(14)],
    ]);
  });

  it('are decided by nobody where an event of theirs lacks what its type has', async () => {
    const store = new InMemoryEventStore();
    const bare = { id: alertEventIdOf(stream, 'SafetyAlertRepeated', 0), type: 'SafetyAlertRepeated' };
    await store.append(`test_${stream}`, 'no-stream', [{ ...bare, data: { episode: 1 }, metadata: { schema: 3 } }]);
    const alerts = new SafetyAlerts({ store, clock, prefix: 'test_', seals });
    await expect(alerts.setLevel(levelIs('LOW', 1))).rejects.toThrow(UnknownAlertEvent);
    expect(await written(store)).toHaveLength(1);
  });
});

describe('several instances on one log', () => {
  it('raise, escalate and close each alert once, however their reads and writes meet', async () => {
    await fc.assert(
      fc.asyncProperty(fc.scheduler(), anyLevels, async (scheduler, levels) => {
        const store = new InterleavedEventStore(scheduler);
        const instance = async () => {
          const alerts = new SafetyAlerts({ store, clock, prefix: 'test_', seals });
          for (const level of levels) await alerts.setLevel(level);
        };
        await scheduler.waitFor(Promise.all([instance(), instance(), instance()]));
        const once = withoutWatching(levels).map(({ type, data }) => ({ type, data }));
        expect(await scheduler.waitFor(written(store))).toMatchObject(once);
      }),
      { numRuns: 60 },
    );
  });

  it('lose no action of people who act at the same instant', async () => {
    await fc.assert(
      fc.asyncProperty(fc.scheduler(), async (scheduler) => {
        const store = new InterleavedEventStore(scheduler);
        const alerts = new SafetyAlerts({ store, clock, prefix: 'test_', seals });
        await scheduler.waitFor(alerts.setLevel(levelIs('LOW', 1)));
        const notes = ['seen at work', 'seen on the wing', 'seen at the gym'];
        const add = (note: string) => alerts.act({ stream, episode: 1 }, { type: 'AddNote', by: 'local', note });
        await scheduler.waitFor(Promise.all(notes.map(add)));
        const opened = (recorded: RecordedEvent) => withNoteOpened(recorded, 'A0019AA', seals);
        const events = await Promise.all((await scheduler.waitFor(written(store))).map(opened));
        const kept = events.slice(1).map(({ data }) => data['note']);
        expect(kept.sort()).toEqual(notes.sort());
      }),
      { numRuns: 30 },
    );
  });
});
