import { SUBJECT_KINDS, subjectIn, type SubjectKind } from '../../prison/alert-subject.js';
import type { Condition, Selector } from '../condition.js';
import { toldBy, type Rule, type Source, type Step } from '../rule.js';
import { PLACEHOLDERS, placeholdersIn } from '../say/placeholders.js';
import { Cursor, field } from './cursor.js';
import { didYouMean, type PlaceInFile, type Problem } from './problems.js';
import { readLocalSteps, readSteps, says } from './read-steps.js';
import { Reader, type Reference } from './reader.js';
import { readDate } from './read-time-in-force.js';
import { readTimelines, type Timeline } from './timeline.js';
import type { Vocabulary } from './vocabulary.js';

const REQUIRED = [
  'id',
  'version',
  'name',
  'effective',
  'source',
  'because',
  'owner',
  'subject',
  'severity',
  'closes',
  'why',
  'timelines',
];
const OPTIONAL = [
  'met',
  'appliesTo',
  'keyWork',
  'onlyWhere',
  'pauses',
  'when',
  'latched',
  'repeats',
  'tells',
  'expected',
];
/** The members of a file. */
export const RULE_MEMBERS = { required: REQUIRED, optional: OPTIONAL };

/** What only a key worker has. */
const OF_KEY_WORKERS = ['caseload', 'sessionsAtOnce', 'sessionTime', 'shortSessions'] as const;

export interface RuleFile {
  readonly rule: Rule;
  /** How many alerts a week it is expected to raise for each thousand people, at most. Nothing is decided by it. */
  readonly budget: number | undefined;
  readonly timelines: readonly Timeline[];
  readonly place: PlaceInFile;
  /** The other rules that this one asks. */
  readonly references: readonly Reference[];
  /** Its steps with the levels and parameters of a prison, at this place in another file. */
  readonly local: (severity: Cursor) => Pick<Rule, 'steps' | 'repeats'>;
}

/** Reads one rule with its test timelines. Any problem means that the rule must not be used. */
export const readRuleFile = (
  file: string,
  text: string,
  vocabulary: Vocabulary,
): { readonly read: RuleFile; readonly problems: readonly Problem[] } => {
  const cursor = Cursor.open(file, text);
  cursor.about(cursor.peek('id'));
  const fields = cursor.fields(REQUIRED, OPTIONAL);
  const at = (name: string): Cursor => field(fields, name, cursor);
  const reader = new Reader(vocabulary);
  const id = at('id').text();
  const subject = at('subject').oneOf(['person', ...SUBJECT_KINDS]);
  const severity = at('severity');
  const steps = readSteps(severity, fields.get('when'), reader);
  if (subject !== 'person') checkSubject(SAID[subject], fields);
  for (const op of subject === 'key-worker' ? [] : OF_KEY_WORKERS)
    if (steps.some(({ when }) => says(when, op)))
      at('subject').complain(`"${op}" asks of a key worker: it needs "subject: key-worker".`);
  if (subject !== 'prison' && steps.some(({ when }) => says(when, 'deliveredUnder') || says(when, 'neverSeenRising')))
    at('subject').complain(
      '"deliveredUnder" and "neverSeenRising" ask how key work goes in a prison: they need "subject: prison".',
    );
  if (subject !== 'feed' && steps.some(({ when }) => says(when, 'silent')))
    at('subject').complain('"silent" asks whether a feed is: it needs "subject: feed".');
  const rule: Rule = {
    id,
    version: at('version').whole(),
    name: at('name').text(),
    ...(subject !== 'person' && { subject }),
    effectiveFrom: readDate(field(at('effective').fields(['from']), 'from', at('effective'))),
    source: some(at('source'), 'source').map(readSource),
    because: at('because').text().trim(),
    owner: at('owner').text(),
    ...readApplies(fields.get('appliesTo'), reader),
    ...readKeyWorkUse(fields.get('keyWork')),
    ...readOnlyWhere(fields.get('onlyWhere')),
    pauses: fields.get('pauses')?.truth() ?? false,
    steps,
    ...readLatch(fields.get('latched'), reader),
    repeats: readRepeats(fields.get('repeats'), steps, vocabulary),
    safeguard: readSafeguard(fields, cursor, reader),
    closesOn: at('closes').text(),
    ...readTold(fields.get('tells'), steps, vocabulary),
    why: readWhy(at('why')),
  };
  const stories = fields.get('timelines');
  const timelines = stories ? readTimelines(stories, id, vocabulary.known) : [];
  if (subject === 'person' && timelines.some(tellsOfAnother))
    stories?.complainOf('[of ', 'A story of a rule about a person is of one person only.');
  const budget = readBudget(fields.get('expected'));
  const local = (own: Cursor) => {
    const others = readLocalSteps(own, severity, fields.get('when'), new Reader(vocabulary));
    return { steps: others, repeats: readRepeats(fields.get('repeats'), others, vocabulary) };
  };
  const read = { rule, budget, timelines, place: at('id').place, references: reader.references, local };
  return { read, problems: cursor.problems };
};

/** What delivers it. Where what ends it is told of people, not of the key worker whom the rule is about, nothing does. */
const readSafeguard = (fields: ReadonlyMap<string, Cursor>, rule: Cursor, reader: Reader): Selector => {
  const [met, subject] = [fields.get('met'), fields.get('subject')];
  if (!met && subject && subject.text() !== 'key-worker') rule.complain('"met" is missing.');
  return met ? reader.events.selector(met) : [];
};

const tellsOfAnother = ({ events }: Timeline): boolean =>
  events.some(({ prisonNumber }) => prisonNumber !== undefined && subjectIn(prisonNumber) === undefined);

const SAID: Readonly<Record<SubjectKind, string>> = {
  'key-worker': 'a key worker',
  feed: 'a feed',
  prison: 'a prison',
};

/** Only people are in a stay, so no limit waits; and how others stood at an earlier instant is not remembered. */
const checkSubject = (whom: string, fields: ReadonlyMap<string, Cursor>): void => {
  for (const name of ['latched', 'pauses', 'appliesTo'])
    fields.get(name)?.complain(`A rule about ${whom} has no "${name}".`);
};

const some = (cursor: Cursor, what: string): Cursor[] => {
  const items = cursor.list();
  if (items.length === 0) cursor.complain(`Give at least one ${what}.`);
  return items;
};

const readSource = (cursor: Cursor): Source => {
  const fields = cursor.fields(['ref', 'says'], ['case']);
  const about = fields.get('case')?.text();
  return {
    ref: field(fields, 'ref', cursor).text(),
    says: field(fields, 'says', cursor).text(),
    ...(about !== undefined && { case: about }),
  };
};

const readApplies = (cursor: Cursor | undefined, reader: Reader): Pick<Rule, 'appliesTo'> =>
  cursor ? { appliesTo: { name: cursor.text(), condition: reader.condition(cursor) } } : {};

const readKeyWorkUse = (cursor: Cursor | undefined): Pick<Rule, 'keyWork'> =>
  cursor ? { keyWork: cursor.oneOf(['needed', 'scales'] as const) } : {};

const readOnlyWhere = (cursor: Cursor | undefined): Pick<Rule, 'onlyWhere'> =>
  cursor ? { onlyWhere: cursor.oneOf(['delivered'] as const) } : {};

const readLatch = (cursor: Cursor | undefined, reader: Reader): Pick<Rule, 'closesWhen'> =>
  cursor ? { closesWhen: reader.condition(field(cursor.fields(['closesWhen']), 'closesWhen', cursor)) } : {};

const readBudget = (cursor: Cursor | undefined): number | undefined =>
  cursor && field(cursor.fields(['perThousandPeoplePerWeek']), 'perThousandPeoplePerWeek', cursor).whole();

/** `asks`: a further ask of the rule's own; `risks`: a further event of any risk family. */
const readRepeats = (cursor: Cursor | undefined, steps: readonly Step[], { families }: Vocabulary): Condition[] => {
  if (!cursor) return [];
  if (cursor.oneOf(['asks', 'risks']) === 'risks') {
    return [{ op: 'familiesWithin', families: Object.fromEntries(families), atLeast: 1, window: A_MONTH }];
  }
  const asks = steps.flatMap(({ when }) => asksIn(when));
  if (asks.length === 0)
    cursor.complain('"repeats: asks" needs a step with "unansweredFor": none of these steps asks for anything.');
  return asks;
};

/** A further risk event that becomes known late may lie this many days back. */
const A_MONTH = 28;

const asksIn = (condition: Condition): Condition[] => {
  if (condition.op === 'unansweredFor') return [condition];
  return condition.op === 'all' || condition.op === 'any' ? condition.of.flatMap(asksIn) : [];
};

/** Whom it tells. A name that the definitions give to a task, too, means whoever holds that task. */
const readTold = (
  cursor: Cursor | undefined,
  steps: readonly Step[],
  { conditions }: Vocabulary,
): Pick<Rule, 'tells' | 'holders'> => {
  const tells = (cursor?.list() ?? []).map((item) => item.text());
  const holders = toldBy({ tells, steps }).flatMap((role) => {
    const task = conditions.get(role);
    return task?.op === 'assigned' ? [[role, task] as const] : [];
  });
  return { tells, holders: Object.fromEntries(holders) };
};

const readWhy = (cursor: Cursor): string => {
  const why = cursor.text();
  const known = Object.keys(PLACEHOLDERS);
  for (const name of placeholdersIn(why)) {
    if (known.includes(name)) continue;
    cursor.complainOf(
      `{${name}}`,
      `There is no placeholder "{${name}}".${didYouMean(name, known)} There are: ${known.join(', ')}.`,
    );
  }
  return why.trim();
};
