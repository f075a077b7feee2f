import type { CustodyEvent } from './custody-event.js';
import { subjectIn } from '../prison/alert-subject.js';
import { personSubject } from '../personal-data/key-ring.js';
import { CATALOGUE } from './catalogue/catalogue.js';

/** The streams of tellings begin with this, after the prefix of the service. */
export const TELLING_STREAMS = 'telling-';

/** The streams of what is pending begin with this, after the prefix of the service. */
export const PENDING_STREAMS = 'pending-';

/** The stream in which the custody events of a person are kept. The prefix is the setting STREAM_PREFIX. */
export const personStream = (prefix: string, prisonNumber: string): string => `${prefix}person-${prisonNumber}`;

/** The stream in which it is kept what is told of a member of staff. */
const staffStream = (prefix: string, staffId: string): string => `${prefix}staff-${staffId}`;

/** The stream in which it is kept what a feed says of itself, for one prison. */
const feedStream = (prefix: string, prisonId: string, feed: string): string => `${prefix}feed-${prisonId}-${feed}`;

/** The stream of whom rules are about, by their prison number or by the text that names a key worker or a feed. */
export const subjectStream = (prefix: string, subject: string): string => {
  const about = subjectIn(subject);
  if (!about) return personStream(prefix, subject);
  if (about.kind === 'prison') return `${prefix}prison-${about.id}`;
  return about.kind === 'feed' ? feedStream(prefix, about.prisonId, about.id) : staffStream(prefix, about.id);
};

/** The stream in which it is kept what was told of a person by a prison that did not hold them. */
export const pendingStream = (prefix: string, prisonNumber: string): string => prefix + PENDING_STREAMS + prisonNumber;

/**
 * Whose key seals what is personal in a stream of a person or of a member of staff: its name without the prefix. What is
 * pending about a person is sealed, and erased, with all else of theirs.
 */
export const subjectOf = (prefix: string, stream: string): string => {
  const name = stream.slice(prefix.length);
  return name.startsWith(PENDING_STREAMS) ? personSubject(name.slice(PENDING_STREAMS.length)) : name;
};

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
  if (subject === 'staff') return staffStream(prefix, String(data.staffId));
  if (subject === 'feed') return feedStream(prefix, prisonId, String(data.feed));
  return personStream(prefix, prisonNumber ?? '');
}
