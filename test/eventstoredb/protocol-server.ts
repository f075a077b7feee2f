import {
  Server,
  ServerCredentials,
  type Metadata,
  type ServiceError,
  type ServerReadableStream,
  type ServerWritableStream,
} from '@grpc/grpc-js';
import type { sendUnaryData, UntypedServiceImplementation } from '@grpc/grpc-js';
import type { AppendReq, AppendResp, ReadReq, ReadResp } from '@eventstore/db-client/generated/streams_pb.js';
import type { Certified } from './certificates.js';
import { protocol } from './client-under-test.js';
import { Faults, unauthenticated, unavailable } from './faults.js';
import { introduce } from './introductions.js';
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

/** What makes a node ask who calls, and show who it is. */
export interface Security {
  readonly certified: Certified;
  /** Passwords by user. */
  readonly users: Readonly<Record<string, string>>;
}

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
  /** What it says of itself; nothing is a server that has no such call. */
  version: string | undefined = '26.0.3';
  /** What each call of a client says of who it is. */
  readonly callers: unknown[] = [];
  port = 0;
  private server: Server | undefined;
  private readonly subscribers = new Set<Subscriber>();

  private constructor(
    readonly log: ServerSideLog,
    /** Of the next {@link restart}. */
    public security: Security | undefined,
  ) {}

  /** On a port of its own, on this machine only. @param log of another node of the same cluster */
  static async start(log = new ServerSideLog(), security?: Security): Promise<ProtocolServer> {
    const server = new ProtocolServer(log, security);
    await server.restart();
    return server;
  }

  get host(): string {
    return this.security ? 'localhost' : '127.0.0.1';
  }

  get url(): string {
    return `esdb://${this.host}:${this.port}?tls=false`;
  }

  /** On the same port as before. */
  async restart(): Promise<void> {
    const server = new Server();
    server.addService(protocol.streamServices.StreamsService, this.streams());
    introduce(this, server);
    const credentials = this.security ? secured(this.security) : ServerCredentials.createInsecure();
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
    const asked = options && appendOptionsOf(options);
    const refusal = this.refusal(metadata, asked?.stream);
    if (refusal || !asked) {
      answer(refusal ?? unavailable());
      return;
    }
    if (this.faults.muteAppends) return;
    if (this.faults.diskFull) {
      this.kill();
      return;
    }
    const { stream, expected } = asked;
    const proposed = messages.flatMap((message) => message.getProposedMessage() ?? []).map(proposedOf);
    const outcome = this.log.append(stream, expected, proposed);
    if (this.faults.loseAcknowledgements > 0) {
      this.faults.loseAcknowledgements -= 1;
      answer(unavailable());
    } else
      void this.faults.late().then(() => {
        answer(null, appendAnswer(outcome));
      });
  }

  private refusal(metadata: Metadata, stream?: string): ServiceError | undefined {
    const caller = metadata.get('authorization')[0];
    this.callers.push(caller);
    return this.security && !isKnown(caller, this.security) ? unauthenticated() : this.faults.refusal(metadata, stream);
  }

  private read(call: ServerWritableStream<ReadReq, ReadResp>): void {
    const options = call.request.getOptions();
    const asked = options && askedOf(options);
    const refusal = this.refusal(call.metadata, asked?.stream);
    if (refusal || !asked) {
      call.emit('error', refusal ?? unavailable());
      return;
    }
    this.calls[asked.subscribe ? 'subscribe' : 'read'] += 1;
    if (this.faults.muteReads) return;
    if (asked.subscribe) this.subscribe(call, asked);
    else
      void this.faults.late().then(() => {
        for (const message of this.answers(asked)) call.write(message);
        call.end();
      });
  }

  private answers(asked: Asked): ReadResp[] {
    const { stream, from, backward, count } = asked;
    const there = stream === undefined ? this.log.events : this.log.stream(stream);
    if (stream !== undefined && (there.length === 0 || this.faults.disagreements-- > 0))
      return [streamNotFound(stream)];
    const at = (event: Kept): number => (stream === undefined ? event.place : event.revision);
    const wanted = there.filter((event) => from === undefined || (backward ? at(event) <= from : at(event) >= from));
    return (backward ? wanted.reverse() : wanted).slice(0, count).map(eventMessage);
  }

  private subscribe(call: ServerWritableStream<ReadReq, ReadResp>, asked: Asked): void {
    const subscriber = new Subscriber(call, this.log, this.faults, asked, () => (this.sent += 1));
    this.subscribers.add(subscriber);
    void subscriber.run().finally(() => this.subscribers.delete(subscriber));
  }
}

const secured = ({ certified: { certificate, key } }: Security): ServerCredentials =>
  ServerCredentials.createSsl(null, [{ cert_chain: Buffer.from(certificate), private_key: Buffer.from(key) }]);

const isKnown = (caller: unknown, { users }: Security): boolean =>
  Object.entries(users).some(([user, password]) => caller === `Basic ${btoa(`${user}:${password}`)}`);
