import { Agent, request } from 'node:http';

const agent = new Agent({ keepAlive: true });

/**
 * The answer, also where it is a refusal, or the connection is cut off before all was sent: then what had come by then. With
 * a body it is sent, without one it is asked.
 */
export const answered = ({ port, path, type, body, token }) =>
  new Promise((resolve) => {
    const method = body === undefined ? 'GET' : 'POST';
    const headers = {
      ...(body !== undefined && { 'Content-Type': type, 'Content-Length': Buffer.byteLength(body) }),
      ...(token !== undefined && { Authorization: `Bearer ${token}` }),
    };
    const parts = [];
    const over = () => {
      resolve(Buffer.concat(parts).toString());
    };
    const sent = request({ agent, host: '127.0.0.1', port, path, method, headers }, (response) => {
      response.on('data', (part) => parts.push(part));
      response.on('close', over);
    });
    sent.on('error', over);
    sent.end(body);
  });

/** The answer, once the safety alerts show what was decided on it. */
export async function decided(asked) {
  const answer = await answered(asked);
  const { position } = JSON.parse(answer || '{}');
  const { port, token } = asked;
  while (position && !isSeen(await answered({ port, token, path: `/safety-alerts?atLeast=${position}` })));
}

/** A list that has come so far; until then it is refused. */
const isSeen = (answer) => JSON.parse(answer).content !== undefined;

/** What somebody waits at most, in milliseconds, who does this again and again until something is over. */
export async function longestWait(wait, over) {
  let isOver = false;
  const done = over.then(() => (isOver = true));
  let longest = 0;
  do {
    const before = performance.now();
    await wait();
    longest = Math.max(longest, performance.now() - before);
  } while (!isOver);
  await done;
  return longest;
}
