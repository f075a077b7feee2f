import type featureServices from '@eventstore/db-client/generated/serverfeatures_grpc_pb.js';
import type features from '@eventstore/db-client/generated/serverfeatures_pb.js';
import type gossipServices from '@eventstore/db-client/generated/gossip_grpc_pb.js';
import type gossip from '@eventstore/db-client/generated/gossip_pb.js';
import type shared from '@eventstore/db-client/generated/shared_pb.js';
import type streamServices from '@eventstore/db-client/generated/streams_grpc_pb.js';
import type streams from '@eventstore/db-client/generated/streams_pb.js';
import { clientOf } from '../../src/store/eventstoredb/client.js';

const name = process.env['EVENTSTORE_CLIENT'] === 'kurrentdb' ? 'kurrentdb' : 'eventstoredb';

/** The client that what speaks to an event server is tested with: `EVENTSTORE_CLIENT=kurrentdb` is the other one. */
export const connect = await clientOf(name);

/** The client of KurrentDB takes half a second for its first read, in milliseconds. */
export const leastPatience = name === 'kurrentdb' ? 3_000 : 200;

const PACKAGE = {
  eventstoredb: '@eventstore/db-client/generated',
  kurrentdb: '@kurrent/kurrentdb-client/generated/kurrentdb/protocols/v1',
}[name];

/** The messages of the client's own package, which are the same: those of two packages cannot be in one process. */
const fromPackage = async <T>(file: string): Promise<T> =>
  ((await import(`${PACKAGE}/${file}.js`)) as { default: T }).default;

export const protocol = {
  featureServices: await fromPackage<typeof featureServices>('serverfeatures_grpc_pb'),
  features: await fromPackage<typeof features>('serverfeatures_pb'),
  gossipServices: await fromPackage<typeof gossipServices>('gossip_grpc_pb'),
  gossip: await fromPackage<typeof gossip>('gossip_pb'),
  shared: await fromPackage<typeof shared>('shared_pb'),
  streamServices: await fromPackage<typeof streamServices>('streams_grpc_pb'),
  streams: await fromPackage<typeof streams>('streams_pb'),
};
