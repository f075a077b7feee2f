import { Metadata, status, type ServiceError } from '@grpc/grpc-js';

/** What goes wrong, to order. All is well as long as nothing is set. */
export class Faults {
  /** Appends come in, and are neither stored nor answered. */
  muteAppends = false;
  /** Reads and new subscriptions come in, and are not answered. */
  muteReads = false;
  /** Nothing can be written any more, which ends the server, as it does the real one. */
  diskFull = false;
  /** Answers, and not subscriptions, wait for this. */
  late: () => Promise<void> = () => Promise.resolve();
  /** So many appends are stored, and then fail instead of being acknowledged. */
  loseAcknowledgements = 0;
  /** So many calls are refused like this, before anything is done. */
  refuse: { times: number; as: ServiceError } = { times: 0, as: unavailable() };
  /** The caller may neither read nor write what is said of streams. */
  denyMetadata = false;
  /** So many reads of a stream come before the nodes have agreed on it, and find none. */
  disagreements = 0;
  /** Where the leader is, when it is not this node. */
  leader: { readonly port: number; readonly host?: string } | undefined;
  /** Nobody is told that there is a leader, so that none can be discovered. */
  leaderless = false;
  /** Subscriptions are told that they have come much further than they have. */
  wrongCheckpoints = false;
  /** Every event of a subscription comes twice. */
  repeatDeliveries = false;
  /** Subscriptions that have caught up are sent nothing more, and are not told. */
  forgetSubscribers = false;
  /** A subscription is sent so many events, and then let go of as one that takes them too slowly. */
  letGoAfter = Infinity;

  /** The refusal for the call at hand, if there is to be one. @param stream which it is about, unless all */
  refusal(metadata: Metadata, stream = ''): ServiceError | undefined {
    if (this.denyMetadata && stream.startsWith('$$')) return accessDenied();
    if (this.refuse.times > 0) {
      this.refuse.times -= 1;
      return this.refuse.as;
    }
    const asksLeader = metadata.get('requires-leader').length > 0;
    return this.leader && asksLeader ? notLeader(this.leader) : undefined;
  }
}

export const failure = (
  code: status,
  details: string,
  trailers: Readonly<Record<string, string>> = {},
): ServiceError => {
  const metadata = new Metadata();
  for (const [name, value] of Object.entries(trailers)) metadata.set(name, value);
  return Object.assign(new Error(details), { code, details, metadata });
};

export const unavailable = (): ServiceError => failure(status.UNAVAILABLE, 'going away');

/** As the server says it while it starts, or while there is no leader: the client does not know the word. */
export const notReady = (): ServiceError => failure(status.UNKNOWN, 'Server Is Not Ready');

/** As servers before 24 say it to a live subscriber to whom more came at once than they keep ready for it. */
export const tooSlow = (): ServiceError =>
  failure(status.ABORTED, 'Operation timed out: Consumer too slow to handle event while live.');

export const accessDenied = (): ServiceError =>
  failure(status.PERMISSION_DENIED, 'Access Denied', { exception: 'access-denied' });

/** As of a wrong password. */
export const unauthenticated = (): ServiceError => failure(status.UNAUTHENTICATED, 'Unauthenticated');

const notLeader = ({ port, host = '127.0.0.1' }: { readonly port: number; readonly host?: string }): ServiceError =>
  failure(status.NOT_FOUND, 'Leader info available', {
    exception: 'not-leader',
    'leader-endpoint-host': host,
    'leader-endpoint-port': String(port),
  });
