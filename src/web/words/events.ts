import { counted } from './plural.js';

/** Everything about one person, with both clocks. */
export const events = {
  title: 'Full timeline',
  lead: 'Everything that is recorded about this person, the latest first.',
  filter: {
    legend: 'Choose what is shown',
    topic: 'Topic',
    all: 'All topics',
    alerts: 'Safety alerts',
    other: 'Everything else',
    asAt: 'As at',
    date: 'Date',
    dateHint: 'Leave empty for what is known now',
    time: 'Time',
    timeHint: '24-hour clock, for example 14:05',
    clock: 'What to show',
    clocks: { known: 'What was known then', held: 'What this service had then' },
    apply: 'Show',
    now: 'Show what is known now',
  },
  asAt: {
    known: (moment: string) =>
      `This is what was known at ${moment}: what had happened and been recorded at its source by then, whenever it reached this service. What was recorded or withdrawn later is left out. The name, location and key worker above are current.`,
    held: (moment: string) =>
      `This is what this service had at ${moment}. What reached it later is left out, even if it had been recorded before. The name, location and key worker above are current.`,
  },
  shown: (from: number, to: number, total: number) =>
    `Showing ${from} to ${to} of ${counted(total, 'entry', 'entries')}`,
  columns: { happened: 'Happened', what: 'What', recorded: 'Recorded', known: 'Known here' },
  withdrawn: 'Withdrawn',
  noDeparture: (prison: string) => `No departure from ${prison}`,
  quashed: 'Quashed',
  under: (prisonNumber: string) => `Recorded under ${prisonNumber}`,
  replaced: 'Replaced by a later version',
  imported: (moment: string) => `Imported ${moment}`,
  alert: (rule: string, transition: string) => `Safety alert: ${rule}. ${transition}`,
  by: 'By',
  unreadable: (n: number) =>
    `This version of the service cannot read ${counted(n, 'record')}, so ${n === 1 ? 'it is' : 'they are'} not shown. Tell the people who run it.`,
  empty: 'Nothing is recorded under this topic.',
  emptyThen: {
    known: 'Nothing was known about this person at that time.',
    held: 'This service had nothing about this person at that time.',
  },
  csv: 'Download this timeline (CSV)',
  errors: {
    date: 'Date must be a real date, such as 20/11/2026',
    time: 'Time must be a time of day, such as 14:05',
    dateMissing: 'Enter the date as well as the time',
    future: 'Date and time must be in the past',
  },
  pages: { previous: 'Previous', next: 'Next', label: 'Pages of the timeline' },
};
