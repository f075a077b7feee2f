/** Coded reasons for what silences a safety alert. They become metric labels; the story goes into the note. */

/** Why an alert may rest for a while. `OTHER` needs a note. */
export const SNOOZE_REASONS = [
  /** The person was spoken to today; the session will be recorded. */
  'SEEN_TODAY',
  /** A session is arranged, with a date. */
  'SESSION_PLANNED',
  /** The safeguard was delivered; its record is on the way. */
  'AWAITING_RECORD',
  /** Nobody can act until another team has answered. */
  'AWAITING_OTHER_TEAM',
  'OTHER',
] as const;
export type SnoozeReason = (typeof SNOOZE_REASONS)[number];

/** Whether an alert was of use to the person who closed it. */
export const USEFUL = ['yes', 'no', 'unsure'] as const;
export type Useful = (typeof USEFUL)[number];

/** Why an alert is closed by hand although the log still calls for it. `OTHER` needs a note. */
export const RESOLVE_REASONS = [
  /** It was delivered, and cannot be recorded where this service would see it. */
  'SAFEGUARD_DELIVERED_NOT_RECORDED',
  /** The rule does not fit this person's circumstances. */
  'NOT_APPLICABLE',
  /** The risk is managed in the person's ACCT plan. */
  'COVERED_BY_ACCT_PLAN',
  /** Another safety alert about the same thing is being worked. */
  'DUPLICATE',
  /** What the alert rests on is wrong. */
  'RAISED_IN_ERROR',
  'OTHER',
] as const;
export type ResolveReason = (typeof RESOLVE_REASONS)[number];
