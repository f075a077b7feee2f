import type { RollDifference } from '../../roll/comparison.js';
import { counted, people } from './plural.js';

/** The roll of a prison, held against what was recorded. */
export const roll = {
  title: 'Roll checks',
  lead: 'Who is in the prison by its roll, and who is by the records here. Nobody is alerted about a person who is missing here.',
  never: (prison: string) => `The roll of ${prison} has never been checked.`,
  noPrison: 'You have no prison whose roll could be checked.',
  checked: (prison: string, asAt: string, by: string) => `${prison}, as at ${asAt}, checked by ${by}`,
  total: (onRoll: number) => `${people(onRoll)} on the roll.`,
  same: 'The records say the same.',
  unlike:
    'More than a fifth of the people differ. This looks like the roll of another prison or another day, or half of one, so nothing was done with it.',
  corrected: (n: number) => `${counted(n, 'correction was', 'corrections were')} recorded.`,
  notAll: (shown: number, all: number) => `The first ${shown} of ${all} people are shown.`,
  columns: { who: 'Prison number', difference: 'Difference' },
  kinds: {
    NEVER_HEARD_OF: 'On the roll, and never recorded here',
    DIED: 'On the roll, and recorded as having died: a number or a record is wrong',
    NOT_IN_CUSTODY: 'On the roll, and recorded as having left',
    OTHER_PRISON: 'On the roll, and recorded in another prison',
    OTHER_CELL: 'Recorded in another cell',
    ONLY_HERE: 'Recorded here, and not on the roll',
  } satisfies Record<RollDifference, string>,
  heldBy: (prison: string) => `recorded in ${prison}`,
  howToCorrect:
    'To record who arrived, check the roll again from the command line, and have it corrected. A roll does not say why somebody left: record releases, transfers and cell moves as events.',
};
