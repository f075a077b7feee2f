import type { Command } from 'commander';
import { feedsOf, rulesOf } from '../app/estate.js';
import { readSettings } from '../app/settings.js';
import { aboutIn, aboutOf, type AlertSubject } from '../prison/alert-subject.js';
import { toIso, type Instant } from '../prison/instant.js';
import { replayAll } from '../kernel/replay.js';
import { Silences } from '../kernel/silences.js';
import type { TransitionOf } from '../kernel/transition.js';
import { sayWhy } from '../kernel/say/say-why.js';
import { alertIdOf, alertStreamOf } from '../safety-alerts/alert/alert-ids.js';
import { EXIT } from './exit.js';
import { Histories } from './histories.js';
import { instantOption } from './instant-option.js';
import { table, writeLines } from './output.js';

interface SimulateOptions {
  readonly rules?: string;
  readonly prisons?: string;
  readonly until?: Instant;
  readonly from?: Instant;
  readonly json?: boolean;
}

/** An alert transition as `simulate` prints it. */
interface TransitionLine {
  readonly at: string;
  readonly transition: string;
  readonly alertId: string;
  readonly rule: string;
  readonly ruleVersion: number;
  readonly prisonNumber: string | null;
  /** Where it is about no person. */
  readonly subject?: AlertSubject;
  readonly prisonId: string;
  readonly severity: string;
  readonly outcome: string | null;
  readonly reason: string;
  readonly evidence: readonly string[];
}

export const simulateVerb = (program: Command): void => {
  program
    .command('simulate')
    .description('Plays history through the rules on a virtual clock, without a store. Sends nothing.')
    .argument('<files...>', 'custody events, one JSON object a line; - is standard input')
    .option('--rules <dir>', 'folder of rules (default: rules in CONFIG_DIR)')
    .option('--prisons <dir>', 'folder of the settings of prisons (default: prisons in CONFIG_DIR)')
    .option(
      '--until <instant>',
      'play until this instant (default: the last one at which anything became known)',
      instantOption,
    )
    .option('--from <instant>', 'print transitions from this instant on', instantOption)
    .option('--json', 'one JSON object a line')
    .action(simulate);
};

const simulate = async (files: readonly string[], options: SimulateOptions): Promise<void> => {
  const settings = readSettings(process.env);
  const { rulebook, days } = rulesOf(settings, options);
  const feeds = feedsOf(settings);
  const histories = new Histories((problem) => process.stderr.write(`${problem}\n`));
  for (const file of files) await histories.read(file);
  histories.refuseWithdrawalsOfWithdrawals();
  const until = options.until ?? histories.lastKnown;
  const printed: TransitionLine[] = [];
  const episodes = new Episodes();
  const silences = Silences.through(feeds, histories.reports, until);
  for (const transition of replayAll(rulebook, days, histories.byNumber, until, silences)) {
    if (transition.transition === 'repeated') continue;
    const alertId = episodes.alertIdOf(transition);
    if (transition.at < (options.from ?? -Infinity)) continue;
    printed.push(asPrinted(alertId, transition, sayWhy(transition, days)));
  }
  printed.sort(inOrder);
  await (options.json ? writeLines(printed, JSON.stringify) : writeLines(table(printed.map(inTable), COLUMNS), String));
  process.exitCode = histories.refused > 0 ? EXIT.found : EXIT.done;
};

const COLUMNS = ['at', 'prisonNumber', 'rule', 'transition', 'severity', 'outcome', 'reason'] as const;

/** In a table a key worker stands where a person's number would. */
const inTable = (line: TransitionLine): TransitionLine => ({ ...line, prisonNumber: aboutOf(line) });

const inOrder = (a: TransitionLine, b: TransitionLine): number =>
  compare(a.at, b.at) || compare(aboutOf(a), aboutOf(b)) || compare(a.rule, b.rule);

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

const asPrinted = (alertId: string, transition: TransitionOf, reason: string): TransitionLine => ({
  at: toIso(transition.at),
  transition: transition.transition,
  alertId,
  rule: transition.rule.id,
  ruleVersion: transition.rule.version,
  ...aboutIn(transition.prisonNumber),
  prisonId: transition.prisonId,
  severity: transition.severity,
  outcome: transition.outcome,
  reason,
  evidence: transition.evidence.map(({ id }) => id),
});

/** The ids of alerts: the service would give the same. */
class Episodes {
  private readonly byRule = new Map<
    string,
    { readonly stream: string; readonly episode: number; readonly alertId: string }
  >();

  alertIdOf({ rule, prisonNumber, transition }: TransitionOf): string {
    const whose = `${rule.id} ${prisonNumber}`;
    const last = this.byRule.get(whose);
    if (last && transition !== 'raised') return last.alertId;
    const stream = last?.stream ?? alertStreamOf(rule.id, prisonNumber);
    const episode = (last?.episode ?? 0) + 1;
    const alertId = alertIdOf(stream, episode);
    this.byRule.set(whose, { stream, episode, alertId });
    return alertId;
  }
}
