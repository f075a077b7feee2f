import type { Condition } from '../condition.js';
import type { Step } from '../rule.js';
import { SEVERITIES } from '../../prison/severity.js';
import type { Cursor } from './cursor.js';
import { didYouMean } from './problems.js';
import type { Reader } from './reader.js';

/** What a prison cannot say of a step. */
const OF_THE_RULE = ['when', 'and', 'early', 'tells'];
const OWN = ['level', ...OF_THE_RULE];

/**
 * Each step is a level and when it is reached: its own `when`, or the rule's, narrowed by `and`. Any other member of a
 * step is a parameter: `at: P7D` stands for `$at` in the rule's `when`.
 */
export const readSteps = (cursor: Cursor, when: Cursor | undefined, reader: Reader): Step[] => {
  const items = cursor.list();
  if (items.length === 0) cursor.complain('Give at least one step: "- { level: MEDIUM }".');
  const before = cursor.problems.length;
  const steps = items.map((item) => readStep(item, fieldsOf(item), when, reader));
  const allWasRead = cursor.problems.length === before;
  if (allWasRead) for (const item of items) checkParameters(item);
  if (steps.length > 0 && steps.every(({ early }) => early))
    cursor.complain('Every step is early: one has to stand at the limit itself.');
  return steps;
};

/**
 * The steps as a prison has them, which may give only levels and parameters: as many as the rule has, each standing for
 * the rule's, or as many as it likes where none of the rule's says more of itself.
 * @param own of the prison's file
 */
export const readLocalSteps = (
  own: Cursor,
  severity: Cursor,
  when: Cursor | undefined,
  reader: Reader,
): readonly Step[] => {
  const [rules, items] = [severity.list().map(fieldsOf), own.list()];
  if (items.length === 0) own.complain('Give at least one step: "- { level: MEDIUM }".');
  const parameters = [...new Set(rules.flatMap((fields) => [...fields.keys()]))].filter((name) => !OWN.includes(name));
  const areAlike = rules.every((fields) => !OF_THE_RULE.some((name) => fields.has(name)));
  if (items.length !== rules.length && !areAlike)
    own.complain(`Its ${rules.length} steps differ in more than that: give as many, in the same order.`);
  return items.map((item, place) => {
    const fields = item.fields(['level'], parameters);
    const rule = items.length === rules.length ? rules[place] : undefined;
    for (const name of rule ? [] : parameters) if (!fields.has(name)) item.complain(`"${name}" is missing.`);
    return readStep(item, new Map([...(rule ?? []), ...fields]), when, reader);
  });
};

const fieldsOf = (item: Cursor): Map<string, Cursor> => new Map(item.entries().map(([name, value]) => [name, value]));

const readStep = (
  item: Cursor,
  fields: ReadonlyMap<string, Cursor>,
  when: Cursor | undefined,
  reader: Reader,
): Step => {
  const level = fields.get('level');
  if (!level) item.complain('"level" is missing.');
  const own = fields.get('when') ?? when;
  if (!own) item.complain('Neither the rule nor this step has a "when".');
  const condition = readOpening(own?.with(fields), reader);
  const and = fields.get('and');
  const tells = fields.get('tells');
  return {
    level: (level ?? item.missing()).oneOf(SEVERITIES),
    when: and ? { op: 'all', of: [condition, readOpening(and, reader)] } : condition,
    ...(fields.get('early')?.truth() && { early: true }),
    ...(tells && { tells: tells.list().map((role) => role.text()) }),
  };
};

const readOpening = (cursor: Cursor | undefined, reader: Reader): Condition => {
  if (!cursor) return { op: 'stay' };
  const condition = reader.condition(cursor);
  if (says(condition, 'sinceRaised')) {
    cursor.complain('"sinceRaised" belongs in "latched: { closesWhen: … }": nothing has been raised before the alert.');
  }
  return condition;
};

/** Whether an operator stands anywhere in a condition. */
export const says = (part: unknown, op: Condition['op']): boolean => {
  if (typeof part !== 'object' || part === null) return false;
  return ('op' in part && part.op === op) || Object.values(part).some((inner) => says(inner, op));
};

const checkParameters = (item: Cursor): void => {
  for (const [name, , key] of item.entries()) {
    if (OWN.includes(name) || key.wasAsked(name)) continue;
    key.complain(
      `Nothing asks for "$${name}".${didYouMean(name, OWN)} A step has level, when, and, early, tells, and $parameters.`,
    );
  }
};
