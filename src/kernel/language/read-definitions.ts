import type { Condition, Selector } from '../condition.js';
import { Cursor } from './cursor.js';
import type { Problem } from './problems.js';
import { readCondition } from './read-condition.js';
import { readSelector } from './read-selector.js';
import type { KnownEvents, Vocabulary } from './vocabulary.js';

/** Reads `definitions.yml`: each name may use those that stand before it. */
export const readDefinitions = (
  file: string,
  text: string,
  known: KnownEvents,
): { readonly vocabulary: Vocabulary; readonly problems: readonly Problem[] } => {
  const cursor = Cursor.open(file, text);
  const events = new Map<string, Selector>();
  const conditions = new Map<string, Condition>();
  const families = new Map<string, Selector>();
  const vocabulary = { known, events, conditions, families };
  for (const [section, body] of cursor.entries()) {
    for (const [name, value] of body.entries()) {
      if (section === 'events') events.set(name, readSelector(value, vocabulary));
      else if (section === 'conditions') conditions.set(name, readCondition(value, vocabulary));
      else if (section === 'families') families.set(name, readSelector(value, vocabulary));
    }
    if (!['events', 'conditions', 'families'].includes(section)) {
      body.complain(`"${section}" is not known here. Known: events, conditions, families.`);
    }
  }
  return { vocabulary, problems: cursor.problems };
};
