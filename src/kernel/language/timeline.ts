import type { Instant } from '../../prison/instant.js';
import { ofFeed } from '../feed.js';
import { ofKeyWorker } from '../key-worker.js';
import type { Occurrence } from '../occurrence.js';
import { field, type Cursor } from './cursor.js';
import type { PlaceInFile } from './problems.js';
import { readStoryLine, type ExpectedChange, type StoryEvent } from './story-line.js';
import type { EventMembers } from './vocabulary.js';

/** A story of one person, or of a key worker and some people, and what the rule must, and must not, make of it. */
export interface Timeline {
  readonly name: string;
  readonly place: PlaceInFile;
  readonly events: readonly Occurrence[];
  readonly expected: readonly (ExpectedChange & { readonly at: Instant })[];
  /** The story goes on until here. */
  readonly until: Instant;
}

/** Reads the timelines of a rule: one at least that fires, and one that stays silent. */
export const readTimelines = (cursor: Cursor, rule: string, known: EventMembers): Timeline[] => {
  const timelines = cursor.list().map((item) => readTimeline(item, known));
  if (!timelines.some(({ expected }) => expected.length > 0)) {
    cursor.complain('No timeline fires: add one with "=> raised …".');
  }
  if (!timelines.some(({ expected }) => expected.length === 0)) {
    cursor.complain(`No timeline stays silent: add one in which ${rule} must not fire.`);
  }
  return timelines;
};

const readTimeline = (cursor: Cursor, known: EventMembers): Timeline => {
  const fields = cursor.fields(['name', 'story']);
  const story = field(fields, 'story', cursor);
  const events: Occurrence[] = [];
  const expected: (ExpectedChange & { at: Instant })[] = [];
  let until = -Infinity;
  let ended = false;
  let before = -Infinity;
  for (const cursorOfLine of story.list()) {
    const line = readStoryLine(cursorOfLine, known);
    if (!line) continue;
    if (ended) cursorOfLine.complain('The story has ended already. Put "end" last.');
    if (line.at < before)
      cursorOfLine.complain('This line is earlier than the one before it. Keep the lines in order.');
    before = line.at;
    until = Math.max(until, line.at);
    if (line.kind === 'ends') ended = true;
    else if (line.kind === 'expects') expected.push({ at: line.at, ...line.expected });
    else events.push(occurrenceOf(line.event, line.at, events.length + 1));
  }
  until = Math.max(until, ...events.map(({ recordedAt }) => recordedAt));
  if (!ended) story.complain('Say when the story ends: "2026-05-01 00:00 end" as its last line.');
  checkWithdrawals(events, story);
  return { name: field(fields, 'name', cursor).text(), place: cursor.place, events, expected, until };
};

const occurrenceOf = (
  { type, data, recordedAt, name, person, prisonId = 'XYI' }: StoryEvent,
  at: Instant,
  number: number,
): Occurrence => {
  const id = name ?? `event-${String(number).padStart(3, '0')}`;
  const occurrence = {
    id,
    type,
    at,
    recordedAt,
    prisonId,
    ...(person !== undefined && { prisonNumber: person }),
    data,
  };
  return ofKeyWorker(occurrence) ?? ofFeed(occurrence, recordedAt) ?? occurrence;
};

const checkWithdrawals = (events: readonly Occurrence[], story: Cursor): void => {
  const ids = events.map(({ id }) => id);
  const twice = ids.find((id, index) => ids.indexOf(id) !== index);
  if (twice !== undefined)
    story.complainOf(`[as ${twice}]`, `Two events are called "${twice}". Give each its own name.`);
  for (const { type, data } of events) {
    const withdrawn = data['withdraws'];
    if (type !== 'EventWithdrawn' || typeof withdrawn !== 'string' || ids.includes(withdrawn)) continue;
    story.complainOf(
      `withdraws=${withdrawn}`,
      `No event of this story is called "${withdrawn}". Name the one that is withdrawn: "… [as ${withdrawn}]".`,
    );
  }
};
