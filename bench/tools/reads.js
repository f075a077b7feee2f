import { once } from 'node:events';
import { get } from 'node:http';

/** How many reads a second so many callers get, who ask again as soon as they are answered. */
export async function readsPerSecond(read, { reads, callers }) {
  const started = performance.now();
  let left = reads;
  const caller = async () => {
    while (left-- > 0) await read();
  };
  await Promise.all(Array.from({ length: callers }, caller));
  return reads / ((performance.now() - started) / 1000);
}

/** One answer, read to its end. @throws Error when it is another than 200 */
export async function readOnce(options) {
  const [response] = await once(get(options), 'response');
  response.resume();
  await once(response, 'end');
  if (response.statusCode !== 200) throw new Error(`${options.path} answered ${response.statusCode}.`);
}
