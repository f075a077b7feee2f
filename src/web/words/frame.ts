import { people } from './plural.js';

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
    api: 'For programs: the API',
  },
  official: 'OFFICIAL-SENSITIVE',
  freshness: {
    upToDate: (at: string) => `Up to date at ${at}.`,
    lastEvent: (at: string) => `The last custody event came in on ${at}.`,
    noEvent: 'No custody event has been received yet.',
    refresh: 'Refresh',
    staleTitle: 'What you see may not be complete',
    stale: (at: string) => `The log cannot be followed. This is as of ${at}. New safety alerts are not shown.`,
    behind: (at: string) => `The log is still being read. This is as of ${at}: what came in since is not shown yet.`,
    starting: 'The service has just started and is still reading the log. Not everything is shown yet.',
    parked: (n: number) =>
      `Records of ${people(n)} could not be read. Safety alerts about them may be missing: tell those who run the service.`,
    silentTitle: 'A source of records has fallen silent',
    silent: (feed: string, at: string) =>
      `Nothing has been delivered by ${feed} since ${at}. A quiet list may only mean that nobody is telling us.`,
    neverReported: (feed: string) => `${feed} has never delivered anything.`,
  },
  severity: { LOW: 'Low', MEDIUM: 'Medium', HIGH: 'High', CRITICAL: 'Critical' },
  errorsTitle: 'There is a problem',
  errorPrefix: 'Error: ',
  back: 'Back',
};
