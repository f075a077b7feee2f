import { isLimit, type Limit, withLimits } from '../limit.js';
import type { RuleTerms, TimeInForce } from '../prison-settings.js';
import { field, type Cursor } from './cursor.js';
import { didYouMean } from './problems.js';
import type { RuleFile } from './read-rule-file.js';
import { readTimeInForce, TIME_IN_FORCE } from './read-time-in-force.js';

/** The members of what a prison says of a rule. */
export const TERMS_MEMBERS = { required: ['because'], optional: ['off', 'severity', 'limits', ...TIME_IN_FORCE] };

/**
 * What a prison says of a rule: `off`, with an end; or `severity`, the levels and parameters of the rule's steps, and
 * `limits`, which stand for others of the rule. When the rule is true is the rule's alone.
 * @param whole the time for which the prison's settings hold
 */
export const readRuleTerms = (cursor: Cursor, { rule, local }: RuleFile, whole: TimeInForce): RuleTerms => {
  const fields = cursor.fields(TERMS_MEMBERS.required, TERMS_MEMBERS.optional);
  const [off, severity, limits] = ['off', 'severity', 'limits'].map((name) => fields.get(name));
  const time = readTimeInForce(fields, whole);
  const terms = { rule: rule.id, because: field(fields, 'because', cursor).text(), ...time };
  if (off) {
    if (!off.truth()) off.complain('Leave "off" out where the rule is on.');
    if (severity ?? limits) (severity ?? limits)?.complain('A rule that is off has no limits or severities.');
    if (time.until === undefined) cursor.complain('Say when it ends: "until: 2027-02-01". No rule is off for good.');
    return terms;
  }
  if (!severity && !limits) cursor.complain(`Say what is other here in ${rule.id}: "off", "severity" or "limits".`);
  const { steps, repeats } = severity ? local(severity) : rule;
  const own = { steps, repeats, ...(rule.closesWhen && { closesWhen: rule.closesWhen }) };
  return { ...terms, own: limits ? replaced(own, readLimits(limits, rule.id, own)) : own };
};

/** Each limit of the rule that is another one here, by its text. */
const readLimits = (cursor: Cursor, id: string, own: unknown): ReadonlyMap<string, Limit> => {
  const known = [...new Set(limitsIn(own))];
  return new Map(
    cursor.entries().map(([text, value, key]) => {
      if (!known.includes(text))
        key.complain(`${id} has no limit ${text}.${didYouMean(text, known)} ${sayKnown(known)}`);
      return [text, { ...value.limit(), local: true }];
    }),
  );
};

const sayKnown = (limits: readonly string[]): string =>
  limits.length === 0 ? 'It has none.' : `It has: ${limits.join(', ')}.`;

/** The limits that stand in the rule itself: not those that the prison's steps have. */
const limitsIn = (part: unknown): string[] => {
  if (typeof part !== 'object' || part === null) return [];
  if (isLimit(part)) return part.local ? [] : [part.text];
  return Object.values(part).flatMap(limitsIn);
};

const replaced = <Part>(own: Part, limits: ReadonlyMap<string, Limit>): Part =>
  withLimits(own, (limit) => (limit.local ? limit : (limits.get(limit.text) ?? limit)));
