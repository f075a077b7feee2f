import { ExpressAdapter } from '@nestjs/platform-express';
import type { Response } from 'express';
import { createServer, type RequestListener, type Server } from 'node:http';

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

/** A server for this listener that keeps within the bounds. */
export const serverFor = (listener: RequestListener): Server => createServer(BOUNDS, listener);

/** Express on such a server. */
export class BoundedExpress extends ExpressAdapter {
  override initHttpServer(): void {
    this.httpServer = serverFor(this.getInstance<RequestListener>());
  }

  /** A route of a page that has led elsewhere has nothing to show; a second answer would end the service. */
  override render(response: Response, view: string, model: object): void {
    if (!response.headersSent) super.render(response, view, model);
  }
}
