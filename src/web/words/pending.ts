import { counted, people } from './plural.js';

/** What prisons record about people whom another prison holds. */
export const pending = {
  title: 'People recorded by two prisons',
  lead: 'One of the two is wrong, or an arrival or a departure has not been recorded yet. Ask the other prison.',
  waiting: {
    heading: 'Does not count yet',
    lead: 'It counts, from the time at which it happened, as soon as the arrival there or the departure is recorded. If the prison number is wrong, the prison that recorded it withdraws the record and sends it again.',
    told: (prison: string, prisonNumber: string, holder = 'another prison') =>
      `${prison} tells of ${prisonNumber}, whom ${holder} holds`,
    columns: { who: 'Prison and person', what: 'What', happened: 'Happened', since: 'Waits since' },
    refused: (why: string) => `Cannot be counted as it was sent: ${why}.`,
    showing: (shown: number, all: number) => (shown < all ? `The first ${shown} of ${all}` : counted(all, 'record')),
    empty: 'No prison has recorded anything about somebody whom another prison holds.',
  },
  taken: {
    heading: 'Received elsewhere, with no departure recorded',
    lead: 'The prison that held the person can still read its own records about them until the departure is recorded, for 24 hours at most.',
    columns: { who: 'Prison number', received: 'Received', from: 'No departure from' },
    at: (prison: string, moment: string) => `${prison}, ${moment}`,
    empty: 'Nobody in the last 24 hours.',
  },
  notice: (waiting: number, taken: number) =>
    [
      ...(waiting > 0 ? [`${counted(waiting, 'record')} about people whom another prison holds`] : []),
      ...(taken > 0 ? [`${people(taken)} received elsewhere, with no departure recorded`] : []),
    ].join('; '),
  look: 'People recorded by two prisons',
};
