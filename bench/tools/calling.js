import { once } from 'node:events';
import { Agent, get } from 'node:http';

/** The other side of {@link Callers}: connections are kept for each service. */
const agents = new Map();

process.on('message', async ({ port, path, accept, reads, callers }) => {
  const agent = agents.get(port) ?? new Agent({ keepAlive: true, maxSockets: callers });
  agents.set(port, agent);
  // Another reason each time: what one caller sees again within a minute leaves no second record.
  let count = 0;
  const headers = () => ({ Accept: accept, 'X-Reason': `BENCH-${count++}` });
  const read = () => readOnce({ agent, port, path, host: '127.0.0.1', headers: headers() });
  process.send(await readsPerSecond(read, reads, callers));
});

/** How many reads a second so many callers get, who ask again as soon as they are answered. */
async function readsPerSecond(read, reads, callers) {
  const started = performance.now();
  let left = reads;
  const caller = async () => {
    while (left-- > 0) await read();
  };
  await Promise.all(Array.from({ length: callers }, caller));
  return reads / ((performance.now() - started) / 1000);
}

/** One answer, read to its end. @throws Error when it is another than 200 */
async function readOnce(options) {
  const [response] = await once(get(options), 'response');
  response.resume();
  await once(response, 'end');
  if (response.statusCode !== 200) throw new Error(`${options.path} answered ${response.statusCode}.`);
}
