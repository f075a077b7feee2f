import { Readable } from 'node:stream';
import { jsonEvent, KurrentDBClient, streamNameFilter } from '@kurrent/kurrentdb-client';
import type { ClientStream } from './arrivals.js';
import type { CallOptions, Connect, FollowedPart, ProposedEvent } from './server-client.js';
import type { ServerClient, StreamMetadata, StreamPart } from './server-client.js';

/** What the client learns of its server it keeps to its own kind. */
class KurrentDbVersion extends KurrentDBClient {
  static async of(client: KurrentDbVersion): Promise<string> {
    return (await client.capabilities).serverVersion;
  }
}

/** By `@kurrent/kurrentdb-client`: the client of KurrentDB, whose reads are iterated over. */
class KurrentDbClient implements ServerClient {
  constructor(private readonly client: KurrentDBClient) {}

  async append(
    stream: string,
    streamState: bigint | 'no_stream',
    events: readonly ProposedEvent[],
    options: CallOptions,
  ) {
    const proposed = events.map((event) => jsonEvent(event));
    const { nextExpectedRevision: revision, position } = await this.client.appendToStream(stream, proposed, {
      ...options,
      streamState,
    });
    return { revision, position };
  }

  readStream(stream: string, { backward, from, limit }: StreamPart, options: CallOptions): ClientStream {
    return streamOf(
      this.client.readStream(stream, {
        ...options,
        direction: backward ? 'backwards' : 'forwards',
        fromRevision: from ?? (backward ? 'end' : 'start'),
        maxCount: limit,
      }),
    );
  }

  readLast(options: CallOptions): ClientStream {
    return streamOf(this.client.readAll({ ...options, direction: 'backwards', fromPosition: 'end', maxCount: 1 }));
  }

  follow({ after, prefixes, searchWindow, signOfLife }: FollowedPart, options: CallOptions): ClientStream {
    const filter = streamNameFilter({
      prefixes: [...prefixes],
      maxSearchWindow: searchWindow,
      checkpointReached: signOfLife,
    });
    return this.client.subscribeToAll({ ...options, fromPosition: after ?? 'start', filter });
  }

  async metadataOf(stream: string, options: CallOptions): Promise<StreamMetadata> {
    return (await this.client.getStreamMetadata(stream, options)).metadata ?? {};
  }

  async setMetadata(stream: string, metadata: StreamMetadata, options: CallOptions): Promise<void> {
    await this.client.setStreamMetadata(stream, metadata, options);
  }

  version(): Promise<string> {
    return KurrentDbVersion.of(this.client);
  }

  dispose(): Promise<void> {
    return this.client.dispose();
  }
}

/** What nobody wants any more is not read to its end. */
const streamOf = (events: AsyncIterable<unknown>): ClientStream => {
  const stream = Readable.from(events);
  return Object.assign(stream, {
    cancel: () => {
      stream.destroy();
      return Promise.resolve();
    },
  });
};

export const connect: Connect = ({ discovers, nodes }) =>
  new KurrentDbClient(KurrentDBClient.connectionString(`${discovers ? 'kurrentdb+discover' : 'kurrentdb'}://${nodes}`));
