import { describe, expect, it } from '@jest/globals';
import { eventsQuery } from './events-query.js';

const NOW = '2026-11-22T09:00:00.000Z';

describe('what is asked of a timeline', () => {
  it('is everything that is known now, where nothing is said', () => {
    expect(eventsQuery({}, NOW)).toMatchObject({ topic: undefined, asAt: undefined, page: 1, errors: [] });
  });

  it.each([
    [{ asAtDate: '1/7/2026', asAtTime: '9:00' }, '2026-07-01T08:00:00.000Z'],
    [{ asAtDate: '1/7/2026' }, '2026-07-01T22:59:59.999Z'],
    [{ asAtDate: '22/11/2026' }, undefined],
    [{ asAt: '2026-07-01T08:00:00Z' }, '2026-07-01T08:00:00.000Z'],
    [{ asAt: '2026-07-01' }, '2026-07-01T22:59:59.999Z'],
  ])('%j means %s', (query, asAt) => {
    expect(eventsQuery(query, NOW)).toMatchObject({ asAt, errors: [] });
  });

  it.each([
    [{ asAtTime: '9:00' }, 'Enter the date as well as the time'],
    [{ asAtDate: '31/2/2026' }, 'Date must be a real date, such as 20/11/2026'],
    [{ asAtDate: '1/7/2026', asAtTime: '25:00' }, 'Time must be a time of day, such as 14:05'],
    [{ asAtDate: '22/11/2026', asAtTime: '9:01' }, 'Date and time must be in the past'],
    [{ asAtDate: '23/11/2026' }, 'Date and time must be in the past'],
    [{ asAt: 'yesterday' }, 'Date must be a real date, such as 20/11/2026'],
    [{ asAt: '2026-11-23T09:00:00Z' }, 'Date and time must be in the past'],
  ])('%j is told of, and left out', (query, text) => {
    expect(eventsQuery(query, NOW)).toMatchObject({ asAt: undefined, errors: [{ text }] });
  });

  it('leaves out a topic or page that there is not', () => {
    expect(eventsQuery({ topic: 'constructor', page: '-1' }, NOW)).toMatchObject({ topic: undefined, page: 1 });
    expect(eventsQuery({ topic: ['ACCT'], page: 'x' }, NOW)).toMatchObject({ topic: undefined, page: 1 });
  });
});
