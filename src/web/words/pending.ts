import { counted, people } from './plural.js';

/** What prisons tell of people whom other prisons hold. */
export const pending = {
  title: 'People whom two prisons tell of',
  lead: 'One of the two is wrong, or an arrival or a departure has not been recorded yet. Ask the other prison.',
  waiting: {
    heading: 'Does not count yet',
    lead: 'It counts, with the time at which it happened, as soon as the arrival there or the departure is recorded. A wrong prison number is put right where it was recorded: it is withdrawn there, and sent again.',
    columns: { who: 'Who tells of whom', what: 'What', happened: 'Happened', since: 'Waits since' },
    showing: (shown: number, all: number) => (shown < all ? `The first ${shown} of ${all}` : counted(all, 'record')),
    empty: 'No prison tells of anybody whom another prison holds.',
  },
  taken: {
    heading: 'Received elsewhere, with no departure recorded',
    lead: 'The prison that held the person reads on what was its own until the departure is recorded, for 24 hours at most.',
    columns: { who: 'Prison number', received: 'Received', from: 'No departure from' },
    at: (prison: string, moment: string) => `${prison}, ${moment}`,
    empty: 'Nobody in the last 24 hours.',
  },
  notice: (waiting: number, taken: number) =>
    [
      ...(waiting > 0 ? [`${counted(waiting, 'record')} about people whom another prison holds`] : []),
      ...(taken > 0 ? [`${people(taken)} received elsewhere, with no departure recorded`] : []),
    ].join('; '),
  look: 'People whom two prisons tell of',
};
