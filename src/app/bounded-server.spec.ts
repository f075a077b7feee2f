import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { EventEmitter, once } from 'node:events';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import { type AddressInfo, connect, type Socket } from 'node:net';
import { BoundedExpress } from './bounded-server.js';

/** A connection that asks as a browser does, and would go on. */
class Visit {
  said = '';
  /** How the connection came to its end: nothing, or why it broke off. */
  readonly over: Promise<string | undefined>;

  private constructor(private readonly socket: Socket) {
    socket.setEncoding('utf8').on('data', (text: string) => (this.said += text));
    this.over = new Promise((resolve) => {
      socket.once('error', ({ code }: NodeJS.ErrnoException) => {
        resolve(code);
      });
      socket.once('close', () => {
        resolve(undefined);
      });
    });
  }

  static to(port: number): Visit {
    return new Visit(connect(port, '127.0.0.1'));
  }

  ask(): void {
    this.socket.write('GET / HTTP/1.1\r\nHost: here\r\n\r\n');
  }

  leave(): void {
    this.socket.destroy();
  }
}

let express: BoundedExpress;
let port: number;
/** Who asks is answered by the test. */
const door = new EventEmitter();
let visits: Visit[];

beforeEach(async () => {
  visits = [];
  express = new BoundedExpress();
  express.use((_: IncomingMessage, response: ServerResponse) => door.emit('asked', response));
  express.initHttpServer();
  const server = express.getHttpServer() as Server;
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  ({ port } = server.address() as AddressInfo);
});

afterEach(async () => {
  for (const visit of visits) visit.leave();
  await express.close();
});

const visit = (): Visit => {
  const visitor = Visit.to(port);
  visits.push(visitor);
  return visitor;
};

/** Somebody asks. @returns what they are to be answered by */
const asked = async (visitor: Visit): Promise<ServerResponse> => {
  const heard = once(door, 'asked');
  visitor.ask();
  const [response] = (await heard) as [ServerResponse];
  return response;
};

/** Somebody who has been answered, and keeps the connection. */
const idle = async (): Promise<Visit> => {
  const visitor = visit();
  const response = await asked(visitor);
  response.end('done');
  await once(response, 'close');
  return visitor;
};

describe('a server that is to be closed', () => {
  it('answers who has asked, says that the connection is closed with it, and closes it', async () => {
    const waiting = visit();
    const response = await asked(waiting);
    const drained = express.drain();
    response.end('here it is');
    await drained;
    expect(await waiting.over).toBeUndefined();
    expect(waiting.said).toMatch(/^HTTP\/1.1 200 OK[^]*Connection: close[^]*here it is$/);
  });

  it('closes what is idle, and lets nobody in, while somebody waits for an answer', async () => {
    const [kept, waiting] = [await idle(), visit()];
    const response = await asked(waiting);
    const drained = express.drain();
    expect(await kept.over).toBeUndefined();
    expect(await visit().over).toBe('ECONNREFUSED');
    response.end();
    await drained;
    expect(await waiting.over).toBeUndefined();
  });

  it('leaves streams until it is closed, and does not wait for who does not take their end', async () => {
    const listening = visit();
    const stream = await asked(listening);
    stream.setHeader('Content-Type', 'text/event-stream').write('data: 1\n\n');
    await express.drain();
    stream.write('data: 2\n\n');
    const closed = express.close();
    stream.end();
    await closed;
    expect(await listening.over).toBeUndefined();
    expect(listening.said).toMatch(/data: 1[^]*data: 2/);
  });
});
