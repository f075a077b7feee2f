import { counted, people } from './plural.js';

/** Around every page. */
export const frame = {
  service: 'Custody Watch',
  skip: 'Skip to main content',
  menu: 'Menu',
  navigation: {
    home: 'Home',
    alerts: 'Safety alerts',
    handover: 'Hand-over',
    oversight: 'Oversight',
    rules: 'Rules',
    records: 'Unreadable records',
    rolls: 'Roll checks',
    help: 'Help',
  },
  demonstration: { title: 'Demonstration data', text: 'Every person here is invented.' },
  signedInAs: 'Signed in as',
  thisMachine: 'This machine',
  nothingSaved: 'Your sign-in had ended, so nothing was saved. Please do it again.',
  signIn: 'Sign in',
  signOut: 'Sign out',
  location: 'Location',
  changeLocation: 'Change location',
  allLocations: 'All my locations',
  footer: {
    accessibility: 'Accessibility statement',
    glossary: 'Glossary',
    help: 'Help',
    api: 'API for other services',
  },
  official: 'OFFICIAL-SENSITIVE',
  freshness: {
    upToDate: (at: string) => `Up to date at ${at}.`,
    lastEvent: (at: string) => `The last custody event came in on ${at}.`,
    noEvent: 'No custody event has been received yet.',
    refresh: 'Refresh',
    staleTitle: 'What you see may not be complete',
    stale: (at: string) =>
      `New records cannot be read. This page shows what was known on ${at}, without newer safety alerts.`,
    behind: (at: string) => `The service is still catching up. This page shows what was known on ${at}.`,
    starting: 'The service has just started and is still reading its records. Not everything is shown yet.',
    parked: (n: number) =>
      `Records about ${people(n)} could not be read. Safety alerts about them may be missing. Tell the people who run the service.`,
    silentTitle: 'A source of records has stopped sending',
    silent: (feed: string, since: string, rules: number, held: number) =>
      `${feed} have not come since ${since}: ${counted(rules, 'rule waits', 'rules wait')}.${held === 0 ? '' : ` ${counted(held, 'record that has come since then counts', 'records that have come since then count')} once all of them have.`} What is open stays open, and a short list may only mean that records are missing.`,
  },
  severity: { LOW: 'Low', MEDIUM: 'Medium', HIGH: 'High', CRITICAL: 'Critical' },
  errorsTitle: 'There is a problem',
  errorPrefix: 'Error: ',
  back: 'Back',
};
