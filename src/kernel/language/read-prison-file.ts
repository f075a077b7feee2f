import { FEED_NAME } from '../../prison/feed-name.js';
import { isNoPrison, isPrisonId } from '../../prison/prison-id.js';
import type { PrisonSettings, TimeInForce } from '../prison-settings.js';
import { Cursor, field } from './cursor.js';
import { didYouMean, type PlaceInFile, type Problem } from './problems.js';
import { readKeyWork } from './read-key-work.js';
import type { RuleFile } from './read-rule-file.js';
import { readRuleTerms } from './read-rule-terms.js';
import { checkApart, readTimeInForce, TIME_IN_FORCE } from './read-time-in-force.js';

const REQUIRED = ['prison', 'name'];
const OPTIONAL = ['region', 'effective', 'keyWork', 'rules', 'wings', 'feeds', 'recipients'];

/** The members of a file. */
export const PRISON_MEMBERS = { required: REQUIRED, optional: OPTIONAL };

/** What a prison says for itself. */
export interface PrisonFile {
  readonly settings: PrisonSettings;
  readonly name: string;
  readonly region: string | undefined;
  /** Its group is the wing in the location of a cell. */
  readonly wings: RegExp | undefined;
  /** Its feeds; it is told everything where it declares none. */
  readonly feeds: readonly string[] | undefined;
  /** By the role that rules tell: the addresses of those who have it. */
  readonly recipients: ReadonlyMap<string, readonly string[]>;
  readonly place: PlaceInFile;
}

/**
 * Reads the settings of one prison, as strictly as a rule. Any problem means that they must not be used.
 * @param prisonId whose they must be: the name of the file
 * @param rules those that it may speak of
 */
export const readPrisonFile = (
  file: string,
  text: string,
  prisonId: string,
  rules: readonly RuleFile[],
): { readonly read: PrisonFile; readonly problems: readonly Problem[] } => {
  const cursor = Cursor.open(file, text);
  cursor.about(cursor.peek('prison'));
  const fields = cursor.fields(REQUIRED, OPTIONAL);
  const at = (name: string): Cursor => field(fields, name, cursor);
  checkPrison(at('prison'), prisonId);
  const effective = fields.get('effective');
  const whole = effective ? readTimeInForce(effective.fields([], TIME_IN_FORCE)) : {};
  const read: PrisonFile = {
    settings: {
      prisonId,
      keyWork: readDated(fields.get('keyWork'), (item) => readKeyWork(item, whole)),
      rules: readRules(fields.get('rules'), rules, whole),
    },
    name: at('name').text(),
    region: fields.get('region')?.text(),
    wings: readWings(fields.get('wings')),
    feeds: fields.get('feeds') && readFeeds(at('feeds')),
    recipients: readRecipients(fields.get('recipients'), rules),
    place: at('prison').place,
  };
  return { read, problems: cursor.problems };
};

const checkPrison = (cursor: Cursor, expected: string): void => {
  const prison = cursor.text();
  if (!isPrisonId(prison) || isNoPrison(prison))
    cursor.complain(`"${prison}" is no prison id: three capital letters, such as XYI, and neither OUT nor TRN.`);
  else if (prison !== expected)
    cursor.complain(`The file is called ${expected}.yml and speaks of ${prison}. Call it ${prison}.yml.`);
};

/** One, or several that hold at different times. */
const readDated = <Terms extends TimeInForce>(
  cursor: Cursor | undefined,
  read: (item: Cursor) => Terms,
): readonly Terms[] => {
  const found = (cursor?.list() ?? []).map((item) => ({ time: read(item), at: item }));
  checkApart(found);
  return found.map(({ time }) => time);
};

const readRules = (cursor: Cursor | undefined, known: readonly RuleFile[], whole: TimeInForce) =>
  (cursor?.entries() ?? []).flatMap(([id, value, key]) => {
    const rule = known.find((one) => one.rule.id === id);
    if (rule) return readDated(value, (item) => readRuleTerms(item, rule, whole));
    const ids = known.map((one) => one.rule.id);
    key.complain(`There is no rule "${id}".${didYouMean(id, ids)}`);
    return [];
  });

const readWings = (cursor: Cursor | undefined): RegExp | undefined => {
  if (!cursor) return undefined;
  const pattern = cursor.text();
  const wings = patternOf(pattern);
  const groups = wings && (patternOf(`${pattern}|`)?.exec('')?.length ?? 0) - 1;
  if (groups === 1) return wings;
  cursor.complain(
    `${JSON.stringify(pattern)} is no pattern with one group, such as "^([A-Z]+)-": the group is the wing.`,
  );
  return undefined;
};

const patternOf = (source: string): RegExp | undefined => {
  try {
    return new RegExp(source, 'u');
  } catch {
    return undefined;
  }
};

const readFeeds = (cursor: Cursor): string[] => {
  const feeds = cursor.list().map((item) => {
    const feed = item.text();
    if (!FEED_NAME.pattern.test(feed)) item.complain(`"${feed}" is no name of a feed: use ${FEED_NAME.allowed}.`);
    return { feed, item };
  });
  feeds.forEach(({ feed, item }, place) => {
    if (feeds.findIndex((other) => other.feed === feed) < place)
      item.complain(`"${feed}" stands here a second time. Keep one of them.`);
  });
  return feeds.map(({ feed }) => feed);
};

const ADDRESS = /^[^\s@]+@[^\s@]+\.[^\s@]+$/u;

const readRecipients = (
  cursor: Cursor | undefined,
  rules: readonly RuleFile[],
): ReadonlyMap<string, readonly string[]> => {
  const roles = [...new Set(rules.flatMap(({ rule }) => rule.tells))].sort();
  return new Map(
    (cursor?.entries() ?? []).map(([role, value, key]) => {
      if (!roles.includes(role))
        key.complain(`No rule tells "${role}".${didYouMean(role, roles)} They tell: ${roles.join(', ')}.`);
      const addresses = value.list().map((item) => {
        const address = item.text();
        if (!ADDRESS.test(address)) item.complain(`"${address}" is no e-mail address.`);
        return address;
      });
      return [role, addresses] as const;
    }),
  );
};
