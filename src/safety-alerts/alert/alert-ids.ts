import { parse, v5 as uuidv5 } from 'uuid';

/** Never change it: the name of every alert stream and the id of every alert are made with it. */
const NAMESPACE = parse('2d20d8d7-c18b-4116-8a61-b20bc751c46c');

/** The streams of all alerts begin with this, after the prefix of the service. */
export const ALERT_STREAMS = 'alert-';

/**
 * The stream of one rule about one person or key worker, without the prefix of the service.
 * @param about the prison number as in docs/events.md, or the text that names the key worker
 */
export const alertStreamOf = (rule: string, about: string): string =>
  ALERT_STREAMS + uuidv5(`${rule}|${about}`, NAMESPACE);

/** The alert of one episode (from 1) of a stream, the same on every instance and after every replay. */
export const alertIdOf = (stream: string, episode: number): string => uuidv5(`${stream}|${episode}`, NAMESPACE);

/** The id of the event at a revision of the alert's stream: appended there again, it is the same event. */
export const alertEventIdOf = (alertId: string, type: string, revision: number): string =>
  uuidv5(`${alertId}|${type}|${revision}`, NAMESPACE);
