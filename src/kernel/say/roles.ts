/** Those whom rules tell, in the words that staff use. */
const ROLES: Readonly<Record<string, string>> = {
  'acct-case-coordinator': 'ACCT Case Co-ordinator',
  chaplaincy: 'chaplaincy',
  'duty-governor': 'duty governor',
  governor: 'governor',
  'key-work-manager': 'key work manager',
  'key-worker': 'key worker',
  operators: 'people who run this service',
  'safer-custody': 'safer custody team',
  'segregation-manager': 'segregation manager',
  'substance-misuse-service': 'substance misuse service',
};

/** What a role is called. */
export const sayRole = (role: string): string => ROLES[role] ?? role;
