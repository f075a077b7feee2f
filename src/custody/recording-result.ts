import type { Position } from '../store/event-store.js';
import type { FieldError } from '../prison/field-error.js';

/** What became of one event that was sent. */
export interface EventResult {
  /** Null where not even that could be read. */
  readonly id: string | null;
  readonly status: 'accepted' | 'duplicate' | 'refused';
  readonly errors?: readonly FieldError[];
  /** It is kept, and counts as soon as the person is known to be where the sender says, or nowhere else. */
  readonly pending?: typeof NOT_YET_HERE;
}

/** Another prison holds the person whom it is about. */
export const NOT_YET_HERE = 'NOT_YET_HERE';

export interface RecordingResult {
  /** In the order in which the events were sent. */
  readonly results: readonly EventResult[];
  /** The highest position of any of them in the log: reading at least up to it shows them all. */
  readonly position: Position;
  /** The tellings that brought what is a duplicate now: where one was stopped half-way, this one may tell it to its end. */
  readonly resumed?: readonly string[];
}

const ID_REUSED = 'EVENT_ID_REUSED';
const REUSED =
  'is the id of another event, with other content. Give a new event an id of its own; send a correction with a higher ' +
  'source.revision, or withdraw the event (EventWithdrawn) and send a new one';

export const idReused = (id: string): FieldError => ({ field: 'id', value: id, code: ID_REUSED, message: REUSED });

export const isIdReused = ({ errors }: EventResult): boolean => errors?.some(({ code }) => code === ID_REUSED) ?? false;
