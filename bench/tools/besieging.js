import { Agent, request } from 'node:http';

/** The other side of a siege: sends bodies, and says how long somebody else had to wait meanwhile, in milliseconds. */
const agent = new Agent({ keepAlive: true });

process.on('message', async ({ port, path, type, body, atOnce, until }) => {
  const started = performance.now();
  let over = false;
  const asked = Promise.all(Array.from({ length: atOnce }, () => answered({ port, path, type, body, method: 'POST' })));
  const done = asked.then(async ([answer]) => {
    const { position } = JSON.parse(answer || '{}');
    while (until && position && !isSeen(await answered({ port, path: `${until}${position}`, method: 'GET' })));
    over = true;
  });
  let longest = 0;
  do {
    const before = performance.now();
    await answered({ port, path: '/ping', method: 'GET' });
    longest = Math.max(longest, performance.now() - before);
  } while (!over);
  await done;
  process.send({ longest, took: performance.now() - started });
});

/** A list that has come so far; until then it is refused. */
const isSeen = (answer) => JSON.parse(answer).content !== undefined;

const answered = ({ port, path, method, type, body }) =>
  new Promise((resolve, reject) => {
    const headers = body === undefined ? {} : { 'Content-Type': type, 'Content-Length': Buffer.byteLength(body) };
    const sent = request({ agent, host: '127.0.0.1', port, path, method, headers }, (response) => {
      const parts = [];
      response.on('data', (part) => parts.push(part));
      response.on('end', () => resolve(Buffer.concat(parts).toString()));
    });
    sent.on('error', reject);
    sent.end(body);
  });
