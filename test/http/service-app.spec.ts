import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Rule } from '../../src/kernel/rule.js';
import { differences } from './differences.js';
import { ServiceApp } from './service-app.js';

/** Of the contract's table, what is there so far. */
const ROUTES = [
  'post /custody-events',
  'get /safety-alerts',
  'get /safety-alerts/{id}',
  'post /safety-alerts/{id}/acknowledge',
  'post /safety-alerts/{id}/assign',
  'post /safety-alerts/{id}/note',
  'post /safety-alerts/{id}/snooze',
  'post /safety-alerts/{id}/reopen',
  'post /safety-alerts/{id}/resolve',
  'get /safety-alerts/stream',
  'post /prisoners/{prisonNumber}/erasure',
  'get /access-records',
  'get /subject-access-request',
  'get /subject-access-request/template',
  'get /rules',
  'get /rules/by-source',
  'get /rules/{id}',
  'get /prisoners/{prisonNumber}/key-worker-history',
  'get /prisoners/{prisonNumber}/timeline',
  'get /prisons/{prisonId}/key-work',
  'get /metrics',
  'get /health',
  'get /health/liveness',
  'get /health/readiness',
  'get /ping',
  'get /info',
];

interface Operation {
  readonly operationId?: string;
  readonly summary?: string;
  readonly responses?: object;
}

interface Contents {
  readonly 'application/json': { readonly schema: Readonly<Record<string, unknown>> };
}

interface Document {
  readonly openapi: string;
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
}

let service: ServiceApp;
let document: Document;
let operations: [string, Operation][];

beforeAll(async () => {
  service = await ServiceApp.start();
  document = JSON.parse((await service.http.get('/v3/api-docs').expect(200)).text) as Document;
  operations = Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]): [string, Operation] => [`${method} ${path}`, operation]),
  );
});

afterAll(() => service.stop());

describe('the description of the service for programs', () => {
  it('is OpenAPI 3', () => {
    expect(document.openapi).toMatch(/^3\./);
  });

  it('holds every route of the contract that is there', () => {
    expect(operations.map(([route]) => route)).toEqual(expect.arrayContaining(ROUTES));
  });

  it('names every operation once, and says what it is for', () => {
    expect(operations.filter(([, { operationId, summary }]) => !operationId || !summary)).toEqual([]);
    const ids = operations.map(([, { operationId }]) => operationId);
    expect(new Set(ids).size).toBe(ids.length);
  });

  it('says how every operation can end', () => {
    expect(operations.filter(([, { responses = {} }]) => Object.keys(responses).length === 0)).toEqual([]);
  });

  it('refers to nothing that is not in it', () => {
    const references = [...JSON.stringify(document).matchAll(/"\$ref":"#\/([^"]+)"/g)].map(([, path]) => String(path));
    const found = (path: string): unknown =>
      path.split('/').reduce<unknown>((at, name) => (at as Record<string, unknown> | undefined)?.[name], document);
    expect(references.filter((path) => found(path) === undefined)).toEqual([]);
    expect(references.length).toBeGreaterThan(0);
  });
});

describe('the rules for programs', () => {
  it.each(['/rules', '/rules/by-source', '/rules/KW-04'])('%s answers what the description says', async (path) => {
    const { text } = await service.http.get(path).set('Accept', 'application/json').expect(200);
    const route = path.replace('KW-04', '{id}');
    const { responses } = document.paths[route]?.['get'] as { responses: { 200: { content: Contents } } };
    expect(differences(JSON.parse(text), responses[200].content['application/json'].schema)).toEqual([]);
  });

  it('are told as a prison has them', async () => {
    const { text } = await service.http.get('/rules?prisonId=xyi').set('Accept', 'application/json').expect(200);
    const [rule] = JSON.parse(text) as { readonly inPrison: unknown }[];
    expect(rule?.inPrison).toEqual({ applies: true, differs: false, because: null });
    const { responses } = document.paths['/rules']?.['get'] as { responses: { 200: { content: Contents } } };
    expect(differences(JSON.parse(text), responses[200].content['application/json'].schema)).toEqual([]);
    await service.http.get('/rules?prisonId=Hill').set('Accept', 'application/json').expect(400);
  });

  it('tell what the sources say apart from what we make of it', async () => {
    const { text } = await service.http.get('/rules/KW-04').set('Accept', 'application/json').expect(200);
    const { source, because } = JSON.parse(text) as Pick<Rule, 'source' | 'because'>;
    expect(because).toContain('are ours');
    expect(JSON.stringify(source)).not.toContain('are ours');
  });
});

describe('the service in a browser', () => {
  it('shows its description at /docs, with scripts of its own only', async () => {
    const page = await service.http.get('/docs').expect(200).expect('Content-Type', /html/);
    const scripts = [...page.text.matchAll(/src="([^"]+\.js)"/g)].map(([, path]) => String(path));
    expect(scripts.length).toBeGreaterThan(0);
    for (const script of scripts) await service.http.get(`/${script.replace('./', '')}`).expect(200);
  });

  it.each([
    ['/docs', "default-src 'self'"],
    ['/safety-alerts', "default-src 'none'"],
    ['/nowhere', "default-src 'none'"],
    ['/', "default-src 'none'"],
  ])('protects %s by the headers of helmet', async (path, policy) => {
    const { headers } = await service.http.get(path);
    expect(headers['content-security-policy']).toContain(policy);
    expect(headers['content-security-policy']).not.toMatch(
      /upgrade-insecure-requests|unsafe-eval|script-src [^;]*unsafe/,
    );
    expect(headers).toMatchObject({ 'x-content-type-options': 'nosniff' });
    expect(headers['x-frame-options']).toMatch(/DENY|SAMEORIGIN/);
    expect(headers).not.toHaveProperty('x-powered-by');
    expect(headers['permissions-policy']).toContain('geolocation=()');
    expect(headers['strict-transport-security']).toMatch(/^max-age=\d+$/);
  });
});
