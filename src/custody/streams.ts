import type { CustodyEvent } from './custody-event.js';
import { CATALOGUE } from './catalogue/catalogue.js';

/** The streams of tellings begin with this, after the prefix of the service. */
export const TELLING_STREAMS = 'telling-';

/** The stream in which the custody events of a person are kept. The prefix is the setting STREAM_PREFIX. */
export const personStream = (prefix: string, prisonNumber: string): string => `${prefix}person-${prisonNumber}`;

/** Whose key seals the personal data in a stream of a person or of a member of staff: its name without the prefix. */
export const subjectOf = (prefix: string, stream: string): string => stream.slice(prefix.length);

/** How the names of all custody-event streams begin: for filters. */
export const custodyStreamPrefixes = (prefix: string): readonly string[] =>
  ['person-', 'staff-', 'feed-'].map((kind) => prefix + kind);

/** The same with the streams of tellings: for those who decide what counts. */
export const toldStreamPrefixes = (prefix: string): readonly string[] => [
  ...custodyStreamPrefixes(prefix),
  prefix + TELLING_STREAMS,
];

/** The stream in which an event is kept: of the person, the member of staff, or the feed and prison that it is about. */
export function streamOf(prefix: string, { type, prisonNumber, prisonId, data }: CustodyEvent): string {
  const subject = CATALOGUE.get(type)?.subject;
  if (subject === 'staff') return `${prefix}staff-${String(data.staffId)}`;
  if (subject === 'feed') return `${prefix}feed-${prisonId}-${String(data.feed)}`;
  return personStream(prefix, prisonNumber ?? '');
}
