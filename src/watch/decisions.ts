import type { WatchCommand } from '../safety-alerts/alert/safety-alert-commands.js';
import type { SafetyAlerts } from '../safety-alerts/alert/safety-alerts.js';
import { UnreadableEvent } from '../store/unreadable-event.js';
import type { ParkedEvents } from './parked-events.js';

const AT_ONCE = 200;

/**
 * What has been decided and is not in the log yet. A decision stays here until its append has been acknowledged; sending
 * it again changes nothing. Decisions on an alert that this version cannot read are dropped, and made good at the first
 * start of a version that can.
 */
export class Decisions {
  private waiting: WatchCommand[] = [];

  constructor(
    private readonly alerts: SafetyAlerts,
    private readonly parked: ParkedEvents,
  ) {}

  get count(): number {
    return this.waiting.length;
  }

  add(commands: readonly WatchCommand[]): void {
    this.waiting.push(...commands);
  }

  /** Like {@link carryOut}, but only once enough are waiting to be worth one go. */
  async carryOutMany(): Promise<void> {
    if (this.waiting.length >= AT_ONCE) await this.carryOut();
  }

  /**
   * Appends everything that is waiting: in parallel, but decisions about one alert in their order.
   * @throws StoreUnavailable
   */
  async carryOut(): Promise<void> {
    while (this.waiting.length > 0) {
      const together = this.waiting.slice(0, AT_ONCE);
      await Promise.all([...byAlert(together).values()].map((commands) => this.inOrder(commands)));
      this.waiting = this.waiting.slice(together.length);
    }
  }

  private async inOrder(commands: readonly WatchCommand[]): Promise<void> {
    for (const command of commands) {
      if (!(await this.parked.holdsBack(command))) await this.carryOutOne(command);
    }
  }

  private async carryOutOne(command: WatchCommand): Promise<void> {
    try {
      if (command.type === 'SetLevel') await this.alerts.setLevel(command);
      else if (command.type === 'Repeat') await this.alerts.repeat(command);
      else if (command.type === 'Move') await this.alerts.move(command);
      else await this.alerts.remind(command);
    } catch (error) {
      if (!(error instanceof UnreadableEvent)) throw error;
      this.parked.parkAlertOf(command.prisonNumber, error);
    }
  }
}

const byAlert = (commands: readonly WatchCommand[]): Map<string, WatchCommand[]> =>
  Map.groupBy(commands, ({ rule, prisonNumber }) => `${rule} ${prisonNumber}`);
