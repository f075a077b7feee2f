/** What a rule's `why` may leave open, and what then stands there. */
export const PLACEHOLDERS = {
  last: 'the day of the latest event counted',
  first: 'the day of the earliest event counted',
  events: 'the events counted, each with its day',
  count: 'how many were counted',
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

/** The text with every placeholder filled; nothing where one of them has nothing to say. */
export const fill = (template: string, said: (name: Placeholder) => string | undefined): string | undefined => {
  const words = placeholdersIn(template).map((name) => said(name as Placeholder));
  if (words.includes(undefined)) return undefined;
  let next = 0;
  return template.replace(PLACEHOLDER, () => words[next++] ?? '');
};
