import { type INestApplication, NotFoundException } from '@nestjs/common';
import type { NextFunction, Request, RequestHandler, Response } from 'express';
import type { IncomingMessage, RequestListener, Server } from 'node:http';
import { serverFor } from './bounded-server.js';
import type { Address } from './settings.js';

/** What is open to all, for those who run the service. Written as it is, so that no other spelling leads elsewhere. */
const PATHS = /^\/(metrics|health|health\/liveness|health\/readiness|ping|info)$/;

/** Requests that came in by the management listener. */
const forManagement = new WeakSet<IncomingMessage>();

/** A second listener with figures, health and version only, so that Prometheus reaches them without reaching the rest. */
export const listenForManagement = async (app: INestApplication, { host, port }: Address): Promise<Server> => {
  const answer = app.getHttpAdapter().getInstance() as RequestListener;
  const server = serverFor((request, response) => {
    const [path = ''] = (request.url ?? '').split('?');
    if (request.method === 'GET' && PATHS.test(path)) {
      forManagement.add(request);
      answer(request, response);
    } else response.writeHead(404, { 'Content-Type': 'text/plain; charset=utf-8' }).end('Not for management.\n');
  });
  await new Promise<void>((listening, failed) => {
    server.once('error', failed).listen(port, host, listening);
  });
  return server;
};

/** What the management listener does without: it is there to be reached from elsewhere, often, by nobody in particular. */
export const exceptForManagement =
  (handler: RequestHandler): RequestHandler =>
  (request: Request, response: Response, next: NextFunction) => {
    if (forManagement.has(request)) {
      next();
      return;
    }
    return handler(request, response, next);
  };

/** What shows figures by prison to whoever asks is not there for those who come by the listener of everybody. */
export const onlyForManagement: RequestHandler = (request, _response, next) => {
  next(forManagement.has(request) ? undefined : new NotFoundException(`Cannot ${request.method} ${request.baseUrl}`));
};
