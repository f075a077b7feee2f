import type { Condition, Selector } from '../condition.js';
import { Cursor } from './cursor.js';
import { didYouMean, type Problem } from './problems.js';
import { Reader } from './reader.js';
import type { EventMembers, Vocabulary } from './vocabulary.js';

export const SECTIONS = ['events', 'conditions', 'families'];

/** Reads `definitions.yml`: each name may use those that stand before it. */
export const readDefinitions = (
  file: string,
  text: string,
  known: EventMembers,
): { readonly vocabulary: Vocabulary; readonly problems: readonly Problem[] } => {
  const cursor = Cursor.open(file, text);
  const events = new Map<string, Selector>();
  const conditions = new Map<string, Condition>();
  const families = new Map<string, Selector>();
  const vocabulary = { known, events, conditions, families };
  const reader = new Reader(vocabulary);
  for (const [section, body, key] of cursor.entries()) {
    if (!SECTIONS.includes(section)) {
      key.complain(`"${section}" is not known here.${didYouMean(section, SECTIONS)} Known: ${SECTIONS.join(', ')}.`);
      continue;
    }
    for (const [name, value] of body.entries()) {
      if (section === 'events') events.set(name, reader.events.selector(value));
      else if (section === 'conditions') conditions.set(name, reader.condition(value));
      else families.set(name, reader.events.selector(value));
    }
  }
  const borrowed = reader.references.map(({ rule, ...place }) => ({
    ...place,
    message: `A definition cannot refer to a rule (${rule}). Say it in the rule that needs it.`,
  }));
  return { vocabulary, problems: [...cursor.problems, ...borrowed] };
};
