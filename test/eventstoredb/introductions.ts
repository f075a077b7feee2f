import { status, type sendUnaryData, type Server } from '@grpc/grpc-js';
import type { SupportedMethods } from '@eventstore/db-client/generated/serverfeatures_pb.js';
import type { ClusterInfo, MemberInfo } from '@eventstore/db-client/generated/gossip_pb.js';
import { protocol } from './client-under-test.js';
import { failure } from './faults.js';
import type { ProtocolServer } from './protocol-server.js';

const { featureServices, features, gossipServices, gossip, shared } = protocol;
const { FOLLOWER, LEADER } = gossip.MemberInfo.VNodeState;

/** What a node tells anybody: who is in the cluster, what it can do, and of which version it is. */
export const introduce = (node: ProtocolServer, to: Server): void => {
  to.addService(gossipServices.GossipService, {
    read: (_call: unknown, answer: sendUnaryData<ClusterInfo>) => {
      const { leader, leaderless } = node.faults;
      const member = (port: number, state: typeof FOLLOWER | typeof LEADER): MemberInfo =>
        new gossip.MemberInfo()
          .setInstanceId(new shared.UUID().setString('00000000-0000-4000-8000-000000000001'))
          .setState(state)
          .setIsAlive(!leaderless)
          .setHttpEndPoint(new gossip.EndPoint().setAddress(node.host).setPort(port));
      const members = leader ? [member(node.port, FOLLOWER), member(leader.port, LEADER)] : [member(node.port, LEADER)];
      answer(null, new gossip.ClusterInfo().setMembersList(members));
    },
  });
  to.addService(featureServices.ServerFeaturesService, {
    /** Lists the call that the store must not use. */
    getSupportedMethods: (_call: unknown, answer: sendUnaryData<SupportedMethods>) => {
      node.calls.features += 1;
      if (node.version === undefined) {
        answer(failure(status.UNIMPLEMENTED, 'Unimplemented'));
        return;
      }
      const batchAppend = new features.SupportedMethod()
        .setServiceName('event_store.client.streams.Streams')
        .setMethodName('BatchAppend');
      answer(
        null,
        new features.SupportedMethods().setMethodsList([batchAppend]).setEventStoreServerVersion(node.version),
      );
    },
  });
};
