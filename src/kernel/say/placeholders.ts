/** The placeholders that a rule's `why` may hold, and what stands in their place. */
export const PLACEHOLDERS = {
  last: 'the day of the latest event counted',
  first: 'the day of the earliest event counted',
  events: 'the events counted, each with its day',
  count: 'how many were counted',
  expected: 'how many were expected',
  capacity: 'how many people the prison lets a key worker have',
  families: 'the kinds of risk counted',
  grounds: 'the events that the first "any" that holds rests on, each with its day',
  missing: 'the kinds of events that the first "not" that holds misses',
  left: 'how and when the person left, where they were seen and no return is on record',
  since: 'when what the rule is about began',
  due: 'when what was expected fell due',
  days: 'the local days from the last event counted (or else the beginning) to the alert',
  at: 'the instant of the alert',
} as const;

export type Placeholder = keyof typeof PLACEHOLDERS;

const PLACEHOLDER = /\{(\w*)\}/g;

/** The names that stand in braces in a text. */
export const placeholdersIn = (template: string): string[] =>
  [...template.matchAll(PLACEHOLDER)].map(([, name]) => name ?? '');

/** A template cut at its placeholders: words stand at even places, names at odd ones. */
const cut = new Map<string, readonly string[]>();

const piecesOf = (template: string): readonly string[] => {
  const known = cut.get(template) ?? template.split(PLACEHOLDER);
  cut.set(template, known);
  return known;
};

/** The text with every placeholder filled; nothing where one of them has nothing to say. */
export const fill = (template: string, wordsFor: (name: Placeholder) => string | undefined): string | undefined => {
  let text = '';
  for (const [place, piece] of piecesOf(template).entries()) {
    const words = place % 2 === 0 ? piece : wordsFor(piece as Placeholder);
    if (words === undefined) return undefined;
    text += words;
  }
  return text;
};
