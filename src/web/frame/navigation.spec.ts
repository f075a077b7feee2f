import { describe, expect, it } from '@jest/globals';
import type { Role } from '../../access/roles.js';
import { navigationFor } from './navigation.js';

const placesFor = (roles: Role[], path = '/') => navigationFor(new Set(roles), path);

describe('the navigation', () => {
  it('leads nobody to where they may not go', () => {
    const hrefs = (roles: Role[]) => placesFor(roles).map(({ href }) => href);
    expect(hrefs([])).toEqual(['/', '/rules', '/help']);
    expect(hrefs(['ROLE_CUSTODY_WATCH__ALERTS__RO'])).toEqual(['/', '/alerts', '/handover', '/rules', '/help']);
    expect(hrefs(['ROLE_CUSTODY_WATCH__OVERSIGHT__RO'])).toEqual(['/', '/oversight', '/rules', '/help']);
  });

  it.each([
    ['/', '/'],
    ['/rules', '/rules'],
    ['/rules/KW-01', '/rules'],
    ['/help/glossary', '/help'],
    ['/rulesome', undefined],
    ['/prisoners/A1234BC', undefined],
  ])('at %s, %s is where one is', (path, active) => {
    expect(placesFor([], path).filter((item) => item.active)).toEqual(
      active === undefined ? [] : [expect.objectContaining({ href: active })],
    );
  });
});
