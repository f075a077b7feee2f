import type { Severity } from '../../prison/severity.js';
import { HOUR, MINUTE } from '../../prison/instant.js';

/**
 * Within what time somebody has to say "I have it", in milliseconds: then an alert that is still OPEN is overdue. CRITICAL
 * as in config/prometheus (CustodyWatchCriticalAlertNotAcknowledged); the others are the service's own choice.
 */
export const ACKNOWLEDGE_WITHIN: Readonly<Record<Severity, number>> = {
  CRITICAL: 15 * MINUTE,
  HIGH: 4 * HOUR,
  MEDIUM: 24 * HOUR,
  LOW: 72 * HOUR,
};

/** By when somebody has to have acknowledged what came up at an instant with this severity: ISO, UTC. */
export const acknowledgeBy = (at: string, severity: Severity): string =>
  new Date(Date.parse(at) + ACKNOWLEDGE_WITHIN[severity]).toISOString();
