import { describe, expect, it } from '@jest/globals';
import { ROLES } from '../../src/access/roles.js';
import { identityOf } from '../../src/access/identity.js';
import { readSettings } from '../../src/app/settings.js';
import { composed, text, yaml } from './compose-file.js';

interface Mapper {
  readonly protocolMapper: string;
  readonly config: Readonly<Record<string, string>>;
}

interface User {
  readonly username: string;
  readonly realmRoles: readonly string[];
  readonly groups?: readonly string[];
  readonly serviceAccountClientId?: string;
}

interface Client {
  readonly clientId: string;
  readonly defaultClientScopes: readonly string[];
  readonly serviceAccountsEnabled?: boolean;
}

const realm = JSON.parse(text('config/compose/realm.json')) as {
  readonly realm: string;
  readonly roles: { readonly realm: readonly { readonly name: string }[] };
  readonly groups: readonly { readonly name: string }[];
  readonly clientScopes: readonly { readonly name: string; readonly protocolMappers: readonly Mapper[] }[];
  readonly clients: readonly Client[];
  readonly users: readonly User[];
};

/** What the mappers of a client's scopes write into an access token, as Keycloak documents them. */
const claimsOf = (user: User, client: Client): Record<string, unknown> => {
  const mappers = realm.clientScopes
    .filter(({ name }) => client.defaultClientScopes.includes(name))
    .flatMap(({ protocolMappers }) => protocolMappers)
    .filter(({ config }) => config['access.token.claim'] === 'true');
  return Object.fromEntries(
    mappers.map(({ protocolMapper, config }): [string, unknown] => {
      const claim = config['claim.name'] ?? '';
      switch (protocolMapper) {
        case 'oidc-audience-mapper':
          return ['aud', config['included.custom.audience']];
        case 'oidc-usermodel-realm-role-mapper':
          return [claim, user.realmRoles];
        case 'oidc-group-membership-mapper':
          return [claim, user.groups];
        case 'oidc-usermodel-attribute-mapper':
          return [claim, user.username];
        case 'oidc-hardcoded-claim-mapper':
          return [claim, config['claim.value']];
        case 'oidc-sub-mapper':
          return ['sub', 'an id that Keycloak makes'];
        default:
          throw new Error(`${protocolMapper}: no mapper that this test knows.`);
      }
    }),
  );
};

const people = realm.users.filter(({ serviceAccountClientId }) => serviceAccountClientId === undefined);
const forPeople = realm.clients.filter(({ serviceAccountsEnabled }) => serviceAccountsEnabled !== true);

describe('the realm for trying out', () => {
  it('is the issuer, and means the audience, that the instances are told of', () => {
    const { environment = {} } = composed('docker-compose.yml').services['custody-watch-1'] ?? {};
    const { issuer } = readSettings(environment);
    expect(issuer?.issuer).toMatch(new RegExp(`/realms/${realm.realm}$`));
    for (const client of realm.clients) expect(claimsOf(people[0] ?? never(), client)['aud']).toBe(issuer?.audience);
  });

  it('has the roles that there are, no others, and gives each person only such', () => {
    expect(realm.roles.realm.map(({ name }) => name).sort()).toEqual([...ROLES].sort());
    for (const { realmRoles } of realm.users) expect(ROLES).toEqual(expect.arrayContaining([...realmRoles]));
  });

  it.each(people)('$username: is known with roles and the prisons of their groups', (user) => {
    const prisons = realm.groups.map(({ name }) => name);
    for (const client of forPeople) {
      const identity = identityOf(claimsOf(user, client));
      expect(identity).toMatchObject({ kind: 'user', name: user.username });
      expect([...identity.roles].sort()).toEqual([...user.realmRoles].sort());
      expect([...(identity.caseloads ?? [])]).toEqual(user.groups);
      expect(prisons).toEqual(expect.arrayContaining([...(user.groups ?? [])]));
    }
  });

  it('lets the feed send for itself, for the prisons of its client id', () => {
    const feed = realm.clients.find(({ serviceAccountsEnabled }) => serviceAccountsEnabled) ?? never();
    const account =
      realm.users.find(({ serviceAccountClientId }) => serviceAccountClientId === feed.clientId) ?? never();
    expect(identityOf(claimsOf(account, feed))).toMatchObject({ kind: 'service', name: feed.clientId });
    const { clients } = yaml('config/compose/access.yml') as { clients: Record<string, unknown> };
    expect(clients).toHaveProperty(feed.clientId);
  });
});

const never = (): never => {
  throw new Error('The realm holds no such thing.');
};
