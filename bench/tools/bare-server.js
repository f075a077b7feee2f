import { once } from 'node:events';
import { createServer } from 'node:http';

// What a server spends that reads a body as JSON, or line by line, and answers; that gives a page of the size that is asked
// for; or that tells all who listen that something was sent to be told. It does nothing else.
const listeners = new Set();
let position = 0;

const server = createServer(async (request, response) => {
  const [path, query] = request.url.split('?');
  if (path.endsWith('/stream')) {
    response.writeHead(200, { 'Content-Type': 'text/event-stream' }).flushHeaders();
    listeners.add(response);
    response.once('close', () => listeners.delete(response));
    return;
  }
  const parts = [];
  for await (const part of request) parts.push(part);
  const text = Buffer.concat(parts).toString();
  const values = request.headers['content-type'] === 'application/x-ndjson' ? text.split('\n').filter(Boolean) : [text];
  for (const value of values) if (value) JSON.parse(value);
  if (path.endsWith('/acknowledge') || path.endsWith('/note')) {
    position++;
    const data = JSON.stringify({ alertId: '00000000-0000-4000-8000-000000000000', kind: 'noted' });
    for (const listener of listeners) listener.write(`id: ${position}\ndata: ${data}\n\n`);
  }
  const size = Number(new globalThis.URLSearchParams(query).get('size') ?? 0);
  response.end(JSON.stringify({ position: String(position), content: Array.from({ length: size }, () => path) }));
});
server.listen(0, '127.0.0.1');
await once(server, 'listening');
process.send(server.address().port);
await once(process, 'disconnect');
server.close();
server.closeAllConnections();
