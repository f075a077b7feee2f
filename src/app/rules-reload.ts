import { Inject, Injectable, Logger } from '@nestjs/common';
import { KeyWorkFigures } from '../key-work/figures/key-work-figures.js';
import { codeOf } from '../prison/errors.js';
import { Queues } from '../store/queues.js';
import { Watch } from '../watch/watch.js';
import { type ConfiguredRules, ESTATE, type Estate, foldersOf, rulesOf } from './estate.js';

/** What is configured has mistakes: the service goes on with what it has. Each is told as `rules check` tells it. */
class ConfigurationRefused extends Error {
  readonly code = 'CONFIGURATION_REFUSED';
  readonly problems: readonly string[];

  constructor(cause: Error) {
    super('What is configured has mistakes, and nothing has changed. "custody-watch rules check" tells them.', {
      cause,
    });
    const [heading = '', ...mistakes] = cause.message.split('\n');
    this.problems = mistakes.length > 0 ? mistakes : [heading];
  }

  /** Where the first of them are: what stands there may be personal, so the log does without. */
  get places(): string {
    return this.problems
      .slice(0, 5)
      .map((problem) => problem.split('  ')[0])
      .join(', ');
  }
}

/** What the service goes by after a reload. */
export interface ReloadedRules {
  readonly rules: number;
  /** How many prisons say something for themselves. */
  readonly prisons: number;
  /** Whether anything is decided otherwise from now on. */
  readonly changed: boolean;
}

/** The codes of what may be wrong with files. */
const MISTAKES = ['INVALID_RULES', 'NO_RULES', 'INVALID_FEEDS_FILE'];

/** Reads rules, settings of prisons and feeds anew while the service runs (docs/operations.md, "To change rules while it runs"). */
@Injectable()
export class RulesReload {
  private readonly queues = new Queues();
  private readonly logger = new Logger(RulesReload.name);

  constructor(
    @Inject(ESTATE) private readonly estate: Pick<Estate, 'settings' | 'demonstration'>,
    private readonly watch: Watch,
    private readonly figures: KeyWorkFigures,
  ) {}

  /**
   * From now on the service goes by what is configured now, or by all that it went by before.
   * @throws ConfigurationRefused, StoreUnavailable, StoreUnreadable: then nothing has changed
   */
  reload(): Promise<ReloadedRules> {
    return this.queues.run('reload', async () => {
      try {
        return await this.takeUp(this.configured());
      } catch (error) {
        const where = error instanceof ConfigurationRefused ? ` (${error.places})` : '';
        this.logger.error(`Not reloaded: ${codeOf(error)}${where}. The service goes on with what it has.`);
        throw error;
      }
    });
  }

  private async takeUp(rules: ConfiguredRules): Promise<ReloadedRules> {
    const changed = await this.watch.goBy(rules);
    if (changed) this.figures.goBy(rules.prisons.map(({ settings }) => settings));
    const told = { rules: rules.ruleFiles.length, prisons: rules.prisons.length, changed };
    this.logger.log(
      `Reloaded: ${told.rules} rules, settings of ${told.prisons} prisons` +
        (changed ? '.' : ', by which nothing is decided otherwise.'),
    );
    return told;
  }

  private configured(): ConfiguredRules {
    try {
      const { settings, demonstration } = this.estate;
      return rulesOf(settings, foldersOf(settings, demonstration ? 'demonstration' : 'real'));
    } catch (error) {
      if (error instanceof Error && MISTAKES.includes(codeOf(error))) throw new ConfigurationRefused(error);
      throw error;
    }
  }
}
