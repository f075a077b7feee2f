import { listOf, objectOf, oneOf, orNull, type Schema, text, whole, yesNo, day } from '../answers/schema.js';
import { SUBJECT_KINDS } from '../prison/alert-subject.js';
import { toldBy, type Rule, type Source } from '../kernel/rule.js';
import type { RuleInPrison } from '../kernel/say/say-local.js';
import { sayRule } from '../kernel/say/say-rule.js';
import type { SourcePoint, SourcePoints } from '../kernel/language/read-sources.js';
import type { ReloadedRules } from './rules-reload.js';
import { SEVERITIES } from '../prison/severity.js';

/** A rule as people read it. */
export const ruleBody = (rule: Rule, inPrison: RuleInPrison | null = null) => ({
  id: rule.id,
  name: rule.name,
  version: rule.version,
  effectiveFrom: rule.effectiveFrom,
  says: sayRule(rule),
  severities: [...new Set(rule.steps.map(({ level }) => level))],
  subject: rule.subject ?? 'person',
  appliesTo: rule.appliesTo?.name ?? APPLIES_TO[rule.subject ?? 'person'],
  waitsWhileAway: rule.pauses,
  closes: rule.closesOn,
  owner: rule.owner,
  tells: toldBy(rule),
  source: rule.source,
  because: rule.because,
  inPrison,
});

/** Of a rule that names no condition for it. */
const APPLIES_TO = {
  person: 'everyone in a stay',
  'key-worker': 'every key worker',
  feed: 'every feed',
  prison: 'every prison',
};

const texts = (description: string): Schema => listOf({ type: 'string' }, description);

const source = objectOf<Source>(
  {
    ref: text('Which source'),
    case: text('Whose case it tells of'),
    says: text('What it says, in its own words or a fair summary, and nothing beyond it'),
  },
  ['case'],
);

const inPrison = objectOf<RuleInPrison>({
  applies: yesNo(
    'It is about people there; false: it is off, or needs a key work scheme that the prison does not have',
  ),
  differs: yesNo('It is another there than elsewhere: the rest is as it is there, where it applies'),
  because: orNull(text('What the prison says of that')),
});

export const RULE_SCHEMA = objectOf<ReturnType<typeof ruleBody>>({
  id: text('Such as KW-01'),
  name: text('What it notices'),
  version: whole('An alert keeps the version that raised it'),
  effectiveFrom: day('In force from the beginning of this day'),
  says: text('All of it in plain English'),
  severities: listOf(oneOf(SEVERITIES, 'How severe'), 'That its alerts can reach'),
  subject: oneOf(['person', ...SUBJECT_KINDS], 'What its alerts are about'),
  appliesTo: text('Whom it is about'),
  waitsWhileAway: yesNo('Its limits wait for people who are away'),
  closes: text('What closes the alert'),
  owner: text('Who decides about it'),
  tells: texts('Who should act, in this order; all of them, where it depends on what is so'),
  source: listOf(source, 'What its sources say'),
  because: text('What we make of that: numbers, limits, inferences. Ours, and in no source'),
  inPrison: orNull(inPrison),
});

const point = objectOf<SourcePoint>(
  {
    says: text('What the source says or asks for'),
    rules: texts('That answer it'),
    missing: text('What no rule answers yet'),
  },
  ['missing'],
);

export const SOURCE_POINTS_SCHEMA = objectOf<SourcePoints>({
  source: text('Which source'),
  points: listOf(point, 'In its order'),
});

export const RELOADED_SCHEMA = objectOf<ReloadedRules>({
  rules: whole('How many rules there are'),
  prisons: whole('How many prisons say something for themselves'),
  changed: yesNo('Whether anything is decided otherwise from now on'),
});
