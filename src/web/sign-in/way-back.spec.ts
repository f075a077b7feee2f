import { describe, expect, it } from '@jest/globals';
import type { Request } from 'express';
import type { Errands } from './errands.js';
import { safePath, WayBack } from './way-back.js';

describe('the way back after signing in', () => {
  it.each(['/', '/alerts?state=OPEN&page=2', '/prisoners/A1234BC/review-pack?from=2026-01-01', '/%2f%2fevil.example'])(
    'is the page that somebody was on: %s',
    (path) => {
      expect(safePath(path)).toBe(path);
    },
  );

  it.each([
    '//evil.example',
    '///evil.example',
    '/\\evil.example',
    '\\\\evil.example',
    '/\t/evil.example',
    '/\n/evil.example',
    '/.//evil.example',
    '/%2e//evil.example',
    '/a/..//evil.example',
    '/a/%2E%2E//evil.example',
    'https://evil.example',
    'https:evil.example',
    'http://here.invalid//evil.example',
    'javascript:alert(1)',
    '@evil.example',
    '.evil.example',
    '',
    ' /',
    `/${'x'.repeat(2_000)}`,
  ])('never leads elsewhere: %j', (path) => {
    expect(safePath(path)).toBeUndefined();
  });

  it.each(['/sign-in', '/sign-in/callback?code=1', '/SIGN-OUT', '/signed-out', '/location'])(
    'never ends at a page in passing: %s',
    (path) => {
      expect(safePath(path)).toBeUndefined();
    },
  );
});

describe('the page that a form was on', () => {
  const sentFrom = (referer: string, host: string, publicUrl?: string) =>
    new WayBack({} as Errands, publicUrl).sentFrom({ headers: { referer, host } } as Request);

  it.each([
    ['https://ours.example/alerts?page=2#row', 'proxied:3000', 'https://ours.example', '/alerts?page=2'],
    ['http://127.0.0.1:3000/alerts', '127.0.0.1:3000', undefined, '/alerts'],
    ['https://evil.example/alerts', 'ours.example', 'https://ours.example', undefined],
    ['https://ours.example.evil.example/', 'ours.example', 'https://ours.example', undefined],
    ['http://ours.example/alerts', 'ours.example', 'https://ours.example', undefined],
    ['https://ours.example//evil.example', 'ours.example', 'https://ours.example', undefined],
    ['', '127.0.0.1', undefined, undefined],
    ['http://127.0.0.1/', '', undefined, undefined],
  ])('"%s", sent to %s of %s, is %s', (referer, host, publicUrl, page) => {
    expect(sentFrom(referer, host, publicUrl)).toBe(page);
  });
});
