import {
  either,
  instant,
  listOf,
  mapOf,
  objectOf,
  oneOf,
  orNull,
  type Schema,
  text,
  whole,
  yesNo,
} from '../../answers/schema.js';
import { TRANSITIONS } from '../../safety-alerts/alert/safety-alert-events.js';
import { SEVERITIES } from '../../prison/severity.js';
import { FORMER_NUMBERS } from '../former-numbers.js';
import { AS_AT_OF } from '../person-record.js';
import { REMARK } from '../remark-schema.js';
import type { AlertEntry, HappenedEntry, PersonTimeline } from './timeline.js';

const words = [...new Set(Object.values(TRANSITIONS))].filter((word) => word !== null);

const happened = objectOf<HappenedEntry>(
  {
    kind: oneOf(['custody-event'], 'Something that happened to the person'),
    occurredAt: instant('When it happened, as the source wrote it'),
    recordedAt: instant('When the source recorded it, as it wrote that'),
    knownAt: instant('When it counted as known here'),
    heldAt: instant('When this log came to hold it; for imported history later than it counted as known'),
    prisonNumber: text('The number under which it was told'),
    id: text('Of the custody event'),
    type: text('Of the custody event'),
    what: text('In the words that staff use'),
    prisonId: text('The prison responsible at that moment'),
    data: mapOf(true, 'As in POST /custody-events'),
    withdrawn: yesNo('Counts as if it had never happened'),
    quashed: yesNo('Rests on a charge that was quashed'),
    replaced: yesNo('Another telling of the same record stands for it'),
    takesOverFrom: text(
      'Of an arrival: the prison that held the person then, where no departure from it has been told',
    ),
    remark: REMARK,
  },
  ['takesOverFrom', 'remark'],
);

const became = objectOf<AlertEntry>({
  kind: oneOf(['safety-alert'], 'What became of a safety alert'),
  occurredAt: instant('The instant that it counts from; for a missed deadline, when it was due'),
  recordedAt: instant('When it was written'),
  id: text('Of the safety alert'),
  rule: text('Such as KW-01'),
  transition: oneOf(words, 'What became of it'),
  prisonId: text('Of the alert, after it'),
  severity: oneOf(SEVERITIES, 'Of the alert, after it'),
  by: text('User name, or custody-watch where the log decided'),
  data: mapOf(true, 'What else is known of it: reason, outcome, note and the like'),
});

export const TIMELINE_SCHEMA: Schema = objectOf<PersonTimeline>({
  prisonNumber: text('The number that was kept, such as A1234BC'),
  formerNumbers: FORMER_NUMBERS,
  asAt: orNull(instant('What was known then; null: what is known now')),
  asAtOf: orNull(oneOf(AS_AT_OF, 'Of what asAt is asked; null: what counted as known here')),
  unreadable: whole('How many records this version cannot read; they are missing here'),
  entries: listOf(either(happened, became), 'In the order it happened'),
});
