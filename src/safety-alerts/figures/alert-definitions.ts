import { definition, type Definition } from '../../answers/definition.js';

/** What the figures of {@link WeekOfAlerts} mean. */
export const ALERT_DEFINITIONS = {
  raised: definition(
    1,
    'Safety alerts raised, in the prison in which each was raised, by the local week (Europe/London, Monday to Sunday) of the instant that it counts from, whenever it was written. A further ask on an open safety alert does not count.',
  ),
  closed: definition(
    1,
    'Safety alerts that closed, in the prison that they were in then: resolved by themselves or by hand, and expired because the person left.',
  ),
  acknowledged: definition(1, 'Acknowledgements of a safety alert that was new, or had been asked again.'),
  medianSecondsToAcknowledge: definition(
    1,
    'Of these acknowledgements, the middle of the times from the raising of the safety alert to its acknowledgement. Those that nobody has acknowledged have no part in it; nothing where there was no acknowledgement.',
  ),
} as const satisfies Record<string, Definition>;
