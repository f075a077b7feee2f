import { readFileSync } from 'node:fs';
import { connect } from 'node:tls';
import { StoreNotTrusted } from '../errors.js';
import { within } from './deadline.js';
import type { ServerAddress } from './server-address.js';

/** How long a server may take to show its certificate, in milliseconds. */
const PATIENCE = 2_000;
const PORT = 2113;

const FOREIGN = 'is signed by nobody who is trusted here. Check tlsCAFile in EVENTSTORE_URL';

/** What to do about it, by the codes of OpenSSL and Node. Anything else has nothing to do with certificates. */
const WHY: Readonly<Record<string, string>> = {
  CERT_HAS_EXPIRED: 'has expired. Renew it on the server',
  CERT_NOT_YET_VALID: 'is not valid yet. Check the clocks of both machines',
  ERR_TLS_CERT_ALTNAME_INVALID: 'is for another name. Use a name in EVENTSTORE_URL that the certificate has',
  SELF_SIGNED_CERT_IN_CHAIN: FOREIGN,
  DEPTH_ZERO_SELF_SIGNED_CERT: FOREIGN,
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: FOREIGN,
  UNABLE_TO_GET_ISSUER_CERT: FOREIGN,
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: FOREIGN,
  CERT_SIGNATURE_FAILURE: FOREIGN,
};

/**
 * Looks at the certificates of the hosts in the address, the way the client does: it only ever says that it cannot
 * connect. Nothing where they are good, or where a host cannot be reached at all.
 */
export const distrusted = async ({ hosts, tls }: ServerAddress): Promise<StoreNotTrusted | undefined> => {
  if (!tls) return undefined;
  const ca = authorityIn(tls.caFile);
  if (ca instanceof StoreNotTrusted) return ca;
  for (const host of hosts.split(',')) {
    const code = await refusalBy(host, ca);
    const why = code === undefined ? undefined : WHY[code];
    if (why !== undefined)
      return new StoreNotTrusted(`The certificate of the event server (${host}) ${why} (${String(code)}).`);
  }
  return undefined;
};

/** The file was there at start, and is read anew for each connection, so that it may be replaced meanwhile. */
export const authorityIn = (file: string | undefined): Buffer | StoreNotTrusted | undefined => {
  try {
    return file === undefined ? undefined : readFileSync(file);
  } catch (cause) {
    return new StoreNotTrusted('The file that tlsCAFile in EVENTSTORE_URL names can no longer be read.', { cause });
  }
};

/** The code with which a connection comes to nothing; nothing where it comes about. */
const refusalBy = async (node: string, ca: Buffer | undefined): Promise<string | undefined> => {
  const [host = '', port = PORT] = node.split(':');
  const socket = connect({ host, port: Number(port), ca });
  const certificate = new Promise<string | undefined>((resolve) => {
    socket.once('secureConnect', () => {
      resolve(undefined);
    });
    socket.on('error', ({ code }: NodeJS.ErrnoException) => {
      resolve(code);
    });
  });
  try {
    return await within(PATIENCE, certificate);
  } catch {
    return undefined; // it does not answer: that is told as it is
  } finally {
    socket.destroy();
  }
};
