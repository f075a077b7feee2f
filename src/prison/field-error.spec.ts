import { describe, expect, it } from '@jest/globals';
import { inWords, shown, visible } from './field-error.js';

describe('a value in a refusal', () => {
  it.each([
    ['a control that turns the direction of text', 'XYI\u202Enepo', 'XYI\\u202enepo'],
    ['a control of the terminal', '\u001B[2Jgone', '\\u001b[2Jgone'],
    ['a line end', 'one\ntwo\u2028three', 'one\\u000atwo\\u2028three'],
    ['half a character', '\uD83D', '\\ud83d'],
    ['a space without width', 'a\u200Bb', 'a\\u200bb'],
    ['a tag beyond the first plane', '\u{E0041}', '\\u{e0041}'],
  ])('shows %s, and is not ruled by it', (_, sent, seen) => {
    expect(shown(sent)).toBe(seen);
    expect(inWords({ field: 'prisonId', value: shown(sent), message: 'must be a prison id' })).toBe(
      `prisonId: ${seen} must be a prison id`,
    );
  });

  it('leaves all that can be read as it is, in any language', () => {
    for (const text of ['Zoë O’Brien', 'Łukasz', 'محمد', '李', '👍', '\\u202e']) expect(visible(text)).toBe(text);
  });
});
