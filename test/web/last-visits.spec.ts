import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { ServiceApp } from '../http/service-app.js';
import { serviceWithOneAlert } from './one-alert.js';

let service: ServiceApp;

beforeAll(async () => {
  ({ service } = await serviceWithOneAlert());
  service.clock.pass(1_000);
});

afterAll(() => service.stop());

const open = async (path: string): Promise<string> => (await service.http.get(path).set('Accept', 'text/html')).text;

/** How many the home page says are new since they last looked. */
const newOnes = async (): Promise<string | undefined> =>
  /listedFrom=[^>]*><span class="cw-counter__number">(\d+)</.exec(await open('/'))?.[1];

describe('what is new since somebody last looked', () => {
  it.each([
    '/alerts?view=mine',
    '/alerts?view=open&severity=LOW',
    '/alerts?view=open&rule=KW-01',
    '/alerts?view=closed',
  ])('stays new after a list that does not show it: %s', async (path) => {
    await open(path);
    expect(await newOnes()).toBe('1');
  });

  it('is no longer new after a list of all that is open', async () => {
    await open('/alerts?view=open');
    expect(await newOnes()).toBe('0');
  });
});
