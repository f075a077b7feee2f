import type { Name } from './person.js';
import { inCapitals } from '../../prison/prison-number.js';

/** A name as it is compared: the words of both parts in lower case without accents, each with a blank before it. */
export interface Spelling {
  readonly first: string;
  readonly last: string;
}

/** With fewer letters nearly everybody would be found. */
const FEWEST = 2;
/** No name is longer: every word of the text is compared with everybody. */
const LONGEST = 100;

export const spell = ({ firstName, lastName }: Name): Spelling => ({
  first: folded(firstName),
  last: folded(lastName),
});

/**
 * Finds people by what was typed: the beginning of their prison number, or for each word the beginning of a part of
 * their name. The last name stands before a comma. Nothing where too little was typed, or more than any name.
 */
export function searchFor(text: string): ((prisonNumber: string, name: Spelling | undefined) => boolean) | undefined {
  const number = inCapitals(text);
  if (number.length < FEWEST || text.length > LONGEST) return undefined;
  const isNamed = nameSearch(text);
  return (prisonNumber, name) => prisonNumber.startsWith(number) || (name !== undefined && isNamed(name));
}

function nameSearch(text: string): (name: Spelling) => boolean {
  const [before = '', ...after] = text.split(',');
  const lasts = wordsOf(before);
  const firsts = wordsOf(after.join(' '));
  if (lasts.length + firsts.length === 0) return () => false;
  if (after.length > 0) return ({ first, last }) => all(lasts, last) && all(firsts, first);
  return ({ first, last }) => lasts.every((word) => last.includes(word) || first.includes(word));
}

const all = (words: readonly string[], name: string): boolean => words.every((word) => name.includes(word));

/** Each with the blank before it, so that it matches the beginning of a word only. */
const wordsOf = (text: string): string[] =>
  folded(text)
    .split(' ')
    .filter(Boolean)
    .map((word) => ` ${word}`);

/** Letters that are no letter with an accent, and that nobody here has on a keyboard. */
const TYPED_AS: Readonly<Record<string, string>> = {
  ł: 'l',
  đ: 'd',
  ð: 'd',
  ø: 'o',
  ħ: 'h',
  ŧ: 't',
  ı: 'i',
  ŋ: 'n',
  ß: 'ss',
  æ: 'ae',
  œ: 'oe',
  þ: 'th',
};
const ANY_OF_THEM = new RegExp(`[${Object.keys(TYPED_AS).join('')}]`, 'g');

/** ` oneil smith` for `O'Neil-Smith`: hyphens separate words, apostrophes are left out. */
const folded = (text: string): string =>
  ` ${text
    .normalize('NFD')
    .replaceAll(/[\p{M}'’]/gu, '')
    .toLowerCase()
    .replaceAll(ANY_OF_THEM, (letter) => TYPED_AS[letter] ?? letter)
    .replaceAll(/[^\p{L}\p{N}]+/gu, ' ')
    .trim()}`;
