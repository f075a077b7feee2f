import type { Command } from 'commander';
import { type ConfiguredRules, rulesOf } from '../app/estate.js';
import { readSettings } from '../app/settings.js';
import { replayAll } from '../kernel/replay.js';
import { Silences } from '../kernel/silences.js';
import type { Instant } from '../prison/instant.js';
import type { Severity } from '../prison/severity.js';
import { systemClock } from '../store/clock.js';
import { type ConfiguredDifference, differencesIn } from './configured-difference.js';
import { EXIT } from './exit.js';
import { Histories } from './histories.js';
import { instantOption } from './instant-option.js';
import { table, writeLines } from './output.js';

/** A safety alert that would stand otherwise at the end of a history. */
interface AlertDifference {
  readonly change: 'opens' | 'closes' | 'severity';
  readonly rule: string;
  /** A prison number, or the text that names whom else it is about. */
  readonly about: string;
  readonly prisonId: string;
  readonly was: Severity | null;
  readonly is: Severity | null;
}

interface RulesDiffOptions {
  readonly from?: string;
  readonly until?: Instant;
  readonly json?: boolean;
}

export const rulesDiffVerb = (rules: Command): void => {
  rules
    .command('diff')
    .description(
      'Previews what other files would change: what they say otherwise, in words, and, of a history, which safety alerts ' +
        'would open, close or be of another severity.',
    )
    .argument('<dir>', 'folder of the other configuration: rules, prisons and feeds.yml, as CONFIG_DIR has them')
    .argument('[files...]', 'custody events, as "simulate" takes them; - is standard input')
    .option('--from <dir>', 'what it is held against (default: CONFIG_DIR)')
    .option('--until <instant>', 'as all is at this instant (default: now; of a history, its end)', instantOption)
    .option('--json', 'one JSON object a line')
    .action(diff);
};

const diff = async (dir: string, files: readonly string[], { from, until, json }: RulesDiffOptions): Promise<void> => {
  const before = rulesOf({ configDir: from ?? readSettings(process.env).configDir });
  const after = rulesOf({ configDir: dir });
  const said = differencesIn(before, after, until ?? systemClock.now());
  const histories = new Histories((problem) => process.stderr.write(`${problem}\n`));
  for (const file of files) await histories.read(file);
  histories.refuseWithdrawalsOfWithdrawals();
  const alerts = files.length === 0 ? [] : alertDifferences(before, after, histories, until ?? histories.lastKnown);
  if (json) await writeLines([...said, ...alerts], JSON.stringify);
  else await writeLines([...saidInWords(said), ...inATable(alerts, files.length > 0)], String);
  process.exitCode = histories.refused > 0 ? EXIT.found : EXIT.done;
};

const saidInWords = (said: readonly ConfiguredDifference[]): string[] =>
  said.length === 0
    ? ['The files say the same.']
    : said.flatMap(({ of, part, was, is }) => [
        `${of}: ${part}`,
        ...(was === null ? [] : [`  - ${was}`]),
        ...(is === null ? [] : [`  + ${is}`]),
      ]);

interface SimulatedAlert {
  readonly prisonId: string;
  readonly severity: Severity;
}

/** What stands at the end of a history by these rules, by rule and by whom it is about. */
const standingIn = (
  { rulebook, days, feeds }: ConfiguredRules,
  { byNumber, reports }: Histories,
  until: Instant,
): ReadonlyMap<string, SimulatedAlert> => {
  const standing = new Map<string, SimulatedAlert>();
  const silences = Silences.through(feeds, reports, until);
  for (const { rule, prisonNumber, prisonId, severity, transition } of replayAll(
    rulebook,
    days,
    byNumber,
    until,
    silences,
  )) {
    const key = `${rule.id} ${prisonNumber}`;
    if (transition === 'resolved' || transition === 'expired') standing.delete(key);
    else standing.set(key, { prisonId, severity });
  }
  return standing;
};

/** The safety alerts that stand otherwise at the end of a history. */
export const alertDifferences = (
  before: ConfiguredRules,
  after: ConfiguredRules,
  histories: Histories,
  until: Instant,
): AlertDifference[] => {
  const [was, is] = [standingIn(before, histories, until), standingIn(after, histories, until)];
  return [...new Set([...was.keys(), ...is.keys()])].sort().flatMap((key) => {
    const [old, now] = [was.get(key), is.get(key)];
    if (old?.severity === now?.severity) return [];
    const [rule = '', about = ''] = key.split(' ');
    const change = !old ? 'opens' : !now ? 'closes' : 'severity';
    const prisonId = (now ?? old)?.prisonId ?? '';
    return [{ change, rule, about, prisonId, was: old?.severity ?? null, is: now?.severity ?? null }];
  });
};

const inATable = (alerts: readonly AlertDifference[], isPlayed: boolean): string[] => {
  if (!isPlayed) return [];
  if (alerts.length === 0) return ['', 'Every safety alert would stand as it does.'];
  return ['', ...table(alerts, ['change', 'rule', 'about', 'prisonId', 'was', 'is'])];
};
