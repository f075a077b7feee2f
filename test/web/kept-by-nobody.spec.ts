import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { ServiceApp } from '../http/service-app.js';

let service: ServiceApp;

beforeAll(async () => {
  service = await ServiceApp.start();
});

afterAll(() => service.stop());

describe('what a browser may keep', () => {
  it.each(['/', '/alerts', '/alerts.csv', '/alerts/unknown', '/nowhere', '/safety-alerts', '/safety-alerts/unknown'])(
    'is nothing of %s, page, table, API or error',
    async (path) => {
      for (const type of ['text/html', 'application/json']) {
        const { headers } = await service.http.get(path).set('Accept', type);
        expect(headers['cache-control']).toBe('no-store');
      }
    },
  );

  it('is nothing of what a form leads to', async () => {
    const { headers } = await service.http.post('/search').set('Accept', 'text/html').type('form').send('search=smith');
    expect(headers['cache-control']).toBe('no-store');
  });

  it('are styles and scripts', async () => {
    const { headers } = await service.http.get('/assets/custody-watch.css');
    expect(headers['cache-control']).toBe('public, max-age=3600');
  });
});
