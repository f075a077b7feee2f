import { counted } from './plural.js';

const rules = (n: number): string => counted(n, 'rule');

/** What prisons are told, and what is therefore not watched there. */
export const coverage = {
  title: 'What we are told and what we are not',
  link: 'What we are told and what we are not',
  lead: 'What nobody tells us of cannot be missed. A rule that rests on it is not watched: it raises no safety alert, and its silence means nothing.',
  prisons: {
    lead: 'Choose a prison to see its sources, what each delivers, and which rules are not watched there.',
    empty: 'You have no prison yet. Ask the person who looks after roles in your prison to add yours.',
    columns: { prison: 'Prison', region: 'Region', notWatched: 'Rules not watched', waiting: 'Rules waiting' },
  },
  watched: (watched: number, all: number) => `${watched.toLocaleString('en-GB')} of ${rules(all)} can be watched here.`,
  everything:
    'This prison does not say which sources it has, so it counts as told everything, but for what only a declared source can be said to deliver. Where a record never reaches us, a safety alert may say that something was not done although it was.',
  noScheme: (n: number) =>
    `This prison has no key work scheme: ${counted(n, 'rule needs', 'rules need')} one, and ${n === 1 ? 'is' : 'are'} about nobody here, whatever it is told.`,
  told: {
    heading: 'What we are told',
    empty: 'No source is known for this prison.',
    columns: {
      feed: 'Source',
      delivers: 'What it delivers',
      complete: 'Complete until',
      heard: 'Last heard',
    },
    unknown: 'Nobody says what it delivers',
    never: 'Not reported',
    neverHeard: 'Nothing yet',
    silent: (n: number) => `It has stopped sending: ${counted(n, 'rule waits', 'rules wait')}.`,
    notDeclared: 'This prison does not count it among its sources.',
    note: '“Last heard” is when something that the source delivers became known last, whoever told it.',
  },
  notWatched: {
    heading: 'What is not watched here',
    empty: 'Every rule can be watched here.',
    columns: { why: 'Not watched', rules: 'Rules' },
  },
  missing: {
    heading: 'What would make them watchable',
    columns: { feed: 'Source', delivers: 'What it would tell', rules: 'Rules that could be watched' },
    together: 'Several of these sources together',
    never: 'No source that we know of',
    empty: 'No further source is known that would make another rule watchable.',
  },
};
