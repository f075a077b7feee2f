import { definition, type Definition } from '../../answers/definition.js';

/** What the figures of {@link WeekOfAlerts} mean. */
export const ALERT_DEFINITIONS = {
  raised: definition(
    1,
    'Safety alerts raised, by the prison in which each was raised and the local week (Europe/London, Monday to Sunday) of the instant that it counts from, even if it was written later. A repeat of an open safety alert does not count.',
  ),
  closed: definition(
    2,
    'How often safety alerts closed, by the prison that they were in then: resolved by themselves or by hand, or expired because the person left. One that was reopened closes again.',
  ),
  acknowledged: definition(
    2,
    'Acknowledgements of a safety alert that was to triage: new, or back because it repeated, got worse, was reopened, or an acknowledgement lapsed.',
  ),
  medianSecondsToAcknowledge: definition(
    1,
    'The median time from raising a safety alert to acknowledging it, over these acknowledgements. Safety alerts that nobody has acknowledged are left out; no figure if there was no acknowledgement.',
  ),
} as const satisfies Record<string, Definition>;
