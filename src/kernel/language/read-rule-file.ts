import type { Condition } from '../condition.js';
import type { Rule, Source, Step } from '../rule.js';
import { SEVERITIES } from '../severity.js';
import { Cursor, field } from './cursor.js';
import type { Problem } from './problems.js';
import { readCondition } from './read-condition.js';
import { readSelector } from './read-selector.js';
import { readTimelines, type Timeline } from './timeline.js';
import type { Vocabulary } from './vocabulary.js';

const REQUIRED = [
  'id',
  'version',
  'name',
  'effective',
  'source',
  'owner',
  'subject',
  'severity',
  'met',
  'closes',
  'why',
  'timelines',
];
const OPTIONAL = ['appliesTo', 'pauses', 'when', 'latched', 'repeats', 'tells', 'expected'];

export interface RuleFile {
  readonly rule: Rule;
  readonly timelines: readonly Timeline[];
}

/** Reads one rule with its test timelines. Any problem means that the rule must not be used. */
export const readRuleFile = (
  file: string,
  text: string,
  vocabulary: Vocabulary,
): { readonly read: RuleFile; readonly problems: readonly Problem[] } => {
  const cursor = Cursor.open(file, text);
  const fields = cursor.fields(REQUIRED, OPTIONAL);
  const at = (name: string): Cursor => field(fields, name, cursor);
  const id = at('id').text();
  cursor.about(id);
  at('subject').oneOf(['person']);
  const appliesTo = fields.get('appliesTo');
  const latched = fields.get('latched');
  const rule: Rule = {
    id,
    version: at('version').whole(),
    name: at('name').text(),
    effectiveFrom: readDate(field(at('effective').fields(['from']), 'from', cursor)),
    source: at('source').list().map(readSource),
    owner: at('owner').text(),
    ...(appliesTo && { appliesTo: { name: appliesTo.text(), condition: readCondition(appliesTo, vocabulary) } }),
    pauses: fields.get('pauses')?.truth() ?? false,
    steps: readSteps(at('severity'), fields.get('when'), vocabulary),
    ...(latched && {
      closesWhen: readCondition(field(latched.fields(['closesWhen']), 'closesWhen', cursor), vocabulary),
    }),
    repeats: fields.get('repeats')?.truth() ?? false,
    safeguard: readSelector(at('met'), vocabulary),
    closesOn: at('closes').text(),
    tells:
      fields
        .get('tells')
        ?.list()
        .map((item) => item.text()) ?? [],
    why: at('why').text(),
  };
  const stories = fields.get('timelines');
  const timelines = stories ? readTimelines(stories, rule, vocabulary.known) : [];
  return { read: { rule, timelines }, problems: cursor.problems };
};

const readDate = (cursor: Cursor): string => {
  const text = cursor.text();
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) cursor.complain(`"${text}" is no date. Write it as 2026-01-31.`);
  return text;
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

/**
 * Each step is a level and when it is reached: its own `when`, or the rule's, narrowed by `and`. Any other member of a
 * step is a parameter: `at: P7D` stands for `$at` in the rule's `when`.
 */
const readSteps = (cursor: Cursor, when: Cursor | undefined, vocabulary: Vocabulary): Step[] =>
  cursor.list().map((item) => {
    const fields = new Map(item.entries());
    const own = fields.get('when') ?? when;
    if (!own) item.complain('Neither the rule nor this step has a "when".');
    const condition: Condition = own ? readCondition(own.with(fields), vocabulary) : { op: 'stay' };
    const and = fields.get('and');
    return {
      level: field(fields, 'level', item).oneOf(SEVERITIES),
      when: and ? { op: 'all', of: [condition, readCondition(and, vocabulary)] } : condition,
    };
  });
