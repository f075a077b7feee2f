import { counted } from './plural.js';

/** One shift hands over to the next. */
export const handover = {
  title: 'Hand-over',
  at: (location: string) => `Location: ${location}`,
  all: 'All my locations',
  chooseLocation: 'Notes and signatures belong to one prison.',
  chooseLink: 'Choose a location to read and write them',

  since: {
    legend: 'Show what has happened since',
    date: 'Date',
    time: 'Time',
    timeHint: '24-hour clock, such as 06:30',
    show: 'Show',
    heading: (at: string) => `Since ${at}`,
    signed: (who: string) => `This is when the last signed hand-over was written, by ${who}.`,
    twelveHours: 'These are the last 12 hours: no hand-over has been signed here in the last 31 days.',
    twelveHoursOfAll: 'These are the last 12 hours.',
    notADay: 'Enter a date that exists, such as 20/11/2026',
    notATime: 'Enter a time in the 24-hour clock, such as 06:30',
    ahead: 'The date and time must be in the past',
    tooLong: 'The date must be in the last 31 days',
  },
  print: 'Print this hand-over',
  howToPrint: 'Use your browser’s print command (Ctrl and P). Headings, forms and links are left out on paper.',
  printed: (at: string) => `Printed ${at}`,
  history: 'Earlier hand-overs',

  open: 'Open now',
  happened: 'Since then',
  figures: { critical: '', worse: 'got worse', new: 'new', worked: 'worked on', closed: 'closed' },

  groups: {
    critical: {
      heading: 'Critical',
      lead: 'All open critical safety alerts, whether or not anything has changed.',
      empty: 'No critical safety alert is open.',
    },
    worse: {
      heading: 'Got worse',
      lead: 'Their severity rose, the same happened again, or they came back to triage.',
      empty: 'No safety alert here has got worse since then.',
    },
    new: {
      heading: 'New',
      lead: 'Raised since then, or moved here with the person from another prison.',
      empty: 'No safety alert here is new since then.',
    },
    worked: {
      heading: 'Worked on',
      lead: 'Somebody acknowledged, assigned or snoozed them, or added a note.',
      empty: 'Nobody has worked on a safety alert here since then.',
    },
    closed: {
      heading: 'Closed',
      lead: 'Resolved or expired since then.',
      empty: 'No safety alert here has closed since then.',
    },
  },
  columns: { person: 'Name and prison number', alert: 'Safety alert', now: 'Status and owner', since: 'Since then' },
  nothingSince: 'Nothing',
  /** Under a heading whose count is of more than those listed below it. */
  first: (shown: number, left: number) =>
    `Only the first ${shown.toLocaleString('en-GB')} of ${(shown + left).toLocaleString('en-GB')} are shown.`,
  showAll: 'Show all',
  elsewhere: (under: string) => `Listed under other headings: ${under}.`,
  under: (n: number, heading: string) => `${n.toLocaleString('en-GB')} under ${heading}`,
  low: (n: number) => `Not listed: ${n.toLocaleString('en-GB')} of low severity that nobody has worked on.`,
  noneCounted: 'None of those counted here.',
  notAll: (count: number, total: number) =>
    `Only the worst ${count.toLocaleString('en-GB')} of the ${total.toLocaleString('en-GB')} safety alerts that have changed are counted and listed here. Choose a later time to see the rest.`,
  allOpen: 'All open safety alerts',

  notes: {
    heading: 'Notes for you',
    quiet: 'No hand-over is waiting to be read.',
    lastSigned: (who: string, at: string, reader: string, readAt: string) =>
      `The last signed one was written by ${who} on ${at}, and signed by ${reader} on ${readAt}.`,
    neverSigned: 'No hand-over has been signed here yet.',
    from: (who: string) => `From ${who}`,
    covers: (since: string, at: string) => `Written ${at}, about the time since ${since}`,
    people: 'People named:',
    more: (n: number) => `${counted(n, 'earlier hand-over')} also ${n === 1 ? 'waits' : 'wait'} to be read.`,
    sign: 'I have read this',
    signHint: 'Signs the hand-over with your name and the time.',
    own: 'You wrote this, so somebody on the next shift must sign it.',
    readOnly: 'To sign it you need the role for acting on safety alerts.',
    signedBy: (who: string, at: string) => `Signed by ${who}, ${at}`,
    unsigned: 'Not signed yet',
    expired: 'This note can no longer be read. Notes are kept for 28 days, or until somebody they name is erased.',
    keyMissing: 'This note cannot be read here: its key is missing.',
  },
  write: {
    heading: 'Hand over to the next shift',
    label: 'Notes',
    hint: 'For anything that is not about one safety alert: staffing, regime, what to look out for. Use prison numbers, not names. If it is about a safety alert, add a note there instead: that note is kept.',
    keeps: 'The note can be read for 28 days.',
    button: 'Hand over',
    error: 'Enter a note of at most 4,000 characters. If there is nothing to say, say so',
  },
  done: {
    written: 'You have handed over. Your note stays here until the next shift has read it.',
    signed: 'You have signed the hand-over.',
  },
  past: {
    title: 'Earlier hand-overs',
    empty: 'Nothing has been handed over here yet.',
    showing: (n: number) => counted(n, 'hand-over'),
    back: 'Hand-over',
  },
};
