import { describe, expect, it } from '@jest/globals';
import { pageLinks } from './page-links.js';

const shown = (current: number, total: number) =>
  pageLinks(current, total, (page) => `?page=${page}`).items.map((item) =>
    'ellipsis' in item ? '…' : item.current ? `[${item.number}]` : String(item.number),
  );

describe('links to the pages of a list', () => {
  it.each([
    [1, 1, []],
    [1, 2, ['[1]', '2']],
    [1, 9, ['[1]', '2', '…', '9']],
    [5, 9, ['1', '…', '4', '[5]', '6', '…', '9']],
    [3, 4, ['1', '2', '[3]', '4']],
    [9, 9, ['1', '…', '8', '[9]']],
  ])('on page %i of %i are %j', (current, total, expected) => {
    expect(shown(current, total)).toEqual(expected);
  });

  it('show an ellipsis also where a single page is left out', () => {
    expect(shown(4, 7)).toEqual(['1', '…', '3', '[4]', '5', '…', '7']);
  });

  it('lead back from all but the first, and on from all but the last', () => {
    const href = (page: number) => `?page=${page}`;
    expect(pageLinks(1, 3, href)).toMatchObject({ previous: undefined, next: { href: '?page=2' } });
    expect(pageLinks(3, 3, href)).toMatchObject({ previous: { href: '?page=2' }, next: undefined });
  });
});
