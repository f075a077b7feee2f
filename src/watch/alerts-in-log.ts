import { aboutOf } from '../prison/alert-subject.js';
import type { Instant } from '../prison/instant.js';
import { ALERT_STREAMS } from '../safety-alerts/alert/alert-ids.js';
import { fromStored } from '../safety-alerts/alert/stored-safety-alert-event.js';
import type { Lapses } from '../safety-alerts/alert/terms.js';
import { AlertIndex } from '../safety-alerts/list/alert-index.js';
import type { AlertSummary } from '../safety-alerts/list/alert-summary.js';
import type { EventStore } from '../store/event-store.js';
import { unlessUnreadable } from '../store/unreadable-event.js';
import { type Comeback, comebackOf } from './comebacks.js';

/** What the log says of the alerts about one person. */
interface PersonAlerts {
  /** As they are now. */
  readonly alerts: readonly AlertSummary[];
  readonly comebacks: readonly Comeback[];
}

interface AlertsInLog {
  /** By prison number. */
  readonly alerts: ReadonlyMap<string, PersonAlerts>;
  /** The person whom each unreadable event is about; nothing where that is not known. */
  readonly unreadable: readonly (string | undefined)[];
}

/** The alerts there are. Leaves out what the watch decided for a later instant. @throws StoreUnavailable */
export const alertsInLog = async (options: {
  readonly store: EventStore;
  readonly prefix: string;
  readonly until: Instant;
  readonly lapses: Lapses;
}): Promise<AlertsInLog> => {
  const { store, prefix, until, lapses } = options;
  const index = new AlertIndex(prefix, (a, b) => store.compare(a, b), lapses);
  const comebacks: Comeback[] = [];
  const unreadable: string[] = [];
  for await (const recorded of store.readAll({ filter: { streamPrefixes: [prefix + ALERT_STREAMS] } })) {
    const event = unlessUnreadable(() => fromStored(recorded));
    if (!event) unreadable.push(recorded.stream.slice(prefix.length));
    else if (Date.parse(event.data.at) <= until || 'by' in event.data) {
      const id = String(recorded.data['alertId']);
      const comeback = index.has(id) ? comebackOf(index.get(id), event) : undefined;
      if (comeback) comebacks.push(comeback);
      index.apply(recorded);
    }
  }
  const backByPerson = Map.groupBy(comebacks, ({ before }) => aboutOf(before));
  const byPerson = Map.groupBy(index.all(), aboutOf);
  return {
    alerts: new Map(
      Array.from(byPerson, ([number, alerts]) => [number, { alerts, comebacks: backByPerson.get(number) ?? [] }]),
    ),
    unreadable: unreadable.map((stream) => index.aboutOf(stream)),
  };
};
