import type { WatchCommand } from '../safety-alerts/safety-alert-commands.js';
import type { SafetyAlerts } from '../safety-alerts/safety-alerts.js';

const AT_ONCE = 200;

/**
 * What has been decided and is not in the log yet. A decision leaves only when its append has been acknowledged; sending
 * it again changes nothing.
 */
export class Decisions {
  private waiting: WatchCommand[] = [];

  constructor(private readonly alerts: SafetyAlerts) {}

  get count(): number {
    return this.waiting.length;
  }

  add(commands: readonly WatchCommand[]): void {
    this.waiting.push(...commands);
  }

  /** Appends all that waits: side by side, but decisions about one alert in their order. @throws StoreUnavailable */
  async carryOut(): Promise<void> {
    while (this.waiting.length > 0) {
      const together = this.waiting.slice(0, AT_ONCE);
      await Promise.all([...byAlert(together).values()].map((commands) => this.inOrder(commands)));
      this.waiting = this.waiting.slice(together.length);
    }
  }

  private async inOrder(commands: readonly WatchCommand[]): Promise<void> {
    for (const command of commands) {
      if (command.type === 'SetLevel') await this.alerts.setLevel(command);
      else if (command.type === 'Repeat') await this.alerts.repeat(command);
      else await this.alerts.move(command);
    }
  }
}

const byAlert = (commands: readonly WatchCommand[]): Map<string, WatchCommand[]> =>
  Map.groupBy(commands, ({ rule, prisonNumber }) => `${rule} ${prisonNumber}`);
