import type { Position } from '../store/event-store.js';
import { type FieldError, told, type ToldErrors } from '../prison/field-error.js';

/** What became of one event that was sent. */
export interface EventResult extends Partial<ToldErrors> {
  /** Null where not even that could be read. */
  readonly id: string | null;
  readonly status: 'accepted' | 'duplicate' | 'refused';
  /** It is kept, and counts as soon as the person is known to be where the sender says, or nowhere else. */
  readonly pending?: typeof NOT_YET_HERE;
  /** Of a duplicate: another telling that brought it and is not complete. It does not count before that is. */
  readonly telling?: string;
}

/** Another prison holds the person whom it is about. */
export const NOT_YET_HERE = 'NOT_YET_HERE';

export interface RecordingResult {
  /** In the order in which the events were sent. */
  readonly results: readonly EventResult[];
  /** The highest position of any of them in the log: reading at least up to it shows them all. */
  readonly position: Position;
  /** How many problems there are besides those that the results tell. */
  readonly moreErrors?: number;
}

/** How many problems one answer tells: who sends a whole file in a wrong form is helped by the first of them. */
const MOST_IN_ANSWER = 1_000;

/** The results of one answer, as they come: beyond so many problems only how many each of them has. */
export class ResultsTold {
  readonly results: EventResult[] = [];
  private left = MOST_IN_ANSWER;
  private more = 0;

  add({ errors, moreErrors = 0, ...result }: EventResult): void {
    if (errors) {
      const { errors: first, moreErrors: rest = 0 } = told(errors, this.left);
      this.left -= first.length;
      this.more += rest + moreErrors;
      this.results.push({ ...result, errors: first, ...(rest + moreErrors > 0 && { moreErrors: rest + moreErrors }) });
    } else this.results.push(result);
  }

  /** How many problems these results do not tell; nothing where they tell all. */
  get untold(): { readonly moreErrors?: number } {
    return this.more > 0 ? { moreErrors: this.more } : {};
  }
}

const ID_REUSED = 'EVENT_ID_REUSED';
const REUSED =
  'is the id of another event, with other content. Give a new event an id of its own; send a correction with a higher ' +
  'source.revision, or withdraw the event (EventWithdrawn) and send a new one';

export const idReused = (id: string): FieldError => ({ field: 'id', value: id, code: ID_REUSED, message: REUSED });

export const withdrawalStands = (id: string): FieldError => ({
  field: 'data.withdraws',
  value: id,
  message:
    'is a withdrawal, and a withdrawal cannot be withdrawn. Send what it withdrew again, as an event with an id of its ' +
    'own or a higher source.revision',
});

export const isIdReused = ({ errors }: EventResult): boolean => errors?.some(({ code }) => code === ID_REUSED) ?? false;
