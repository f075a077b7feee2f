import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { HOSTILE } from './hostile-tokens.js';
import { SignedInService } from './service.js';

let service: SignedInService;

beforeAll(async () => {
  service = await SignedInService.start();
});

afterAll(() => service.stop());

const asked = (authorization: string, path = '/safety-alerts'): Promise<Response> =>
  service.ask(path, undefined, { headers: { Authorization: authorization } });

describe('a token that should not let anybody in', () => {
  it.each(HOSTILE)('does not, be it %s', async (_, make) => {
    const header = await make(service.issuer, Math.floor(service.clock.now() / 1000));
    const response = await asked(header);
    const text = await response.text();
    expect([401, 403]).toContain(response.status);
    expect(response.headers.get('WWW-Authenticate')).toMatch(/^Bearer/);
    expect(JSON.parse(text)).toMatchObject({ status: response.status, userMessage: expect.any(String) as unknown });
    expect(text).not.toContain(header.slice(-20));
  });

  it('is the only thing that keeps them out: the right one does', async () => {
    const token = await service.tokenOf(['ROLE_CUSTODY_WATCH__ALERTS__RW'], ['XYI']);
    expect((await service.ask('/safety-alerts', token)).status).toBe(200);
  });

  it('does not, be it as large as a megabyte, on a connection that was used before', async () => {
    await (await asked('Bearer nonsense')).text();
    const response = await asked(`Bearer ${'x'.repeat(1_000_000)}`);
    expect(response.status).toBe(401);
    expect(await response.json()).toMatchObject({ status: 401, errorCode: 'HEADERS_TOO_LARGE' });
  });

  it('counts for nothing in the query or in a cookie', async () => {
    const token = await service.tokenOf(['ROLE_CUSTODY_WATCH__ALERTS__RW'], ['XYI']);
    expect((await service.ask(`/safety-alerts?access_token=${token}`)).status).toBe(401);
    expect(
      (await service.ask('/safety-alerts', undefined, { headers: { Cookie: `access_token=${token}` } })).status,
    ).toBe(401);
  });

  it('leads the service to no address but the keys of the issuer', () => {
    const paths = [...service.issuer.asked.keys()];
    expect(paths.sort()).toEqual(['/.well-known/openid-configuration', '/jwks']);
  });

  it('costs nobody anything who asks for what is open to all', async () => {
    expect((await asked('Bearer nonsense', '/ping')).status).toBe(200);
  });
});
