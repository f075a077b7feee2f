import type { EventStore } from '../store/event-store.js';
import type { PersonStreams } from './person-streams.js';
import { Trail } from './whereabouts/trail.js';

/** A safety alert that is open. */
export interface StandingAlert {
  readonly id: string;
  readonly rule: string;
}

/** Where open safety alerts are looked up; this room does not know them. */
export interface OpenAlertSource {
  /** Those about somebody, by all their prison numbers. @throws StoreUnavailable, NotCaughtUp */
  openAlertsOf(prisonNumbers: readonly string[]): Promise<readonly StandingAlert[]>;
}
export const OPEN_ALERTS = Symbol('OpenAlertSource');

/** Why somebody is still watched over, so that what is known of them is needed. */
export interface WatchedOver {
  /** The prison that holds them, or sent them on to another; null where they are not in custody. */
  readonly inCustodyAt: string | null;
  readonly openAlerts: readonly StandingAlert[];
}

/** As the record of an erasure has it. */
export const codesOf = ({ inCustodyAt, openAlerts }: WatchedOver): string[] => [
  ...(inCustodyAt === null ? [] : ['IN_CUSTODY']),
  ...(openAlerts.length === 0 ? [] : ['OPEN_ALERTS']),
];

/** Whether somebody is watched over, by all their numbers. @throws StoreUnavailable, StoreUnreadable, NotCaughtUp */
export const watchedOver = async (
  prisonNumbers: readonly string[],
  log: { readonly store: EventStore; readonly streams: PersonStreams; readonly alerts: OpenAlertSource },
): Promise<WatchedOver> => {
  const { store, streams, alerts } = log;
  const history = await streams.knownOf({ own: prisonNumbers, elsewhere: [] }, await store.end());
  const { prisonId, inCustody, left } = Trail.through(history).whereabouts;
  const isBetweenPrisons = left?.reason === 'TRANSFERRED';
  return {
    inCustodyAt: inCustody || isBetweenPrisons ? (prisonId ?? null) : null,
    openAlerts: await alerts.openAlertsOf(prisonNumbers),
  };
};
