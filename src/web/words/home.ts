import { counted } from './plural.js';

/** What each page is for. */
const PLACES: Readonly<Record<string, string>> = {
  '/handover': 'What is open and what has changed, for the next shift',
  '/oversight': 'Delivery, people never seen, and how long safety alerts wait, by prison and week',
  '/rules': 'What Custody Watch checks, in plain words, and the policy behind it',
  '/help': 'How to work a safety alert, and what the words mean',
};

/** The page people open every morning. */
export const home = {
  title: 'Home',
  triage: (n: number) => `${counted(n, 'safety alert')} to triage`,
  nothing: 'Nothing to triage',
  triageHint: 'New, not yet acknowledged, worst first',
  overdue: { label: 'Overdue', hint: 'Not acknowledged in the time that their severity allows' },
  escalated: { label: 'Escalated', hint: 'Open, and worse than when they were raised' },
  fresh: {
    label: 'New',
    hint: (since: string) => `Open, and new since you last looked, ${since}`,
    atFirst: (since: string) => `Open, and new in the last day, since ${since}`,
  },
  mine: { label: 'Mine', hint: 'Open and assigned to me' },
  counters: 'Safety alerts',
  more: 'More',
  places: PLACES,
};
