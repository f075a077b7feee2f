import type { Json, Position } from '../../store/event-store.js';
import { ALERT_STREAMS } from './alert-ids.js';

/** An event of an alert, or any other. */
interface Stored {
  readonly stream: string;
  readonly data: Json;
}

/** The position in the log that a decision rests on; nothing for an event that holds none. */
export const decidedOn = ({ stream, data }: Stored, prefix: string): Position | undefined => {
  const position = stream.startsWith(prefix + ALERT_STREAMS) ? data['decidedOn'] : undefined;
  return typeof position === 'string' ? position : undefined;
};

/** The data of such an event in a log in which what it rests on lies elsewhere. */
export const decidedOnElsewhere = (data: Json, position: Position): Json => ({ ...data, decidedOn: position });
