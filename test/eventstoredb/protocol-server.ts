import { Server, ServerCredentials, type ServerReadableStream, type ServerWritableStream } from '@grpc/grpc-js';
import type { sendUnaryData, UntypedServiceImplementation } from '@grpc/grpc-js';
import featureServices from '@eventstore/db-client/generated/serverfeatures_grpc_pb.js';
import features from '@eventstore/db-client/generated/serverfeatures_pb.js';
import gossipServices from '@eventstore/db-client/generated/gossip_grpc_pb.js';
import gossip from '@eventstore/db-client/generated/gossip_pb.js';
import shared from '@eventstore/db-client/generated/shared_pb.js';
import streamServices from '@eventstore/db-client/generated/streams_grpc_pb.js';
import type { AppendReq, AppendResp, ReadReq, ReadResp } from '@eventstore/db-client/generated/streams_pb.js';
import { Faults, unavailable } from './faults.js';
import {
  appendAnswer,
  appendOptionsOf,
  askedOf,
  eventMessage,
  proposedOf,
  streamNotFound,
  type Asked,
} from './messages.js';
import { ServerSideLog, type Kept } from './server-side-log.js';
import { Subscriber } from './subscriber.js';

const { FOLLOWER, LEADER } = gossip.MemberInfo.VNodeState;

/**
 * One node that speaks the protocol of EventStoreDB to the real client, from the definitions in the client's package. It
 * keeps its log in memory, over restarts, and goes wrong as told.
 */
export class ProtocolServer {
  readonly faults = new Faults();
  /** How often each call was made. */
  readonly calls = { append: 0, batchAppend: 0, read: 0, subscribe: 0, features: 0 };
  /** How many messages subscribers have been sent. */
  sent = 0;
  port = 0;
  private server: Server | undefined;
  private readonly subscribers = new Set<Subscriber>();

  private constructor(readonly log: ServerSideLog) {}

  /** On a port of its own, on this machine only. @param log of another node of the same cluster */
  static async start(log = new ServerSideLog()): Promise<ProtocolServer> {
    const server = new ProtocolServer(log);
    await server.restart();
    return server;
  }

  get url(): string {
    return `esdb://127.0.0.1:${this.port}?tls=false`;
  }

  /** On the same port as before. */
  async restart(): Promise<void> {
    const server = new Server();
    server.addService(streamServices.StreamsService, this.streams());
    server.addService(gossipServices.GossipService, this.gossip());
    server.addService(featureServices.ServerFeaturesService, this.features());
    const credentials = ServerCredentials.createInsecure();
    this.port = await new Promise<number>((resolve, reject) => {
      server.bindAsync(`127.0.0.1:${this.port}`, credentials, (error, port) => {
        if (error) reject(error);
        else resolve(port);
      });
    });
    this.server = server;
  }

  /** Drops every connection. What was stored is still there after {@link restart}. */
  kill(): void {
    for (const subscriber of this.subscribers) subscriber.end();
    this.server?.forceShutdown();
    this.server = undefined;
  }

  /** Ends every subscription in good order. */
  endSubscriptions(): void {
    for (const subscriber of this.subscribers) subscriber.end();
  }

  private streams(): UntypedServiceImplementation {
    return {
      append: (call: ServerReadableStream<AppendReq, AppendResp>, answer: sendUnaryData<AppendResp>) => {
        this.calls.append += 1;
        const messages: AppendReq[] = [];
        call.on('data', (message: AppendReq) => messages.push(message));
        call.on('end', () => {
          this.append(call, messages, answer);
        });
      },
      read: (call: ServerWritableStream<ReadReq, ReadResp>) => {
        this.read(call);
      },
      batchAppend: (call: { end(): void }) => {
        this.calls.batchAppend += 1;
        call.end();
      },
    };
  }

  private append(
    { metadata }: ServerReadableStream<AppendReq, AppendResp>,
    messages: readonly AppendReq[],
    answer: sendUnaryData<AppendResp>,
  ): void {
    const options = messages[0]?.getOptions();
    const refusal = this.faults.refusal(metadata);
    if (refusal || !options) {
      answer(refusal ?? unavailable());
      return;
    }
    if (this.faults.muteAppends) return;
    const { stream, expected } = appendOptionsOf(options);
    const proposed = messages.flatMap((message) => message.getProposedMessage() ?? []).map(proposedOf);
    const outcome = this.log.append(stream, expected, proposed);
    if (this.faults.loseAcknowledgements > 0) {
      this.faults.loseAcknowledgements -= 1;
      answer(unavailable());
    } else answer(null, appendAnswer(outcome));
  }

  private read(call: ServerWritableStream<ReadReq, ReadResp>): void {
    const refusal = this.faults.refusal(call.metadata);
    const options = call.request.getOptions();
    if (refusal || !options) {
      call.emit('error', refusal ?? unavailable());
      return;
    }
    const asked = askedOf(options);
    this.calls[asked.subscribe ? 'subscribe' : 'read'] += 1;
    if (asked.subscribe) this.subscribe(call, asked);
    else {
      for (const message of this.answers(asked)) call.write(message);
      call.end();
    }
  }

  private answers(asked: Asked): ReadResp[] {
    const { stream, from, backward, count } = asked;
    const there = stream === undefined ? this.log.events : this.log.stream(stream);
    if (stream !== undefined && there.length === 0) return [streamNotFound(stream)];
    const at = (event: Kept): number => (stream === undefined ? event.place : event.revision);
    const wanted = there.filter((event) => from === undefined || (backward ? at(event) <= from : at(event) >= from));
    return (backward ? wanted.reverse() : wanted).slice(0, count).map(eventMessage);
  }

  private subscribe(call: ServerWritableStream<ReadReq, ReadResp>, asked: Asked): void {
    const subscriber = new Subscriber(call, this.log, this.faults, asked, () => (this.sent += 1));
    this.subscribers.add(subscriber);
    void subscriber.run().finally(() => this.subscribers.delete(subscriber));
  }

  private gossip(): UntypedServiceImplementation {
    return {
      read: (_call: unknown, answer: sendUnaryData<InstanceType<typeof gossip.ClusterInfo>>) => {
        const node = (port: number, state: typeof FOLLOWER | typeof LEADER): InstanceType<typeof gossip.MemberInfo> =>
          new gossip.MemberInfo()
            .setInstanceId(new shared.UUID().setString('00000000-0000-4000-8000-000000000001'))
            .setState(state)
            .setIsAlive(!this.faults.leaderless)
            .setHttpEndPoint(new gossip.EndPoint().setAddress('127.0.0.1').setPort(port));
        const { leader } = this.faults;
        const members = leader ? [node(this.port, FOLLOWER), node(leader.port, LEADER)] : [node(this.port, LEADER)];
        answer(null, new gossip.ClusterInfo().setMembersList(members));
      },
    };
  }

  /** Lists the call that the store must not use. */
  private features(): UntypedServiceImplementation {
    return {
      getSupportedMethods: (_call: unknown, answer: sendUnaryData<InstanceType<typeof features.SupportedMethods>>) => {
        this.calls.features += 1;
        const batchAppend = new features.SupportedMethod()
          .setServiceName('event_store.client.streams.Streams')
          .setMethodName('BatchAppend');
        answer(null, new features.SupportedMethods().setMethodsList([batchAppend]));
      },
    };
  }
}
