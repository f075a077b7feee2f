import type { Role } from '../../access/roles.js';
import { NEIGHBOUR, PRISON } from '../../demo/stay.js';
import type { SessionUser } from './session.js';

/** An invented user of the demonstration. */
export interface DemonstrationPerson extends Omit<SessionUser, 'kind' | 'since'> {
  readonly id: 'safer-custody' | 'case-coordinator' | 'oversight';
}

const READ_ALERTS: Role = 'ROLE_CUSTODY_WATCH__ALERTS__RO';
const WORK_ALERTS: Role = 'ROLE_CUSTODY_WATCH__ALERTS__RW';
const READ_HISTORY: Role = 'ROLE_CUSTODY_WATCH__HISTORY__RO';
const READ_FIGURES: Role = 'ROLE_CUSTODY_WATCH__OVERSIGHT__RO';

/** None of them exists. Each sees what somebody of that work would see, so that one can see the difference. */
export const DEMONSTRATION_PEOPLE: readonly DemonstrationPerson[] = [
  {
    id: 'safer-custody',
    name: 'Robin Lark',
    userName: 'RLARK_DEMO',
    prisons: [PRISON],
    roles: [READ_ALERTS, WORK_ALERTS, READ_HISTORY],
  },
  {
    id: 'case-coordinator',
    name: 'Jay Swift',
    userName: 'JSWIFT_DEMO',
    prisons: [PRISON],
    roles: [READ_ALERTS, READ_HISTORY],
  },
  {
    // Figures are without people: whoever looks at a region needs nobody's name for them.
    id: 'oversight',
    name: 'Martin Finch',
    userName: 'MFINCH_DEMO',
    prisons: [PRISON, NEIGHBOUR],
    roles: [READ_FIGURES],
  },
];
