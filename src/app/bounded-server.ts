import { ExpressAdapter } from '@nestjs/platform-express';
import type { Response } from 'express';
import { once } from 'node:events';
import { createServer, type RequestListener, type Server, type ServerResponse } from 'node:http';

/** Slow or boundless senders may hold a connection for so long, in milliseconds, and send so much. */
const BOUNDS = {
  /** In bytes, all headers together: a token of the largest size fits in. */
  maxHeaderSize: 24 * 1024,
  headersTimeout: 10_000,
  /** A long NDJSON file over a slow line; no answer counts, so streams to people stay. */
  requestTimeout: 300_000,
  /** Longer than proxies keep theirs, so that none sends into a connection that is being closed. */
  keepAliveTimeout: 65_000,
  connectionsCheckingInterval: 5_000,
};

/** For how long the end of what streams is sent to those who do not take it, in milliseconds. */
const LONGEST_GOODBYE = 5_000;

/** A server for this listener that keeps within the bounds. */
export const serverFor = (listener: RequestListener): Server => createServer(BOUNDS, listener);

/** Express on such a server. Once it is to be closed nobody new comes in; whoever has asked is answered, and leaves. */
export class BoundedExpress extends ExpressAdapter {
  private readonly unanswered = new Set<ServerResponse>();
  /** Settles once every connection is closed; nothing while it serves. */
  private emptied: Promise<void> | undefined;

  override initHttpServer(): void {
    const server = serverFor(this.getInstance<RequestListener>());
    server.prependListener('request', (_, response) => {
      this.attend(server, response);
    });
    this.httpServer = server;
  }

  /**
   * Stops listening, closes what is idle, and resolves once everybody who asked is answered; their connections are closed
   * with the answer. Streams go on until {@link close}.
   */
  async drain(): Promise<void> {
    this.emptied ??= this.stopListening();
    for (let asked = this.asked(); asked.length > 0; asked = this.asked())
      await Promise.all(asked.map((response) => once(response, 'close')));
  }

  override async close(): Promise<void> {
    await this.drain();
    const goodbye = AbortSignal.timeout(LONGEST_GOODBYE);
    goodbye.onabort = () => {
      this.server.closeAllConnections();
    };
    await this.emptied;
    goodbye.onabort = null;
  }

  /** A route of a page that has led elsewhere has nothing to show; a second answer would end the service. */
  override render(response: Response, view: string, model: object): void {
    if (!response.headersSent) super.render(response, view, model);
  }

  private get server(): Server {
    return this.httpServer;
  }

  private attend(server: Server, response: ServerResponse): void {
    this.unanswered.add(response);
    response.shouldKeepAlive &&= this.emptied === undefined;
    response.once('close', () => {
      this.unanswered.delete(response);
      // Whoever was told before to keep the connection may ask no more.
      if (!this.emptied) return;
      setImmediate(() => {
        server.closeIdleConnections();
      });
    });
  }

  private stopListening(): Promise<void> {
    for (const response of this.unanswered) response.shouldKeepAlive = false;
    return new Promise((resolve) => {
      this.server.close(() => {
        resolve();
      });
    });
  }

  private asked(): ServerResponse[] {
    return [...this.unanswered].filter((response) => !isStream(response));
  }
}

const isStream = (response: ServerResponse): boolean =>
  String(response.getHeader('Content-Type')).startsWith('text/event-stream');
