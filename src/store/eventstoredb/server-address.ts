import { X509Certificate } from 'node:crypto';
import { readFileSync } from 'node:fs';

/** Which client speaks to the server (decision 0035). */
export type ClientName = 'eventstoredb' | 'kurrentdb';

/** Where the log is, and who we are there. */
export interface ServerAddress {
  readonly client: ClientName;
  /** For the client, with its own scheme before it: without the password, which goes along with each call. */
  readonly nodes: string;
  /** One name leads to all nodes. */
  readonly discovers: boolean;
  /** For people: the hosts, and nothing secret. */
  readonly hosts: string;
  readonly user: { readonly username: string; readonly password: string };
  /** The connection is encrypted, and the server must show that it is the one. */
  readonly tls: { readonly caFile: string | undefined } | undefined;
}

/** The address cannot be used. The message never holds the password. */
export class WrongServerAddress extends Error {
  readonly code = 'WRONG_SERVER_ADDRESS';
}

const FORM =
  /^(?:esdb|kurrentdb|kurrent|kdb)(?<discovers>\+discover)?:\/\/(?:(?<user>[^:@/?]+):(?<password>[^/?]*)@)?(?<hosts>[\w.,:-]+)\/?(?:\?(?<options>.*))?$/;

/**
 * What may be set in the address. The rest is left out on purpose: an unknown option makes the client print the whole
 * address, and others would take back what the store relies on (errors that are thrown, the leader, our own deadlines).
 */
const OPTIONS = ['tls', 'tlsCAFile', 'maxDiscoverAttempts', 'discoveryInterval', 'gossipTimeout'];
const KEEP_ALIVE = ['keepAliveInterval', 'keepAliveTimeout'];
const ALLOWED = [...OPTIONS, ...KEEP_ALIVE];

/**
 * Reads `esdb://user:password@host:2113?tls=true` or `esdb+discover://…`. KurrentDB's own `kurrentdb://`, `kurrent://` and
 * `kdb://` say the same, to either client.
 * @throws WrongServerAddress, with what is allowed
 */
export const serverAddress = (text: string, client: ClientName = 'eventstoredb'): ServerAddress => {
  const { discovers, user, password, hosts, options } = FORM.exec(text.trim())?.groups ?? {};
  if (hosts === undefined) {
    throw new WrongServerAddress(
      'use esdb://user:password@host:2113 or esdb+discover://user:password@name:2113, or the same with kurrentdb',
    );
  }
  const query = new URLSearchParams(options);
  for (const name of query.keys()) {
    if (!ALLOWED.includes(name)) throw new WrongServerAddress(`leave out "${name}": use only ${ALLOWED.join(', ')}`);
  }
  const insecure = query.get('tls') === 'false';
  if (user === undefined && !insecure) {
    throw new WrongServerAddress('give a user and a password, or tls=false for a server that knows no users');
  }
  query.set('connectionName', 'custody-watch');
  return {
    client,
    nodes: `${hosts}?${query.toString()}`,
    discovers: discovers !== undefined,
    hosts,
    // Also where the server knows no users: a call with credentials takes the client's one path with a deadline.
    user: { username: decoded(user ?? 'nobody'), password: decoded(password ?? '') },
    tls: insecure ? undefined : { caFile: certificatesIn(query.get('tlsCAFile') ?? undefined) },
  };
};

/** With a file that holds none, the client would trust every authority that the machine trusts. */
const certificatesIn = (file: string | undefined): string | undefined => {
  if (file === undefined) return undefined;
  try {
    new X509Certificate(readFileSync(file));
    return file;
  } catch (cause) {
    throw new WrongServerAddress(`tlsCAFile=${file} is no certificate (PEM), or cannot be read here`, { cause });
  }
};

const decoded = (text: string): string => {
  try {
    return decodeURIComponent(text);
  } catch (cause) {
    throw new WrongServerAddress('write % in user and password as %25', { cause });
  }
};
