import { describe, expect, it } from '@jest/globals';
import { serverAddress, WrongServerAddress } from './server-address.js';

describe('the address of an event server', () => {
  it('gives the client everything but the password', () => {
    const address = serverAddress('esdb+discover://watch:se%3Acret%40@cluster.example:2113?gossipTimeout=2');
    expect(address.user).toEqual({ username: 'watch', password: 'se:cret@' });
    expect(address.nodes).toBe('cluster.example:2113?gossipTimeout=2&connectionName=custody-watch');
    expect(address.discovers).toBe(true);
    expect(address.hosts).toBe('cluster.example:2113');
  });

  it('may name several nodes, and needs no user where the server knows none', () => {
    expect(serverAddress('esdb://n1:2113,n2:2113,n3:2113?tls=false')).toMatchObject({
      hosts: 'n1:2113,n2:2113,n3:2113',
      user: { username: 'nobody' },
    });
  });

  it.each(['esdb', 'kurrentdb', 'kurrent', 'kdb'])('may begin with %s, for either client', (scheme) => {
    const rest = '://watch:secret@node:2113';
    expect(serverAddress(scheme + rest)).toEqual(serverAddress(`esdb${rest}`));
    expect(serverAddress(`${scheme}+discover${rest}`, 'kurrentdb')).toEqual({
      ...serverAddress(`esdb+discover${rest}`),
      client: 'kurrentdb',
    });
  });

  it.each([
    ['', 'use esdb://'],
    ['https://somewhere:2113', 'use esdb://'],
    ['esdb://', 'use esdb://'],
    ['esdb://host:2113', 'give a user and a password'],
    ['esdb://user:secret@host:2113?throwOnAppendFailure=false', 'leave out "throwOnAppendFailure"'],
    ['esdb://user:secret@host:2113?nodePreference=follower', 'leave out "nodePreference"'],
    ['esdb://user:secret@host:2113?tlsCAFile=/nowhere/ca.crt', 'tlsCAFile=/nowhere/ca.crt is no certificate'],
    ['esdb://user:secret@host:2113?tlsCAFile=package.json', 'tlsCAFile=package.json is no certificate'],
    ['esdb://user:secret%@host:2113', 'write % in user and password as %25'],
  ])('%s is refused with what is allowed, and never with the password', (text, allowed) => {
    expect(() => serverAddress(text)).toThrow(WrongServerAddress);
    expect(() => serverAddress(text)).toThrow(allowed);
    expect(() => serverAddress(text)).not.toThrow(/secret/);
  });
});
