import { EventStoreDBClient, jsonEvent, streamNameFilter } from '@eventstore/db-client';
import type { ClientStream } from './arrivals.js';
import type { CallOptions, Connect, FollowedPart, ProposedEvent } from './server-client.js';
import type { ServerClient, StreamMetadata, StreamPart } from './server-client.js';

/** What the client learns of its server it keeps to its own kind. */
class EventStoreDbVersion extends EventStoreDBClient {
  static async of(client: EventStoreDbVersion): Promise<string> {
    return (await client.capabilities).serverVersion;
  }
}

/** By `@eventstore/db-client`: the client of EventStoreDB, which KurrentDB still understands. */
class EventStoreDbClient implements ServerClient {
  constructor(private readonly client: EventStoreDBClient) {}

  async append(
    stream: string,
    expectedRevision: bigint | 'no_stream',
    events: readonly ProposedEvent[],
    options: CallOptions,
  ) {
    const proposed = events.map((event) => jsonEvent(event));
    const { nextExpectedRevision: revision, position } = await this.client.appendToStream(stream, proposed, {
      ...options,
      expectedRevision,
    });
    return { revision, position };
  }

  readStream(stream: string, { backward, from, limit }: StreamPart, options: CallOptions): ClientStream {
    return this.client.readStream(stream, {
      ...options,
      direction: backward ? 'backwards' : 'forwards',
      fromRevision: from ?? (backward ? 'end' : 'start'),
      maxCount: limit,
    });
  }

  readLast(options: CallOptions): ClientStream {
    return this.client.readAll({ ...options, direction: 'backwards', fromPosition: 'end', maxCount: 1 });
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
    return EventStoreDbVersion.of(this.client);
  }

  dispose(): Promise<void> {
    return this.client.dispose();
  }
}

export const connect: Connect = ({ discovers, nodes }) =>
  new EventStoreDbClient(EventStoreDBClient.connectionString(`${discovers ? 'esdb+discover' : 'esdb'}://${nodes}`));
