/** What a caller may do (docs/access.md, "Roles"). A role counts only as it is written here: another case is another role. */
export const ROLES = [
  /** Read safety alerts of their prisons. */
  'ROLE_CUSTODY_WATCH__ALERTS__RO',
  /** Work them. */
  'ROLE_CUSTODY_WATCH__ALERTS__RW',
  /** Key worker history, timeline. */
  'ROLE_CUSTODY_WATCH__HISTORY__RO',
  /** Send custody events. */
  'ROLE_CUSTODY_WATCH__EVENTS__RW',
  /** Figures without people. */
  'ROLE_CUSTODY_WATCH__OVERSIGHT__RO',
  /** Access records, erasure, verify, rebuild. */
  'ROLE_CUSTODY_WATCH__ADMIN__RW',
  /** Subject access. */
  'ROLE_SAR_DATA_ACCESS',
] as const;

export type Role = (typeof ROLES)[number];

export const isRole = (name: string): name is Role => (ROLES as readonly string[]).includes(name);
