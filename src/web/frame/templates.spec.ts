import { describe, expect, it } from '@jest/globals';
import { templates } from './views.js';

const say = (template: string, model: object = {}): string => templates().renderString(template, model);

describe('templates', () => {
  it('escape what they are given', () => {
    expect(say('<p>{{ name }}</p>', { name: '<script>alert(1)</script>' })).not.toContain('<script>');
  });

  it('know the words of every page, and moments by the clock on the wall of a prison', () => {
    expect(say('{{ words.frame.service }}')).toBe('Custody Watch');
    expect(say('{{ at | moment }}', { at: '2026-07-01T12:00:00Z' })).toBe('1 July 2026, 13:00');
  });

  it('complain, when they are strict, of what is not there', () => {
    expect(() => templates(true).renderString('{{ nobody }}', {})).toThrow(/undefined/);
  });
});
