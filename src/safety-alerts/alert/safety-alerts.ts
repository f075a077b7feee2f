import { type About, aboutOf } from '../../prison/alert-subject.js';
import type { Seals } from '../../personal-data/seals.js';
import type { Clock } from '../../store/clock.js';
import { isGap } from '../../store/dropped/remaining-event-store.js';
import {
  type EventStore,
  type ExpectedRevision,
  type NewEvent,
  type Position,
  type RecordedEvent,
  START,
} from '../../store/event-store.js';
import { transact } from '../../store/transact.js';
import { alertStreamOf } from './alert-ids.js';
import { UnknownAlertEvent } from './errors.js';
import type {
  Move,
  PersonCommand,
  Remind,
  Repeat,
  SafetyAlertCommand,
  SetLevel,
  WatchCommand,
} from './safety-alert-commands.js';
import type { SafetyAlertEvent } from './safety-alert-events.js';
import type { Policy, SafetyAlert } from './safety-alert-state.js';
import { decide, evolve, initialState } from './safety-alert.js';
import { type Intent, LaterChanges } from './later-changes.js';
import { Lapses } from './terms.js';
import { fromStored, toStored, withNoteOpened, withNoteSealed } from './stored-safety-alert-event.js';

/** Where one episode lives: its stream, without the prefix of the service, and its number from 1. */
export interface EpisodeAddress {
  readonly stream: string;
  readonly episode: number;
}

type WithoutActor<C> = C extends PersonCommand ? Omit<C, 'episode' | 'at'> : never;

/** What a person asks for; the episode and the time are added on the way. */
export type PersonAction = WithoutActor<PersonCommand>;

export interface SafetyAlertsOptions {
  readonly store: EventStore;
  readonly clock: Clock;
  /** The prefix of this service's streams. */
  readonly prefix: string;
  readonly seals: Seals;
  /** How long acknowledgements hold; the default, where it is missing. */
  readonly lapses?: Lapses;
  /** Without it no rule is known to have a worse step. */
  readonly worstStepOf?: Policy['worstStepOf'];
}

interface LoadedAlert {
  readonly alert: SafetyAlert;
  readonly revision: ExpectedRevision;
  readonly position: Position;
  /** Whose key seals its notes: a prison number, or the text that names a key worker. Empty before the first is raised. */
  readonly about: string;
}

const NEVER_RAISED: LoadedAlert = { alert: initialState, revision: 'no-stream', position: START, about: '' };

/** How many alerts are kept as the watch loaded them last. */
const MOST_KEPT = 1_000;

/**
 * Safety alerts as the watch and people change them: load, decide, append; after a conflict, all over again. Every
 * method may be called again with the same command, from any number of instances. Each answers with the position of the
 * last event of the alert's stream, for read-your-writes.
 * @throws StoreUnavailable when the log cannot be read or written; nothing was stored then
 */
export class SafetyAlerts {
  private readonly policy: Policy;
  /** As the watch loaded them last, by stream: it decides on the same ones again and again, and reads on from there. */
  private readonly kept = new Map<string, LoadedAlert>();

  constructor(private readonly options: SafetyAlertsOptions) {
    const { store, lapses = new Lapses(), worstStepOf = () => undefined } = options;
    this.policy = { compare: (a, b) => store.compare(a, b), lapses, worstStepOf };
  }

  /** Makes the alert what the log says it should be (decision 0003). */
  setLevel(command: SetLevel): Promise<Position> {
    return this.follow(command);
  }

  /** Records a further ask on an open alert, once for each custody event (docs/rules-meaning.md, "Repeats"). */
  repeat(command: Repeat): Promise<Position> {
    return this.follow(command);
  }

  /** Lets an alert that is still true follow the person to another prison. */
  move(command: Move): Promise<Position> {
    return this.follow(command);
  }

  /** Brings back an alert that was acknowledged or closed by hand, if it is due to come back by now (decision 0033). */
  remind(command: Remind): Promise<Position> {
    return this.follow(command);
  }

  /** What a person does, now. @throws AlertNotOpen, CriticalMayNotRest, StillTrue, NotStillTrue, InvalidAction, AlertChanged */
  act({ stream, episode }: EpisodeAddress, action: PersonAction, intent: Intent = {}): Promise<Position> {
    return this.carryOut(stream, { ...action, episode, at: this.now() }, new LaterChanges(episode, intent));
  }

  private follow(command: WatchCommand): Promise<Position> {
    return this.carryOut(alertStreamOf(command.rule, command.prisonNumber), command);
  }

  private carryOut(stream: string, command: SafetyAlertCommand, later?: LaterChanges): Promise<Position> {
    return transact(this.options.store, this.options.prefix + stream, async () => {
      const loaded = later ? await this.load(stream, command, later) : await this.readOn(stream, command);
      if (later?.carriedOut) return { done: loaded.position };
      const decided = () => decide(command, loaded.alert, this.policy);
      const events = later ? later.unlessChanged(decided) : decided();
      if (events.length === 0) return { done: loaded.position };
      const stored = (await this.sealed(events, stream, loaded)).map((event) => later?.noted(event) ?? event);
      return { expected: loaded.revision, events: stored, answer: (position) => position };
    });
  }

  private async readOn(stream: string, command: SafetyAlertCommand): Promise<LoadedAlert> {
    const loaded = await this.load(stream, command, undefined, this.kept.get(stream));
    this.kept.delete(stream);
    const [oldest] = this.kept.keys();
    if (this.kept.size >= MOST_KEPT && oldest !== undefined) this.kept.delete(oldest);
    this.kept.set(stream, loaded);
    return loaded;
  }

  private async load(
    stream: string,
    { type }: SafetyAlertCommand,
    later: LaterChanges | undefined,
    before = NEVER_RAISED,
  ): Promise<LoadedAlert> {
    later?.startOver();
    let loaded = before;
    const from = before.revision === 'no-stream' ? 0 : before.revision + 1;
    for await (const recorded of this.options.store.readStream(this.options.prefix + stream, { from })) {
      const { revision, position } = recorded;
      if (isGap(recorded)) {
        loaded = { ...loaded, revision, position };
        continue;
      }
      later?.hear(recorded);
      const about = aboutIfRaised(recorded) ?? loaded.about;
      // Only a further note is compared with earlier ones. The watch needs no key, so no key can stop it.
      const legible = type === 'AddNote' ? await withNoteOpened(recorded, about, this.options.seals) : recorded;
      loaded = { alert: after(loaded.alert, legible), revision, position, about };
    }
    return loaded;
  }

  private sealed(
    events: readonly SafetyAlertEvent[],
    stream: string,
    { revision, about: whom }: LoadedAlert,
  ): Promise<NewEvent[]> {
    const next = revision === 'no-stream' ? 0 : revision + 1;
    const about = { stream: this.options.prefix + stream, about: whom };
    return Promise.all(
      events.map((event, i) =>
        withNoteSealed(toStored(event, stream, next + i, this.now()), about, this.options.seals),
      ),
    );
  }

  private now(): string {
    return new Date(this.options.clock.now()).toISOString();
  }
}

/** Whom an event says that the alert is about: the one that raises it. */
const aboutIfRaised = ({ type, data }: RecordedEvent): string | undefined =>
  type === 'SafetyAlertRaised' ? aboutOf(data as unknown as About) : undefined;

/** The alert after an event of its stream. @throws UnknownAlertEvent, also where the event lacks what its type has */
const after = (alert: SafetyAlert, recorded: RecordedEvent): SafetyAlert => {
  try {
    return evolve(alert, fromStored(recorded));
  } catch (error) {
    throw error instanceof TypeError ? new UnknownAlertEvent(recorded) : error;
  }
};
