import { afterAll, describe, expect, it } from '@jest/globals';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readSettings } from './settings.js';

const OIDC = { AUTH: 'oidc', OIDC_ISSUER: 'https://issuer.example/auth', OIDC_AUDIENCE: 'custody-watch' };

describe('the settings of who is let in', () => {
  it('let in this machine only, without limit, where nothing is said', () => {
    expect(readSettings({})).toMatchObject({
      host: '127.0.0.1',
      port: 3000,
      issuer: undefined,
      management: undefined,
      requestsPerMinute: undefined,
    });
  });

  it('let in others once there is a sign-in, each so often', () => {
    expect(readSettings({ ...OIDC, HOST: '0.0.0.0' })).toMatchObject({
      host: '0.0.0.0',
      issuer: { issuer: 'https://issuer.example/auth', audience: 'custody-watch' },
      requestsPerMinute: 6000,
    });
    expect(readSettings({ ...OIDC, RATE_LIMIT: '0' }).requestsPerMinute).toBeUndefined();
  });

  it.each([
    ['HOST', '0.0.0.0', {}],
    ['HOST', '10.0.0.5', {}],
    ['HOST', 'prison.example', {}],
    ['HOST', 'a b', OIDC],
    ['AUTH', 'none', {}],
    ['AUTH', 'OIDC', {}],
    ['OIDC_ISSUER', '', { ...OIDC }],
    ['OIDC_ISSUER', 'issuer.example', OIDC],
    ['OIDC_ISSUER', 'http://issuer.example', OIDC],
    ['OIDC_ISSUER', 'https://issuer.example', {}],
    ['OIDC_AUDIENCE', '', OIDC],
    ['OIDC_AUDIENCE', 'custody-watch', {}],
    ['RATE_LIMIT', 'many', OIDC],
    ['ACCESS_RECORDS', 'off', OIDC],
    ['ACCESS_RECORDS', 'yes', {}],
    ['TRUST_PROXY', 'true', OIDC],
    ['TRUST_PROXY', '1', OIDC],
    ['TRUST_PROXY', '0.0.0.0/0', OIDC],
    ['TRUST_PROXY', '::/0', OIDC],
    ['TRUST_PROXY', '::ffff:0:0/96', OIDC],
    ['TRUST_PROXY', '0.0.0.0/1,128.0.0.0/1', OIDC],
    ['TRUST_PROXY', '::ffff:0.0.0.0/97,::ffff:128.0.0.0/97', OIDC],
    ['TRUST_PROXY', '::/1,8000::/1', OIDC],
    ['TRUST_PROXY', '2000::/3', OIDC],
    ['TRUST_PROXY', '10.0.0.5,10.0.0.0/7', OIDC],
    ['TRUST_PROXY', '10.0.0.0/33', OIDC],
    ['TRUST_PROXY', '2001:db8::/129', OIDC],
    ['TRUST_PROXY', 'fe80::%1/64', OIDC],
    ['TRUST_PROXY', '10.0.0.5,proxy.example', OIDC],
    ['MANAGEMENT_PORT', '99999', {}],
    ['MANAGEMENT_HOST', 'http://0.0.0.0', {}],
    ['GRAFANA_URL', 'javascript:alert(1)', {}],
    ['GRAFANA_URL', 'grafana.example', {}],
    ['ROLL_URL', 'rolls.example', { ROLL_PRISONS: 'XYI' }],
    ['ROLL_URL', 'https://rolls.example/all', { ROLL_PRISONS: 'XYI,XYM' }],
    ['ROLL_PRISONS', '', { ROLL_URL: 'https://rolls.example/{prison}' }],
    ['ROLL_PRISONS', 'XYI,OUT', { ROLL_URL: 'https://rolls.example/{prison}' }],
    ['ROLL_PRISONS', 'XYI', {}],
    ['ROLL_AT', '24:00', { ROLL_URL: 'https://rolls.example/{prison}', ROLL_PRISONS: 'XYI' }],
  ])('refuse %s=%s, by name and value, and say what is allowed', (name, value, others) => {
    expect(() => readSettings({ ...others, [name]: value })).toThrow(
      expect.objectContaining({
        code: 'WRONG_SETTING',
        message: expect.stringContaining(`${name}=${value} is not allowed: `) as unknown,
      }),
    );
  });

  it('have records of who saw whom kept wherever there is a sign-in, and elsewhere where it is asked for', () => {
    const kept = (environment: Record<string, string>) => readSettings(environment).keepsAccessRecords;
    expect([kept(OIDC), kept({}), kept({ ACCESS_RECORDS: 'on' })]).toEqual([true, false, true]);
  });

  it('believe no proxy where nothing is said, and those that are named', () => {
    expect(readSettings(OIDC).trustedProxies).toEqual([]);
    const proxies = [
      'loopback',
      '10.0.0.5',
      '10.0.0.0/8',
      '2001:db8::/32',
      '1.1.1.1',
      '200.1.1.1',
      '::ffff:10.1.0.0/112',
    ];
    expect(readSettings({ ...OIDC, TRUST_PROXY: proxies.join(', ') }).trustedProxies).toEqual(proxies);
  });

  it('take an issuer on this machine without https, for trying things out', () => {
    const issuer = 'http://127.0.0.1:9999';
    expect(readSettings({ ...OIDC, OIDC_ISSUER: issuer }).issuer?.issuer).toBe(issuer);
  });
});

describe('the address of the event server', () => {
  const address = 'kurrentdb://watch:secret@node:2113';
  const folder = mkdtempSync(join(tmpdir(), 'address-'));
  const file = join(folder, 'url');
  writeFileSync(file, `${address}\n`);
  afterAll(() => {
    rmSync(folder, { recursive: true });
  });

  it.each(['eventstoredb', 'kurrentdb'])('may lie in a file, as it holds a password, for STORE=%s', (client) => {
    const inFile = readSettings({ STORE: client, EVENTSTORE_URL_FILE: file }).server;
    expect(inFile).toEqual(readSettings({ STORE: client, EVENTSTORE_URL: address }).server);
    expect(inFile).toMatchObject({ client, user: { password: 'secret' } });
  });

  it.each([
    [{ EVENTSTORE_URL_FILE: '/no/such/file' }, 'EVENTSTORE_URL_FILE=/no/such/file is not allowed: it cannot be read'],
    [{ EVENTSTORE_URL_FILE: file, EVENTSTORE_URL: address }, 'EVENTSTORE_URL=… is not allowed: EVENTSTORE_URL_FILE'],
    [{ EVENTSTORE_URL_FILE: file, STORE: 'embedded' }, 'EVENTSTORE_URL=kurrentdb://…@node:2113 is not allowed'],
    [{ EVENTSTORE_URL: '' }, 'EVENTSTORE_URL= is not allowed: use esdb://'],
  ])('is refused with what is wrong, and never with the password: %j', (environment, says) => {
    const reading = (): unknown => readSettings({ STORE: 'kurrentdb', ...environment });
    expect(reading).toThrow(says);
    expect(reading).not.toThrow(/secret/);
  });
});

describe('the program that makes PDFs', () => {
  it('is nothing where none is on the path, or where none is wanted', () => {
    expect(readSettings({ PATH: '/nowhere' }).chromium).toBeUndefined();
    expect(readSettings({ PATH: process.env.PATH, CHROMIUM: 'none' }).chromium).toBeUndefined();
  });

  it('is the one that is named, if it can be run', () => {
    expect(readSettings({ CHROMIUM: process.execPath }).chromium).toBe(process.execPath);
    expect(() => readSettings({ CHROMIUM: '/no/such/chromium' })).toThrow(
      /^CHROMIUM=\/no\/such\/chromium is not allowed/,
    );
  });
});

describe('the settings of sign-in for people', () => {
  const people = {
    ...OIDC,
    OIDC_CLIENT_ID: 'pages',
    OIDC_CLIENT_SECRET: 'kept-quiet',
    PUBLIC_URL: 'https://custody-watch.example',
  };

  it('are none where nothing is said: then programs sign in, and nobody else', () => {
    expect(readSettings(OIDC).people).toBeUndefined();
  });

  it.each(['https://custody-watch.example', 'https://custody-watch.example/', 'http://127.0.0.1:3000'])(
    'say who the pages are at the issuer, and that browsers reach them at %s',
    (address) => {
      expect(readSettings({ ...people, PUBLIC_URL: address }).people).toEqual({
        clientId: 'pages',
        clientSecret: 'kept-quiet',
        publicUrl: new URL(address).origin,
      });
    },
  );

  it('take the secret from a file', () => {
    const file = join(mkdtempSync(join(tmpdir(), 'secret-')), 'client');
    writeFileSync(file, 'from-a-file\n');
    const kept = { ...people, OIDC_CLIENT_SECRET: '', OIDC_CLIENT_SECRET_FILE: file };
    expect(readSettings(kept).people?.clientSecret).toBe('from-a-file');
  });

  it.each([
    ['OIDC_CLIENT_ID', ''],
    ['OIDC_CLIENT_SECRET', ''],
    ['OIDC_CLIENT_SECRET_FILE', '/no/such/file'],
    ['PUBLIC_URL', ''],
    ['PUBLIC_URL', 'custody-watch.example'],
    ['PUBLIC_URL', 'http://custody-watch.example'],
    ['PUBLIC_URL', 'https://custody-watch.example/behind/this'],
    ['PUBLIC_URL', 'https://user:password@custody-watch.example'],
  ])('refuse %s=%s', (name, value) => {
    const without = name === 'OIDC_CLIENT_SECRET_FILE' ? { OIDC_CLIENT_SECRET: '' } : {};
    expect(() => readSettings({ ...people, ...without, [name]: value })).toThrow(
      expect.objectContaining({
        code: 'WRONG_SETTING',
        message: expect.stringContaining(`${name}=${value} `) as unknown,
      }),
    );
  });

  it.each([
    ['without AUTH=oidc', { OIDC_CLIENT_SECRET: 'kept-quiet' }],
    ['twice', { ...people, OIDC_CLIENT_SECRET_FILE: '/run/secrets/client' }],
  ])('refuse a secret that is given %s, and do not tell it', (_, environment) => {
    expect(() => readSettings(environment)).toThrow(/^OIDC_CLIENT_SECRET=… is not allowed/);
  });
});

describe('the settings of the management listener', () => {
  it.each([
    [{ MANAGEMENT_PORT: '9090' }, { host: '127.0.0.1', port: 9090 }],
    [{ MANAGEMENT_HOST: '10.0.0.5' }, { host: '10.0.0.5', port: 3000 }],
    [
      { MANAGEMENT_HOST: '0.0.0.0', MANAGEMENT_PORT: '9090' },
      { host: '0.0.0.0', port: 9090 },
    ],
    [
      { PORT: '0', MANAGEMENT_PORT: '0' },
      { host: '127.0.0.1', port: 0 },
    ],
    [{ MANAGEMENT_HOST: '127.0.0.1', MANAGEMENT_PORT: '3000' }, undefined],
  ])('%j mean %j', (environment, management) => {
    expect(readSettings(environment).management).toEqual(management);
  });
});

describe('the share of the people that an instance watches', () => {
  it.each([
    ['', { share: 1, of: 1 }],
    ['1/1', { share: 1, of: 1 }],
    ['2/8', { share: 2, of: 8 }],
    ['1000/1000', { share: 1000, of: 1000 }],
  ])('is read from "%s"', (value, share) => {
    expect(readSettings({ WATCH_PARTITION: value }).watchPartition).toEqual(share);
  });

  it.each(['0/2', '3/2', '1/0', '1', '1/2/3', '-1/2', '1.5/2', 'all', '1/1001', ' 1/2'])(
    'is refused as %s',
    (value) => {
      expect(() => readSettings({ WATCH_PARTITION: value })).toThrow(
        `WATCH_PARTITION=${value} is not allowed: use the share`,
      );
    },
  );
});
