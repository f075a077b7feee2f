import { once } from 'node:events';
import { createServer } from 'node:http';
import { exportJWK, generateKeyPair, SignJWT } from 'jose';

const AUDIENCE = 'custody-watch';
/** In seconds since 1970-01-01T00:00:00Z: as good as never. */
const EXPIRES = 4_000_000_000;

/** Signs tokens that a service with these settings believes. */
export async function issuer() {
  const { privateKey, publicKey } = await generateKeyPair('RS256');
  const key = { ...(await exportJWK(publicKey)), kid: 'bench', alg: 'RS256', use: 'sig' };
  const server = createServer((request, response) => {
    const told = request.url === '/keys' ? { keys: [key] } : { issuer: url, jwks_uri: `${url}/keys` };
    response.setHeader('Content-Type', 'application/json').end(JSON.stringify(told));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const url = `http://127.0.0.1:${server.address().port}`;
  return {
    settings: { AUTH: 'oidc', OIDC_ISSUER: url, OIDC_AUDIENCE: AUDIENCE },
    /** The token of a user with this role. */
    tokenOf: (user, role, prisons) =>
      new SignJWT({ user_name: user, authorities: role ? [role] : [], caseloads: prisons })
        .setProtectedHeader({ alg: 'RS256', typ: 'at+jwt', kid: key.kid })
        .setIssuer(url)
        .setAudience(AUDIENCE)
        .setExpirationTime(EXPIRES)
        .sign(privateKey),
    stop: () => {
      server.closeAllConnections();
      server.close();
    },
  };
}
