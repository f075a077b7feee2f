import { once } from 'node:events';
import { createServer } from 'node:http';

// What a server spends that reads a body as JSON, or line by line, and answers, and does nothing else.
const server = createServer(async (request, response) => {
  const parts = [];
  for await (const part of request) parts.push(part);
  const text = Buffer.concat(parts).toString();
  const values = request.headers['content-type'] === 'application/x-ndjson' ? text.split('\n').filter(Boolean) : [text];
  for (const value of values) if (value) JSON.parse(value);
  response.end('{}');
});
server.listen(0, '127.0.0.1');
await once(server, 'listening');
process.send(server.address().port);
await once(process, 'disconnect');
server.close();
server.closeAllConnections();
